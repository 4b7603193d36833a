/** All transactions of a filter, for exports: a part of the history at a time is in memory. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { UserActor } from '@/lib/domain/users/actor'
import { query as queryRows } from '@/lib/services/data/sql/query'
import { type InferRow, rowType } from '@/lib/services/data/sql/row-type'
import { SORT_ORDERS } from '@/lib/services/data/transactions/pagination'
import { matchesFilter, withSplits } from '@/lib/services/data/transactions/transaction-sql'
import {
  readTransactions,
  TRANSACTION_COLUMNS,
  TRANSACTION_ROW,
  type TransactionQuery,
  type TransactionView,
  toTransaction
} from '@/lib/services/data/transactions/transactions'
import { transactions } from '@/xata/schema'

type Query = Omit<TransactionQuery, 'cursor' | 'limit'>

/** Transactions read at a time: few at first, so that a download starts at once. */
const SIZES = { first: 500, next: 5_000 }
/** Given to the caller at a time. What becomes of a few rows is garbage before it is copied. */
const SLICE = 500
/** By size a page sorts all rows, so there are few pages. */
const SORTED_PAGE_SIZE = 10_000

const PLACE = rowType({ date: transactions.bookedOn, id: transactions.id })
type Place = InferRow<typeof PLACE>
/** The next `size` transactions after a place. */
type Part = { start: Place | null; size: number }

/** All transactions of a filter in order, some at a time. */
export async function* streamTransactions(
  actor: UserActor,
  query: Query,
  sizes = SIZES
): AsyncGenerator<TransactionView[]> {
  if (SORT_ORDERS[query.sort ?? 'newest'].cast === 'date') yield* streamByDate(actor, query, sizes)
  else yield* streamBySize(actor, query)
}

/**
 * Parts of the history in the order of the index on the date. The next one is read while the caller
 * uses this one: its start is found by the index alone.
 */
async function* streamByDate(
  actor: UserActor,
  query: Query,
  { first, next }: typeof SIZES
): AsyncGenerator<TransactionView[]> {
  let part: Part | null = { start: null, size: first }
  for (let reading = readPart(actor, query, part); part; ) {
    const [end]: Place[] = await queryPart(actor, query, part)
    const following: Part | null = end ? { start: end, size: next } : null
    const ahead = following ? readPart(actor, query, following) : reading
    // A caller that stops does not wait for it.
    ahead.catch(() => {})
    const rows = await reading
    for (let from = 0; from < rows.length; from += SLICE)
      yield rows.slice(from, from + SLICE).map(toTransaction)
    part = following
    reading = ahead
  }
}

/** The next `size` transactions. With `limit` after the joins, Postgres would join the whole history. */
function inPart(actor: UserActor, { sort = 'newest', from, to }: Query, { start, size }: Part) {
  const { down } = SORT_ORDERS[sort]
  const direction = down ? sql`desc nulls last` : sql`asc nulls first`
  const history = sql`t.user_id = ${actor.userId} and t.removed_at is null
    ${from ? sql`and t.booked_on >= ${from}::date` : sql``} ${to ? sql`and t.booked_on <= ${to}::date` : sql``}`
  const order = sql`t.booked_on ${direction}, t.id ${direction}`
  const rest = start ? after(start, down) : sql``
  const source = sql`(select * from ${transactions} t where ${history} ${rest} order by ${order} limit ${size}::int)`
  return { source, order, size }
}

/** The place of the last transaction of a part; none for the last part. */
function queryPart(actor: UserActor, query: Query, part: Part): Promise<Place[]> {
  const { source, size } = inPart(actor, query, part)
  return queryRows(
    actor,
    PLACE,
    sql`select t.booked_on as date, t.id from ${source} t offset ${size - 1}::int`
  )
}

function readPart(actor: UserActor, query: Query, part: Part) {
  const { source, order } = inPart(actor, query, part)
  const { sort: _, ...filter } = query
  return queryRows(
    actor,
    TRANSACTION_ROW,
    sql`select ${TRANSACTION_COLUMNS} from ${withSplits(source)} where ${matchesFilter(actor, filter)} order by ${order}, coalesce(p.n, 1)`
  )
}

/** The day alone tells Postgres how few rows follow; it cannot tell from the pair. */
const after = ({ date, id }: Place, down: boolean): SQL =>
  down
    ? sql`and t.booked_on <= ${date}::date and (t.booked_on, t.id) < (${date}::date, ${id}::uuid)`
    : sql`and t.booked_on >= ${date}::date and (t.booked_on, t.id) > (${date}::date, ${id}::uuid)`

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
