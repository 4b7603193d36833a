import type { Metadata } from 'next'
import { requirePerson } from '@/app/_lib/session'
import { toWireAccount, toWireMoney, toWireTransaction } from '@/app/_lib/serializers/resources'
import { FreshNumbers } from '@/components/lib/refresh-on-change'
import { ExportLinks } from '@/components/transactions/export-links'
import { FilterBar } from '@/components/transactions/filters/filter-bar'
import { TotalsLine } from '@/components/transactions/filter-totals'
import { TransactionList } from '@/components/transactions/transaction-list'
import { ButtonLink } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/card'
import { parseFilter } from '@/lib/api/transactions'
import {
  isFiltered,
  type TransactionSort,
  type TransactionFilter,
  toQueryString
} from '@/lib/domain/transactions/transaction-filter'
import { DataService } from '@/lib/services'

export const metadata: Metadata = { title: 'Transactions' }

const SIZE = 100

export default async function TransactionsPage({
  searchParams
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const person = await requirePerson('/transactions')
  const { filter, sort } = parseFilter(await searchParams)
  const [accountRows, page, seenAt, tags, summary] = await Promise.all([
    DataService.listAccounts(person),
    DataService.listTransactions(person, { ...filter, sort, limit: SIZE }),
    DataService.findLastVisit(person),
    DataService.listTags(person),
    // Only what was asked for is counted: the whole history would be read at every visit.
    isFiltered(filter) ? DataService.summarizeTransactions(person, filter) : null
  ])
  const accounts = accountRows.map(toWireAccount)
  return (
    <>
      <FreshNumbers />
      <PageHeading
        title="Transactions"
        action={
          accounts.length > 0 ? (
            <Actions filter={filter} sort={sort} empty={page.items.length === 0} />
          ) : undefined
        }
      />
      {accounts.length > 0 && (
        <FilterBar accounts={accounts} tags={tags} filter={filter} sort={sort} />
      )}
      {accounts.length > 0 && (
        <TotalsLine
          found={
            summary && {
              count: summary.count,
              sums: summary.sums.flatMap((sum) => toWireMoney(sum) ?? [])
            }
          }
        />
      )}
      <TransactionList
        key={toQueryString(filter, sort)}
        filter={filter}
        sort={sort}
        hasAccounts={accounts.length > 0}
        seenAt={seenAt}
        count={summary?.count ?? null}
        tags={tags}
        initial={{ items: page.items.map(toWireTransaction), next: page.next }}
      />
    </>
  )
}

function Actions({
  filter,
  sort,
  empty
}: {
  filter: TransactionFilter
  sort: TransactionSort
  empty: boolean
}) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ButtonLink href="/transactions/rules" look="bare">
        Rules
      </ButtonLink>
      {!empty && <ExportLinks filter={filter} sort={sort} />}
    </div>
  )
}
