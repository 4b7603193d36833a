import { Pencil, Split } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransferPairResponse, TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { categoryName, detailedCategoryName } from '@/lib/domain/transactions/categories'
import { transactionsHref } from '@/lib/domain/transactions/transaction-filter'
import { Button } from '@/components/ui/button'
import { Day, MoneyText } from '@/components/ui/formatting'

const COUNTED: Record<string, string> = {
  income: 'Income',
  spending: 'Spending, less refunds',
  transfer: 'A transfer, so in no sum of income or spending',
  excluded: 'Nothing: it is left out of all numbers'
}

type Props = {
  row: TransactionResponse
  detail: TransactionDetailResponse | undefined
  onEdit: () => void
  onSplit: () => void
  onJoin: () => void
  onPair: (ownTransfer: boolean) => void
  /** A link that was followed leaves the panel. */
  onLeave: () => void
}

/** What is known of a transaction, who says so, and what can be done with it. */
export function TransactionFacts({ row, detail, onEdit, onSplit, onJoin, onPair, onLeave }: Props) {
  const merchant = row.merchantName ?? row.name
  const rename = detail?.own.merchant ?? detail?.rule.merchant ?? null
  return (
    <>
      <div className="mt-4 flex flex-wrap gap-2 px-5 sm:px-6">
        <Button look="quiet" onClick={onEdit}>
          <Pencil aria-hidden="true" className="size-4 text-muted" /> Edit
        </Button>
        <Button look="quiet" onClick={onSplit}>
          <Split aria-hidden="true" className="size-4 text-muted" />{' '}
          {row.part ? 'Change the split' : 'Split'}
        </Button>
        {row.part && (
          <Button look="bare" onClick={onJoin}>
            Join again
          </Button>
        )}
      </div>
      <dl className="mt-5 divide-y divide-line border-line border-y">
        {row.part && (
          <Fact label="Part">
            {`${row.part.n} of ${row.part.of}, of `}
            <MoneyText money={row.part.whole} />
          </Fact>
        )}
        <Fact label="Description">{row.name}</Fact>
        {rename && detail?.bank.merchant && <Fact label="Bank’s name">{detail.bank.merchant}</Fact>}
        <Fact label="Category">
          <span>{row.category ? categoryName(row.category) : 'No category'}</span>
          {row.categoryDetailed && (
            <span className="block text-muted text-sm">
              {detailedCategoryName(row.categoryDetailed, row.category)}
            </span>
          )}
          <Source row={row} detail={detail} />
        </Fact>
        <Fact label="Counts as">{COUNTED[row.kind] ?? row.kind}</Fact>
        {detail?.pair && !row.part && <PairFact row={row} pair={detail.pair} onPair={onPair} />}
        {row.note && (
          <Fact label="Note">
            <span className="whitespace-pre-wrap">{row.note}</span>
          </Fact>
        )}
        {row.tags.length > 0 && (
          <Fact label="Tags">
            {row.tags.map((tag) => (
              <Link
                key={tag}
                href={transactionsHref({ tag })}
                prefetch={false}
                onClick={onLeave}
                className="mr-3 inline-block text-accent underline underline-offset-2"
              >
                {tag}
              </Link>
            ))}
          </Fact>
        )}
        <Fact label="Account">
          <span>{row.accountName + (row.accountMask ? ` •••• ${row.accountMask}` : '')}</span>
          <span className="block text-muted text-sm">{row.institutionName}</span>
        </Fact>
        {row.authorizedOn && row.authorizedOn !== row.date && (
          <Fact label="Authorized">
            <Day on={row.authorizedOn} />
          </Fact>
        )}
        {row.paymentChannel && <Fact label="Paid">{row.paymentChannel}</Fact>}
      </dl>
      <p className="flex flex-wrap gap-x-6 gap-y-2 px-5 py-5 sm:px-6">
        <Away
          href={transactionsHref({ merchant: merchant.toLowerCase() })}
          onLeave={onLeave}
        >{`All from ${merchant}`}</Away>
        <Away href={ruleHref(row, detail)} onLeave={onLeave}>
          Always do this
        </Away>
      </p>
    </>
  )
}

/** A new rule that would do to all like it what was done to this one. */
function ruleHref(row: TransactionResponse, detail: TransactionDetailResponse | undefined): string {
  const { category = null, merchant = null, excluded = null } = detail?.own ?? {}
  const search = new URLSearchParams({
    text: detail?.bank.merchant ?? row.name,
    ...(category ? { category } : {}),
    ...(merchant ? { merchant } : {}),
    ...(excluded ? { excluded: 'yes' } : {})
  })
  return `/transactions/rules?${search}#new`
}

function PairFact({
  row,
  pair,
  onPair
}: {
  row: TransactionResponse
  pair: TransferPairResponse
  onPair: (ownTransfer: boolean) => void
}) {
  return (
    <Fact label={row.amount.minor.startsWith('-') ? 'Transfer to' : 'Transfer from'}>
      {pair.accountName}
      {pair.accountMask && ` •••• ${pair.accountMask}`}
      <span className="block text-muted text-sm">
        {`${pair.institutionName}, `}
        <Day on={pair.date} />
      </span>
      {pair.undone && (
        <span className="block text-muted text-sm">You said that this is not a transfer.</span>
      )}
      <Button look="bare" onClick={() => onPair(pair.undone)}>
        {pair.undone ? 'It is a transfer' : 'Not a transfer'}
      </Button>
    </Fact>
  )
}

function Source({
  row,
  detail
}: {
  row: TransactionResponse
  detail: TransactionDetailResponse | undefined
}) {
  if (!detail || row.category === detail.bank.category) return null
  const own = Boolean(detail.own.category ?? detail.parts[(row.part?.n ?? 0) - 1]?.category)
  const bank = detail.bank.category ? ` Your bank says ${categoryName(detail.bank.category)}.` : ''
  return (
    <span className="block text-muted text-sm">{`${own ? 'Chosen by you.' : 'Chosen by your rule.'}${bank}`}</span>
  )
}

const Away = ({
  href,
  onLeave,
  children
}: {
  href: string
  onLeave: () => void
  children: string
}) => (
  <Link
    href={href}
    prefetch={false}
    onClick={onLeave}
    className="font-medium text-accent underline underline-offset-2"
  >
    {children}
  </Link>
)

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-4 px-5 py-3 sm:px-6">
      <dt className="text-muted">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}
