/** All transactions of a filter, for exports: a part of the history at a time is in memory. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { UserActor } from '@/lib/domain/users/actor'
import { queryOne } from '@/lib/services/data/sql/query'
import { type InferRow, rowType } from '@/lib/services/data/sql/row-type'
import { SORT_ORDERS } from '@/lib/services/data/transactions/pagination'
import { matchesFilter } from '@/lib/services/data/transactions/transaction-sql'
import {
  readTransactions,
  selectTransactions,
  type TransactionQuery,
  type TransactionView
} from '@/lib/services/data/transactions/transactions'
import { transactions } from '@/xata/schema'

type Query = Omit<TransactionQuery, 'cursor' | 'limit'>

/** Transactions read at a time: few at first, so that a download starts at once. */
const SIZES = { first: 500, next: 2_000 }
/** By size a page sorts all rows, so there are few pages. */
const SORTED_PAGE_SIZE = 10_000

const PLACE = rowType({ date: transactions.bookedOn, id: transactions.id })
type Place = InferRow<typeof PLACE>

/** All transactions of a filter in order, a part at a time. A part can be empty. */
export async function* streamTransactions(
  actor: UserActor,
  query: Query,
  sizes = SIZES
): AsyncGenerator<TransactionView[]> {
  if (SORT_ORDERS[query.sort ?? 'newest'].cast === 'date') yield* streamByDate(actor, query, sizes)
  else yield* streamBySize(actor, query)
}

/**
 * Parts of the history between two places of the index on the date. With `limit`, Postgres would
 * join and sort the whole history for every part.
 */
async function* streamByDate(
  actor: UserActor,
  { sort = 'newest', ...filter }: Query,
  { first, next }: typeof SIZES
): AsyncGenerator<TransactionView[]> {
  const { down } = SORT_ORDERS[sort]
  const direction = down ? sql`desc nulls last` : sql`asc nulls first`
  // The days alone tell Postgres how few rows a part has; it cannot tell from the pairs.
  const after = ({ date, id }: Place): SQL =>
    down
      ? sql`and t.booked_on <= ${date}::date and (t.booked_on, t.id) < (${date}::date, ${id}::uuid)`
      : sql`and t.booked_on >= ${date}::date and (t.booked_on, t.id) > (${date}::date, ${id}::uuid)`
  const upTo = ({ date, id }: Place): SQL =>
    down
      ? sql`and t.booked_on >= ${date}::date and (t.booked_on, t.id) >= (${date}::date, ${id}::uuid)`
      : sql`and t.booked_on <= ${date}::date and (t.booked_on, t.id) <= (${date}::date, ${id}::uuid)`
  const { from, to } = filter
  const inHistory = sql`t.user_id = ${actor.userId} and t.removed_at is null
    ${from ? sql`and t.booked_on >= ${from}::date` : sql``} ${to ? sql`and t.booked_on <= ${to}::date` : sql``}`
  const order = sql`t.booked_on ${direction}, t.id ${direction}`
  let start: Place | null = null
  for (let size = first; ; size = next) {
    const rest: SQL = start ? after(start) : sql``
    const end: Place | null = await queryOne(
      actor,
      PLACE,
      sql`select t.booked_on as date, t.id from ${transactions} t where ${inHistory} ${rest}
        order by ${order} offset ${size - 1}::int limit 1`
    )
    yield await selectTransactions(
      actor,
      sql`${matchesFilter(actor, filter)} ${rest} ${end ? upTo(end) : sql``}`,
      sql`${order}, coalesce(p.n, 1)`
    )
    if (!end) return
    start = end
  }
}

async function* streamBySize(actor: UserActor, query: Query): AsyncGenerator<TransactionView[]> {
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await readTransactions(
      actor,
      { ...query, limit: SORTED_PAGE_SIZE, cursor },
      SORTED_PAGE_SIZE
    )
    yield items
    if (!next) return
    cursor = next
  }
}
