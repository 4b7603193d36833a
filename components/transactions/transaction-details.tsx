import { Pencil, Split } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { Button } from '@/components/ui/button'
import { DateText, MoneyText } from '@/components/ui/formatting'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse, TransferPairResponse } from '@/lib/api/transaction-edits'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { categoryLabel, detailedCategoryLabel } from '@/lib/domain/transactions/category-labels'
import type { RuleAction } from '@/lib/domain/transactions/edits'
import { readableName, transactionName } from '@/lib/domain/transactions/readable-name'
import { transactionsHref } from '@/lib/domain/transactions/transaction-filter'

const KIND_LABELS: Record<string, TextKey<'transactions'>> = {
  income: 'Income',
  spending: 'Spending, less refunds',
  transfer: 'A transfer, so not income or spending',
  excluded: 'Nothing: it is excluded from totals'
}

/** Plaid's. */
const CHANNEL_LABELS: Record<string, TextKey<'transactions'>> = {
  online: 'online',
  'in store': 'in store',
  other: 'other'
}

type Props = {
  row: TransactionResponse
  detail: TransactionDetailResponse | undefined
  onEdit: () => void
  onSplit: () => void
  onUnsplit: () => void
  onPair: (ownTransfer: boolean) => void
  /** Closes the panel when a link is followed. */
  onNavigate: () => void
}

/** Details of a transaction, the source of each, and actions. */
export function TransactionDetails({
  row,
  detail,
  onEdit,
  onSplit,
  onUnsplit,
  onPair,
  onNavigate
}: Props) {
  const text = useText('transactions')
  const merchant = row.merchantName ?? row.name
  return (
    <>
      <Actions split={row.part !== null} onEdit={onEdit} onSplit={onSplit} onUnsplit={onUnsplit} />
      <Facts row={row} detail={detail} onPair={onPair} onNavigate={onNavigate} />
      <p className="flex flex-wrap gap-x-6 gap-y-2 px-5 py-5 sm:px-6">
        <PanelLink
          href={transactionsHref({ merchant: merchant.toLowerCase() })}
          onLeave={onNavigate}
        >
          {text('All from {name}', { name: readableName(merchant) })}
        </PanelLink>
        <PanelLink href={ruleHref(row, detail)} onLeave={onNavigate}>
          {text('Always do this')}
        </PanelLink>
      </p>
    </>
  )
}

function labelOf(
  labels: Record<string, TextKey<'transactions'>>,
  value: string,
  text: Text<'transactions'>
): string {
  const label = labels[value]
  return label ? text(label) : value
}

type ActionsProps = Pick<Props, 'onEdit' | 'onSplit' | 'onUnsplit'> & { split: boolean }

function Actions({ split, onEdit, onSplit, onUnsplit }: ActionsProps) {
  const text = useText('transactions')
  return (
    <div className="mt-4 flex flex-wrap gap-2 px-5 sm:px-6">
      <Button variant="quiet" onClick={onEdit}>
        <Pencil aria-hidden="true" className="size-4 text-muted" /> {text('Edit')}
      </Button>
      <Button variant="quiet" onClick={onSplit}>
        <Split aria-hidden="true" className="size-4 text-muted" />{' '}
        {split ? text('Edit split') : text('Split')}
      </Button>
      {split && (
        <Button variant="bare" onClick={onUnsplit}>
          {text('Undo split')}
        </Button>
      )}
    </div>
  )
}

function Facts({
  row,
  detail,
  onPair,
  onNavigate
}: Pick<Props, 'row' | 'detail' | 'onPair' | 'onNavigate'>) {
  const text = useText('transactions')
  const bankName = detail?.bank.merchant ?? null
  const isRenamed = bankName !== null && bankName !== transactionName(row)
  return (
    <dl className="mt-5 divide-y divide-line border-line border-y">
      {row.part && <PartDetail part={row.part} />}
      <Detail label={text('Description')}>{row.name}</Detail>
      {isRenamed && <Detail label={text('Bank’s name')}>{bankName}</Detail>}
      <CategoryDetail row={row} detail={detail} />
      <Detail label={text('Counts as')}>{labelOf(KIND_LABELS, row.kind, text)}</Detail>
      {detail?.pair && !row.part && (
        <TransferPairDetail row={row} pair={detail.pair} onPair={onPair} />
      )}
      {row.note && (
        <Detail label={text('Note')}>
          <span className="whitespace-pre-wrap">{row.note}</span>
        </Detail>
      )}
      {row.tags.length > 0 && <TagDetail tags={row.tags} onNavigate={onNavigate} />}
      <AccountDetail row={row} />
      {row.authorizedOn && row.authorizedOn !== row.date && (
        <Detail label={text('Authorized')}>
          <DateText date={row.authorizedOn} />
        </Detail>
      )}
      {row.paymentChannel && (
        <Detail label={text('Paid')}>{labelOf(CHANNEL_LABELS, row.paymentChannel, text)}</Detail>
      )}
    </dl>
  )
}

