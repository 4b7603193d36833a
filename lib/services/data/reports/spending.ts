/** Sums of transactions. Each sum adds up exactly the rows that its filter lists. */
import 'server-only'
import { sql } from 'drizzle-orm'
import type { Money } from '@/lib/domain/money/money'
import { addMonths, type CalendarMonth, type Period } from '@/lib/domain/periods'
import {
  type CashFlow,
  cashFlow,
  type FlowSum,
  type MerchantSpending,
  type Spending,
  spendingByCategory
} from '@/lib/domain/reports/spending'
import type { TransactionKind } from '@/lib/domain/transactions/categories'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import { cachedReport } from '@/lib/services/data/reports/report-cache'
import { query } from '@/lib/services/data/sql/query'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { findCandidates } from '@/lib/services/data/transactions/search'
import {
  amount,
  category,
  isCountedKind,
  kind,
  matchesFilter,
  merchant,
  payee,
  transactionsWithSplits
} from '@/lib/services/data/transactions/transaction-sql'
import { transactions } from '@/xata/schema'

const settled = { pending: 'no' } as const

/**
 * Money in and out per month and currency, the currency with the most rows first. Transfers and
 * card payments are excluded.
 */
export const getCashFlow = (
  actor: UserActor,
  months: readonly CalendarMonth[]
): Promise<CashFlow[]> =>
  cachedReport(actor, ['cash flow', ...months], () => readCashFlow(actor, months))

async function readCashFlow(
  actor: UserActor,
  months: readonly CalendarMonth[]
): Promise<CashFlow[]> {
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return []
  const found = await query(
    actor,
    rowType({
      month: column.text,
      currency: transactions.currency,
      kind: column.textOf<TransactionKind>(),
      minor: column.minor
    }),
    sql`
    select month, currency, kind, sum(amount_minor) as minor from (
      select to_char(t.booked_on, 'YYYY-MM') as month, t.currency, ${kind} as kind, ${amount} as amount_minor
      from ${transactionsWithSplits} where ${matchesFilter(actor, { ...settled, from: `${first}-01` })} and t.booked_on < ${`${addMonths(last, 1)}-01`}::date
    ) r where ${isCountedKind} group by month, currency, kind order by sum(count(*)) over (partition by currency) desc, currency, month, kind`
  )
  return cashFlow(found satisfies FlowSum[], months)
}

/**
 * Spending by category in a period and in the one to compare it with; the currency with the most
 * rows first.
 */
export const getSpending = (actor: UserActor, periods: SpendingPeriods): Promise<Spending[]> =>
  cachedReport(
    actor,
    ['spending', ...[periods.current, periods.previous].flatMap(({ from, to }) => [from, to])],
    () => readSpending(actor, periods)
  )

type SpendingPeriods = { current: Period; previous: Period }

async function readSpending(
  actor: UserActor,
  { current, previous }: SpendingPeriods
): Promise<Spending[]> {
  const within = ({ from, to }: Period) => sql`booked_on between ${from}::date and ${to}::date`
  const found = await query(
    actor,
    rowType({
      currency: transactions.currency,
      category: nullable(column.text),
      minor: column.minor,
      previous: column.minor,
      count: column.int4
    }),
    sql`
    select currency, category, coalesce(sum(amount_minor) filter (where ${within(current)}), 0) as minor,
      coalesce(sum(amount_minor) filter (where ${within(previous)}), 0) as previous, (count(*) filter (where ${within(current)}))::int as count
    from (
      select t.currency, ${category} as category, ${amount} as amount_minor, t.booked_on
      from ${transactionsWithSplits} where ${matchesFilter(actor, { ...settled, kind: 'spending', ...coveringPeriod(current, previous) })}
    ) r where ${within(current)} or ${within(previous)}
    group by currency, category order by sum(count(*)) over (partition by currency) desc, currency, category`
  )
  return spendingByCategory(found)
}

function coveringPeriod(a: Period, b: Period): Period {
  const [from = a.from] = [a.from, b.from].toSorted()
  const [to = a.to] = [a.to, b.to].toSorted().reverse()
  return { from, to }
}

/** The merchants with the highest spending in a period, in one currency. */
export const listTopMerchants = (
  actor: UserActor,
  query: MerchantQuery
): Promise<MerchantSpending[]> => {
  const { period, currency, limit } = query
  return cachedReport(actor, ['merchants', period.from, period.to, currency, String(limit)], () =>
    readTopMerchants(actor, query)
  )
}

type MerchantQuery = { period: Period; currency: string; limit: number }

async function readTopMerchants(
  actor: UserActor,
  { period, currency, limit }: MerchantQuery
): Promise<MerchantSpending[]> {
  const found = await query(
    actor,
    rowType({ merchant: column.text, name: column.text, minor: column.minor, count: column.int4 }),
    sql`
    select merchant, max(name) as name, sum(amount_minor) as minor, count(*)::int as count from (
      select ${merchant} as merchant, ${payee} as name, ${amount} as amount_minor
      from ${transactionsWithSplits} where ${matchesFilter(actor, { ...settled, ...period, kind: 'spending', currency })}
    ) r group by merchant having sum(amount_minor) < 0 order by sum(amount_minor), merchant limit ${limit}::int`
  )
  return found.map(({ minor, ...rest }) => ({ ...rest, currency, spent: -minor }))
}

export type TransactionSummary = { count: number; sums: (Money & { count: number })[] }

/** The number of rows that match a filter, and their total per currency. */
export async function summarizeTransactions(
  actor: UserActor,
  filter: TransactionFilter
): Promise<TransactionSummary> {
  const candidates = await findCandidates(actor, filter)
  const sums = await query(
    actor,
    rowType({ currency: transactions.currency, minor: column.minor, count: column.int4 }),
    sql`
    select t.currency, sum(${amount}) as minor, count(*)::int as count
    from ${transactionsWithSplits} where ${matchesFilter(actor, filter, candidates)} group by t.currency order by count(*) desc, t.currency`
  )
  return { count: sums.reduce((total, { count }) => total + count, 0), sums }
}
