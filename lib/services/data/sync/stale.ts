/** Changes without a webhook: repaired logins, and pending transactions that were never booked. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { PERMANENT_INSTITUTION_ERRORS } from '@/lib/domain/connections/connection'
import { systemActor } from '@/lib/domain/users/actor'
import { query } from '@/lib/services/data/sql/query'
import { dbNow, jsonb, timestamptz } from '@/lib/services/data/sql/query-helpers'
import { rowType } from '@/lib/services/data/sql/row-type'
import { STALE_PENDING } from '@/lib/services/data/sync/triggers'
import { bankConnections, syncRuns, transactions } from '@/xata/schema'

const system = systemActor('sync')

/**
 * Connections that needed a sign-in and were last checked before `lookedAtBefore`, and those with
 * an institution outage before `downBefore` and no waiting sync. Marks them as checked, so that one
 * process takes each.
 */
export async function claimBrokenConnections({
  lookedAtBefore,
  downBefore,
  limit
}: {
  lookedAtBefore: Date
  downBefore: Date
  limit: number
}): Promise<{ id: string; userId: string }[]> {
  return query(
    system,
    rowType({ id: bankConnections.id, userId: bankConnections.userId }),
    sql`update ${bankConnections} set updated_at = ${dbNow()} where id in (
      select c.id from ${bankConnections} c where c.removed_at is null and c.leaving_at is null and (
        (c.status = 'bad' and c.updated_at < ${timestamptz(lookedAtBefore)})
        or (c.status = 'error' and c.updated_at < ${timestamptz(downBefore)} and coalesce(c.error_code, '') not in (select jsonb_array_elements_text(${jsonb(PERMANENT_INSTITUTION_ERRORS)}))
          and not exists (select 1 from ${syncRuns} r where r.connection_id = c.id and r.status in ('pending', 'in_progress'))))
      order by c.updated_at limit ${limit}::int for update skip locked)
    returning id, user_id as "userId"`
  )
}

/**
 * Connections with pending transactions from before `date`, not checked since `askedBefore`. Banks
 * post within 14 days; a hold may lapse without a webhook, and some last longer.
 */
export async function listStalePending({
  date,
  askedBefore,
  limit
}: {
  date: string
  askedBefore: Date
  limit: number
}): Promise<{ id: string }[]> {
  return query(
    system,
    rowType({ id: bankConnections.id }),
    sql`select c.id from ${bankConnections} c
    where c.removed_at is null and c.leaving_at is null and c.status not in ('bad', 'revoked') and c.cursor is not null
      and c.id in (select t.connection_id from ${transactions} t where t.pending and t.removed_at is null and t.booked_on < ${date}::date)
      and not exists (select 1 from ${syncRuns} r where r.connection_id = c.id and r.trigger = ${STALE_PENDING}
        and coalesce(r.finished_at, r.run_at) > ${timestamptz(askedBefore)})
    order by c.id limit ${limit}::int`
  )
}
