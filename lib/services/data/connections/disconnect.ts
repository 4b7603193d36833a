/** Removes a connection after Plaid confirmed its removal. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import type { ConnectionJob } from '@/lib/services/data/connections/connection-jobs'
import { reassignAccounts } from '@/lib/services/data/connections/duplicate-accounts'
import { deleteHoldings } from '@/lib/services/data/connections/investments'
import { completed, failed } from '@/lib/services/data/jobs/jobs'
import { execute, transaction } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  dbNow,
  isUuid,
  notFound,
  ownedBy
} from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, rowType, typed } from '@/lib/services/data/sql/row-type'
import { read } from '@/lib/services/data/sql/short-reads'
import {
  bankConnections,
  connectionSecrets,
  connectionTasks,
  liabilities,
  linkedAccounts,
  quarantine,
  recurringStreams,
  syncPages,
  syncRuns,
  transactions
} from '@/xata/schema'

/**
 * Deletes the token, cancels waiting jobs, and keeps or erases the history by the user’s latest
 * choice, in one transaction. Pending transactions are deleted. Repeating it changes nothing.
 */
export async function completeRemoval(job: ConnectionJob): Promise<void> {
  const actor = systemActor('disconnect')
  const connection = sql`${job.connectionId}::uuid`
  const choice = sql`(select history from ${connectionTasks} where connection_id = ${connection} and kind = 'remove')`
  await transaction(actor, [
    auditedChange(
      actor,
      sql`update ${bankConnections} set removed_at = ${dbNow()}, leaving_at = coalesce(leaving_at, ${dbNow()}), updated_at = now(),
          cursor = null, new_accounts_at = null, announced = null, ends_at = null
        where id = ${connection} and removed_at is null returning id, user_id`,
      {
        action: 'connection.removed',
        subject: sql`id`,
        detail: sql`jsonb_build_object('history', ${choice})`,
        also: sql`shredded as (delete from ${connectionSecrets} s using changed where s.connection_id = changed.id),
      ended as (
        update ${syncRuns} r set ${failed('plaid', 'DISCONNECTED')}
        from changed where r.connection_id = changed.id and r.status in ('pending', 'in_progress') returning r.id
      ), swept as (delete from ${syncPages} p using ended where p.run_id = ended.id),
      closed as (update ${linkedAccounts} l set closed_at = coalesce(l.closed_at, ${dbNow()}), updated_at = now() from changed where l.connection_id = changed.id),
      settled as (delete from ${liabilities} d using changed, ${linkedAccounts} l where l.connection_id = changed.id and d.account_id = l.id),
      unexpected as (delete from ${recurringStreams} s using changed, ${linkedAccounts} l where l.connection_id = changed.id and s.account_id = l.id),
      unheld as (${deleteHoldings(sql`changed`)}),
      dropped as (delete from ${transactions} t using changed where t.connection_id = changed.id and t.pending),
      done as (update ${connectionTasks} t set ${completed()}
        from changed where t.connection_id = changed.id)`
      }
    ),
    reassignAccounts(actor, connection),
    ...eraseStatements(sql`id = ${connection} and ${choice} = 'erase'`)
  ])
}

/**
 * Erases the history of a removed connection. The empty row stays, so that a repeat gets the same
 * response. @throws RequestError not_found.
 */
export async function eraseHistory(actor: UserActor, connectionId: string): Promise<void> {
  if (!isUuid(connectionId)) throw notFound('connection')
  const mine = sql`id = ${connectionId}::uuid and ${ownedBy(actor, sql`user_id`)} and removed_at is not null`
  if (!(await execute(actor, sql`select id from ${bankConnections} where ${mine}`)))
    throw notFound('connection')
  await transaction(actor, [
    auditedChange(
      actor,
      sql`select id, user_id from ${bankConnections} where ${mine} and history_erased_at is null`,
      { action: 'connection.history_erased', subject: sql`id` }
    ),
    ...eraseStatements(mine)
  ])
}

function eraseStatements(which: SQL): SQL[] {
  const removed = sql`(select id from ${bankConnections} where ${which} and removed_at is not null)`
  return [
    sql`delete from ${transactions} where connection_id in ${removed}`,
    sql`delete from ${linkedAccounts} where connection_id in ${removed}`,
    sql`delete from ${quarantine} where connection_id in ${removed}`,
    sql`delete from ${syncRuns} where connection_id in ${removed}`,
    sql`update ${bankConnections} set history_erased_at = coalesce(history_erased_at, ${dbNow()}), institution_name = '', institution_id = null where id in ${removed}`
  ]
}

const PAST_CONNECTION = rowType({
  id: bankConnections.id,
  institutionName: bankConnections.institutionName,
  removedAt: column.timestamptz,
  transactions: column.int4
})

/** Disconnected banks whose history the user kept, newest first. */
export async function listPastConnections(
  actor: UserActor
): Promise<InferRow<typeof PAST_CONNECTION>[]> {
  return read(
    actor,
    typed(
      PAST_CONNECTION,
      sql`select c.id, c.institution_name as "institutionName", c.removed_at as "removedAt",
      (select count(*)::int from ${transactions} t where t.connection_id = c.id and t.removed_at is null) as transactions
    from ${bankConnections} c where c.user_id = ${actor.userId} and c.removed_at is not null and c.history_erased_at is null
      and exists (select 1 from ${linkedAccounts} l where l.connection_id = c.id) order by c.removed_at desc limit 50`
    )
  )
}
