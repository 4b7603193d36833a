/** Order and cursors of transaction lists. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { isCalendarDate } from '@/lib/domain/dates'
import type { TransactionSort } from '@/lib/domain/transactions/transaction-filter'
import { RequestError } from '@/lib/platform/errors'
import { isUuid } from '@/lib/services/data/sql/query-helpers'
import { amount } from '@/lib/services/data/transactions/transaction-sql'
import { transactionParts } from '@/xata/schema'

export type Cast = 'date' | 'numeric'
/** The index order, and the condition on the user's rows that it covers. */
export type SortSource = { key: SQL; only: (userId: string) => SQL }
const byDay = {
  cast: 'date',
  shares: [{ key: sql`t.booked_on`, only: () => sql`true` }]
} as const satisfies { cast: Cast; shares: SortSource[] }
/**
 * Split amounts are not indexed, so the few split transactions are sorted separately. With only
 * `p.n is null`, Postgres expects almost no rows and would read and sort all of them.
 */
const bySize = {
  cast: 'numeric',
  shares: [
    { key: sql`abs(t.amount_minor)`, only: () => sql`coalesce(p.n, 0) < 1` },
    {
      key: sql`abs(${amount})`,
      only: (userId) =>
        sql`p.n is not null and t.id in (select x.transaction_id from ${transactionParts} x where x.user_id = ${userId})`
    }
  ]
} as const satisfies { cast: Cast; shares: SortSource[] }
export const SORT_ORDERS: Record<
  TransactionSort,
  { cast: Cast; shares: readonly SortSource[]; down: boolean }
> = {
  newest: { ...byDay, down: true },
  oldest: { ...byDay, down: false },
  largest: { ...bySize, down: true },
  smallest: { ...bySize, down: false }
}

/** The columns of a row that form its cursor. */
type Listed = { id: string; date: string; amount: { minor: bigint }; split: { n: number } | null }
type CursorPosition = { key: SQL; id: SQL; n: number }

/**
 * The rows after a cursor. The first comparison uses an index; the second orders the splits of one
 * transaction.
 */
export function afterCursor(
  { key: at, id, n }: CursorPosition,
  { key, part, down }: { key: SQL; part: SQL; down: boolean }
): SQL {
  const place = sql`(${at}, ${id}, ${down ? -n : n}::int)`
  return down
    ? sql`and (${key}, t.id) <= (${at}, ${id}) and (${key}, t.id, ${part}) < ${place}`
    : sql`and (${key}, t.id) >= (${at}, ${id}) and (${key}, t.id, ${part}) > ${place}`
}

/** The cursor of the last listed row. */
export function toCursor({ id, date, amount: { minor }, split: part }: Listed, cast: Cast): string {
  const key = cast === 'date' ? date : (minor < 0n ? -minor : minor).toString()
  return Buffer.from(`${key}|${id}|${part?.n ?? 1}`).toString('base64url')
}

/** @throws RequestError invalid for a malformed cursor. */
export function parseCursor(cursor: string, cast: Cast): CursorPosition {
  const [key = '', id = '', n = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const isValid = cast === 'date' ? isCalendarDate(key) : /^\d{1,38}$/.test(key)
  if (!isValid || !isUuid(id) || !/^\d{1,4}$/.test(n)) {
    throw new RequestError(
      'invalid',
      'This page of the list no longer exists. Load the list again.',
      { fields: { cursor: 'Omit the cursor to start at the first page.' } }
    )
  }
  return {
    key: cast === 'date' ? sql`${key}::date` : sql`${key}::numeric`,
    id: sql`${id}::uuid`,
    n: Number(n)
  }
}
