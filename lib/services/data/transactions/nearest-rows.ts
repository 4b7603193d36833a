/** The rows next to a place in a list by date: most pages are found in them, without the rest of the history. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import { execute } from '@/lib/services/data/sql/query'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import type { CursorPosition } from '@/lib/services/data/transactions/pagination'
import { transactionEdits, transactions } from '@/xata/schema'

/** Of a category every tenth row or so matches: enough for a page. */
const ROWS = 600
/** Of a tag all rows match, but those of hidden accounts and other conditions. */
const TAGGED_ROWS = 250

/** `rows` are transactions; `isAll` tells whether none follow. */
export type NearestRows = { rows: SQL; isAll(): Promise<boolean> }

/**
 * The next transactions in the order of the dates that a filter may match; null where another index
 * finds its rows, or most rows match.
 */
export function nearestRows(
  actor: UserActor,
  { tag, category, account, q, from, to }: TransactionFilter,
  { down, place }: { down: boolean; place: CursorPosition | null }
): NearestRows | null {
  if (q || account !== undefined || !(tag || category)) return null
  const direction = down ? sql`desc nulls last` : sql`asc nulls first`
  const tagged = sql`and t.id = any(array(select o.transaction_id from ${transactionEdits} o where o.user_id = ${actor.userId} and o.tags @> ${jsonb([tag])}))`
  const after = down
    ? sql`and (t.booked_on, t.id) <= (${place?.key}, ${place?.id})`
    : sql`and (t.booked_on, t.id) >= (${place?.key}, ${place?.id})`
  const size = tag ? TAGGED_ROWS : ROWS
  const next = sql`from ${transactions} t where t.user_id = ${actor.userId} and t.removed_at is null ${tag ? tagged : sql``} ${place ? after : sql``}
    ${from ? sql`and t.booked_on >= ${from}::date` : sql``} ${to ? sql`and t.booked_on <= ${to}::date` : sql``}
    order by t.booked_on ${direction}, t.id ${direction}`
  return {
    rows: sql`(select t.* ${next} limit ${size}::int)`,
    isAll: async () =>
      (await execute(actor, sql`select 1 ${next} offset ${size}::int limit 1`)) === 0
  }
}