function PartDetail({
  part: { n, of, whole }
}: {
  part: NonNullable<TransactionResponse['part']>
}) {
  const text = useText('transactions')
  return (
    <Detail label={text('Part')}>
      {text.rich('{n} of {of}, of <whole></whole>', {
        n,
        of,
        whole: () => <MoneyText key="whole" money={whole} />
      })}
    </Detail>
  )
}

function AccountDetail({ row }: { row: TransactionResponse }) {
  const text = useText('transactions')
  return (
    <Detail label={text('Account')}>
      <span>{row.accountName + (row.accountMask ? ` •••• ${row.accountMask}` : '')}</span>
      <span className="block text-muted text-sm">{row.institutionName}</span>
    </Detail>
  )
}

function CategoryDetail({ row, detail }: Pick<Props, 'row' | 'detail'>) {
  const text = useText('transactions')
  return (
    <Detail label={text('Category')}>
      <span>{categoryLabel(row.category ?? UNCATEGORIZED, text)}</span>
      {row.categoryDetailed && (
        <span className="block text-muted text-sm">
          {detailedCategoryLabel(row.categoryDetailed, row.category, text)}
        </span>
      )}
      <CategorySource row={row} detail={detail} />
    </Detail>
  )
}

function TagDetail({ tags, onNavigate }: { tags: string[]; onNavigate: () => void }) {
  const text = useText('transactions')
  return (
    <Detail label={text('Tags')}>
      {tags.map((tag) => (
        <Link
          key={tag}
          href={transactionsHref({ tag })}
          prefetch={false}
          onClick={onNavigate}
          className="mr-3 inline-block text-accent underline underline-offset-2"
        >
          {tag}
        </Link>
      ))}
    </Detail>
  )
}

/** Link to a new rule that applies this transaction's edit to similar ones. */
function ruleHref(row: TransactionResponse, detail: TransactionDetailResponse | undefined): string {
  const { category = null, merchant = null, excluded = null } = detail?.own ?? {}
  const action: Record<keyof RuleAction, string | null> = {
    category,
    merchant,
    excluded: excluded ? 'yes' : null
  }
  const search = new URLSearchParams({
    text: detail?.bank.merchant ?? row.name,
    ...Object.fromEntries(
      Object.entries(action).filter((entry): entry is [string, string] => !!entry[1])
    )
  })
  return `/transactions/rules?${search}#new`
}

function TransferPairDetail({
  row,
  pair,
  onPair
}: {
  row: TransactionResponse
  pair: TransferPairResponse
  onPair: (ownTransfer: boolean) => void
}) {
  const text = useText('transactions')
  return (
    <Detail label={row.amount.minor.startsWith('-') ? text('Transfer to') : text('Transfer from')}>
      {pair.accountName}
      {pair.accountMask && ` •••• ${pair.accountMask}`}
      <span className="block text-muted text-sm">
        {`${pair.institutionName}, `}
        <DateText date={pair.date} />
      </span>
      {pair.undone && (
        <span className="block text-muted text-sm">
          {text('You marked this as not a transfer.')}
        </span>
      )}
      <Button variant="bare" onClick={() => onPair(pair.undone)}>
        {pair.undone ? text('It is a transfer') : text('Not a transfer')}
      </Button>
    </Detail>
  )
}

function CategorySource({
  row,
  detail
}: {
  row: TransactionResponse
  detail: TransactionDetailResponse | undefined
}) {
  const text = useText('transactions')
  if (!detail || row.category === detail.bank.category) return null
  const own = Boolean(detail.own.category ?? detail.parts[(row.part?.n ?? 0) - 1]?.category)
  const sentences = [
    own ? text('Chosen by you.') : text('Chosen by your rule.'),
    detail.bank.category &&
      text('Your bank says {category}.', { category: categoryLabel(detail.bank.category, text) })
  ]
  return <span className="block text-muted text-sm">{sentences.filter(Boolean).join(' ')}</span>
}

const PanelLink = ({
  href,
  onLeave: onNavigate,
  children
}: {
  href: string
  onLeave: () => void
  children: string
}) => (
  <Link
    href={href}
    prefetch={false}
    onClick={onNavigate}
    className="font-medium text-accent underline underline-offset-2"
  >
    {children}
  </Link>
)

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-4 px-5 py-3 sm:px-6">
      <dt className="text-muted">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}
