'use client'

import { useRouter } from 'next/navigation'
import useSWRInfinite from 'swr/infinite'
import type { Page, WireAccount, WireTransaction } from '@/lib/api/answers'
import { messageOf } from '../api'
import { CONTROL } from '../forms/fields'
import { useChange } from '../live'
import { Button, ButtonLink } from '../ui/button'
import { Card, EmptyState } from '../ui/card'
import { Notice } from '../ui/notice'
import { TransactionRows } from './transaction-rows'
import { useFresh } from './use-fresh'

const SIZE = 50

type Props = { initial: Page<WireTransaction>; accounts: WireAccount[]; account: string | null }

const pathOf = (account: string | null, cursor: string | null) =>
  `/api/v1/transactions?${new URLSearchParams({ limit: String(SIZE), ...(account ? { account } : {}), ...(cursor ? { cursor } : {}) })}`

/** Every transaction, page by page, for all accounts or one. */
export function TransactionList({ initial, accounts, account }: Props) {
  const { data, error, size, setSize, isValidating, mutate } = useSWRInfinite<Page<WireTransaction>>(
    (index: number, previous: Page<WireTransaction> | null) => (index > 0 && !previous?.next ? null : pathOf(account, previous?.next ?? null)),
    { fallbackData: [initial], revalidateFirstPage: false }
  )
  useChange(() => void mutate())
  const pages = data ?? [initial]
  const items = pages.flatMap((page) => page.items)
  const fresh = useFresh(items.map(({ id }) => id))
  const more = pages.at(-1)?.next
  const loading = isValidating && size > pages.length
  return (
    <>
      <AccountFilter accounts={accounts} account={account} />
      <p role="status" className="sr-only">
        {fresh.size > 0 ? `${fresh.size} new ${fresh.size === 1 ? 'transaction' : 'transactions'}` : `${items.length} transactions shown`}
      </p>
      <Card className="mt-5 overflow-hidden">
        {items.length > 0 ? <TransactionRows items={items} fresh={fresh} headingLevel={2} /> : <NoTransactions hasAccounts={accounts.length > 0} />}
        {error && (
          <Notice tone="bad" live className="m-5" title="Not everything could be loaded">
            {messageOf(error)}
          </Notice>
        )}
        {more && (
          <div className="flex justify-center px-5 py-5">
            <Button look="quiet" busy={loading} onClick={() => void setSize(pages.length + 1)}>
              {loading ? 'Loading' : 'Load more'}
            </Button>
          </div>
        )}
      </Card>
    </>
  )
}

function AccountFilter({ accounts, account }: { accounts: WireAccount[]; account: string | null }) {
  const router = useRouter()
  if (accounts.length === 0) return null
  const go = (id: string) => router.push(id ? `/transactions?account=${id}` : '/transactions')
  return (
    <div className="mt-6 max-w-sm">
      <label htmlFor="account-filter" className="font-medium text-[0.9375rem]">
        Account
      </label>
      <select id="account-filter" value={account ?? ''} onChange={(event) => go(event.target.value)} className={`${CONTROL} mt-1.5 w-full border-line-strong`}>
        <option value="">All accounts</option>
        {accounts.map(({ id, name, institutionName, mask }) => (
          <option key={id} value={id}>
            {`${institutionName}: ${name}${mask ? ` •••• ${mask}` : ''}`}
          </option>
        ))}
      </select>
    </div>
  )
}

function NoTransactions({ hasAccounts }: { hasAccounts: boolean }) {
  if (hasAccounts) return <EmptyState title="No transactions here">They appear as soon as your bank has sent them.</EmptyState>
  return (
    <EmptyState title="No transactions yet" action={<ButtonLink href="/connections">Add a bank account</ButtonLink>}>
      Add a bank, and up to two years of its transactions appear here.
    </EmptyState>
  )
}
