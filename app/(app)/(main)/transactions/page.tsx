import type { Metadata } from 'next'
import { useText } from '#text'
import {
  serializeAccount,
  serializeInvestmentAccount,
  serializeMoney,
  serializeTransaction
} from '@/app/_lib/serializers/resources'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { AccountInvestments } from '@/components/connections/account-investments'
import { RefreshOnChange } from '@/components/lib/refresh-on-change'
import { OwnCategories } from '@/components/transactions/edit/own-categories'
import { ExportLinks } from '@/components/transactions/export-links'
import { FilterTotals } from '@/components/transactions/filter-totals'
import { FilterBar } from '@/components/transactions/filters/filter-bar'
import { TransactionList } from '@/components/transactions/transaction-list'
import { ButtonLink } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/card'
import { parseFilter } from '@/lib/api/transactions'
import { holdingType } from '@/lib/domain/reports/net-worth'
import {
  isFiltered,
  type TransactionFilter,
  type TransactionSort,
  toQueryString
} from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService } from '@/lib/services'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('transactions')
  return { title: text('Transactions') }
}

const PAGE_SIZE = 100

export default async function TransactionsPage({
  searchParams
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const user = await requireUser('/transactions')
  const text = await getText('transactions')
  const { filter, sort } = parseFilter(await searchParams)
  const [accountRows, page, seenAt, tags, categories, summary] = await Promise.all([
    DataService.listAccounts(user),
    DataService.listTransactions(user, { ...filter, sort, limit: PAGE_SIZE }),
    DataService.findLastSeen(user),
    DataService.listTags(user),
    DataService.listOwnCategories(user),
    // Counts only when a filter is set: counting the whole history reads all of it.
    isFiltered(filter) ? DataService.summarizeTransactions(user, filter) : null
  ])
  const accounts = accountRows.map(serializeAccount)
  const investments = await findInvestments(user, accountRows, filter)
  return (
    <Texts areas={['transactions', 'connections']}>
      <OwnCategories categories={categories}>
        <RefreshOnChange />
        <PageHeading
          title={text('Transactions')}
          action={
            accounts.length > 0 ? (
              <PageActions filter={filter} sort={sort} empty={page.items.length === 0} />
            ) : undefined
          }
        />
        {accounts.length > 0 && (
          <>
            <FilterBar {...{ accounts, tags, filter, sort }}>
              {page.items.length > 0 && <ExportLinks filter={filter} sort={sort} />}
            </FilterBar>
            <FilterTotals summary={summary && serializeTotals(summary)} />
          </>
        )}
        {investments && <AccountInvestments investments={investments} />}
        {(!investments || page.items.length > 0) && (
          <TransactionList
            key={toQueryString(filter, sort)}
            filter={filter}
            sort={sort}
            hasAccounts={accounts.length > 0}
            seenAt={seenAt}
            count={summary?.count ?? null}
            tags={tags}
            initial={{ items: page.items.map(serializeTransaction), next: page.next }}
          />
        )}
      </OwnCategories>
    </Texts>
  )
}

const serializeTotals = ({
  count,
  sums
}: Awaited<ReturnType<typeof DataService.summarizeTransactions>>) => ({
  count,
  sums: sums.flatMap((sum) => serializeMoney(sum) ?? [])
})

/** The investments of the account in the filter; null if it has none. */
async function findInvestments(
  user: UserActor,
  accounts: Awaited<ReturnType<typeof DataService.listAccounts>>,
  filter: TransactionFilter
) {
  const account = accounts.find(({ id }) => id === filter.account)
  if (!account || holdingType(account.type) !== 'investment') return null
  const found = await DataService.getAccountInvestments(user, account.id, { limit: PAGE_SIZE })
  return found.holdings.length + found.transactions.length > 0
    ? serializeInvestmentAccount(found)
    : null
}

function PageActions({
  filter,
  sort,
  empty
}: {
  filter: TransactionFilter
  sort: TransactionSort
  empty: boolean
}) {
  const text = useText('transactions')
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ButtonLink href="/transactions/rules" variant="bare">
        {text('Rules')}
      </ButtonLink>
      {!empty && (
        <div className="max-sm:hidden">
          <ExportLinks filter={filter} sort={sort} />
        </div>
      )}
    </div>
  )
}
