import 'server-only'
import type { SQL } from 'drizzle-orm'
import type { Actor, Person, System } from '../../domain/actor'
import type { ItemStatus } from '../../domain/bank-connection'
import { backoff, type SyncProgress } from '../../domain/progress'
import { RequestError } from '../../platform/errors'
import { type SyncRow, toSyncProgress } from './connection-rows'
import { atomic, changed, instant, isId, isTaken, row, rows, sql, uuid } from './query'

/** A sync this process holds the lease of. */
export type SyncRun = {
  id: string
  connectionId: string
  userId: string
  plaidItemId: string
  cursor: string | null
  attempts: number
  leaseToken: string
  leaseMs: number
}

export const SYNC_ATTEMPTS = 8

/** The lease is still this process's. */
export const mine = (run: SyncRun): SQL => sql`id = ${run.id}::uuid and status = 'in_progress' and lease_token = ${run.leaseToken}::uuid`

/** Asks for a sync; one that waits already is hurried instead, so wake-ups coalesce and none is lost. */
export async function requestSync(_actor: Actor, connectionId: string, trigger: string): Promise<void> {
  await rows(sql`insert into sync_runs (id, user_id, connection_id, trigger, run_at, created_at, updated_at)
    select ${uuid()}::uuid, user_id, id, ${trigger}, ${instant()}, ${instant()}, ${instant()}
    from bank_connections where id = ${connectionId}::uuid and removed_at is null
    on conflict (connection_id) where status = 'pending' do update set run_at = least(sync_runs.run_at, excluded.run_at)`)
}

/** A crashed process's run goes back to waiting; where another waits already, it just ends. */
async function recoverAbandoned(): Promise<void> {
  await rows(sql`update sync_runs r set code = 'ABANDONED', lease_until = null, lease_token = null, run_at = ${instant()}, updated_at = ${instant()},
    status = case when exists (select 1 from sync_runs p where p.connection_id = r.connection_id and p.status = 'pending') then 'failed' else 'pending' end
    where r.status = 'in_progress' and r.lease_until < ${instant()}`)
}

/** Takes the next waiting run, never one whose connection is being synced. `leaseMs` in milliseconds; each staged page renews it. */
export async function claimSyncRun(_system: System, { leaseMs }: { leaseMs: number }): Promise<SyncRun | null> {
  await recoverAbandoned()
  const leaseToken = uuid()
  try {
    const claimed = await row<{ id: string; connection_id: string; user_id: string; plaid_item_id: string; cursor: string | null; attempts: number }>(sql`
      update sync_runs set status = 'in_progress', attempts = attempts + 1, lease_until = ${instant(leaseMs)}, lease_token = ${leaseToken}::uuid,
        started_at = ${instant()}, finished_at = null, updated_at = ${instant()}
      from bank_connections c
      where c.id = sync_runs.connection_id and sync_runs.id = (
        select r.id from sync_runs r join bank_connections o on o.id = r.connection_id and o.removed_at is null
        where r.status = 'pending' and r.run_at <= ${instant()}
          and not exists (select 1 from sync_runs l where l.connection_id = r.connection_id and l.status = 'in_progress')
        order by r.run_at for update of r skip locked limit 1)
      returning sync_runs.id, sync_runs.connection_id, sync_runs.user_id, c.plaid_item_id, c.cursor, sync_runs.attempts`)
    return (
      claimed && {
        id: claimed.id,
        connectionId: claimed.connection_id,
        userId: claimed.user_id,
        plaidItemId: claimed.plaid_item_id,
        cursor: claimed.cursor,
        attempts: claimed.attempts,
        leaseToken,
        leaseMs
      }
    )
  } catch (thrown) {
    if (isTaken(thrown)) return null
    throw thrown
  }
}

export type SyncFault = {
  service: string
  code: string
  retryable: boolean
  retryAfterMs: number | null
  /** What the failure says about the Item itself; null where it says nothing. */
  item: { status: ItemStatus; errorType: string | null; errorCode: string | null } | null
}

/** Writes a failure down: back to waiting while attempts are left and nothing newer waits, else failed. Nothing where the lease was lost. */
export async function failSync(run: SyncRun, fault: SyncFault): Promise<void> {
  const again = fault.retryable && run.attempts < SYNC_ATTEMPTS
  try {
    await writeFailure(run, fault, again)
  } catch (thrown) {
    if (!isTaken(thrown)) throw thrown
    await writeFailure(run, fault, false)
  }
}

async function writeFailure(run: SyncRun, { service, code, retryAfterMs, item }: SyncFault, again: boolean): Promise<void> {
  const wait = Math.max(retryAfterMs ?? 0, backoff(run.attempts, Math.random))
  const held = sql`exists (select 1 from sync_runs where ${mine(run)})`
  const waits = sql`exists (select 1 from sync_runs p where p.connection_id = ${run.connectionId}::uuid and p.status = 'pending')`
  await atomic([
    ...(item
      ? [
          sql`update bank_connections set status = ${item.status}, error_type = ${item.errorType}, error_code = ${item.errorCode}, updated_at = ${instant()}
            where id = ${run.connectionId}::uuid and ${held}`
        ]
      : []),
    changed(run.userId, held),
    sql`delete from sync_pages where run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid`,
    sql`update sync_runs set status = case when ${again} and not ${waits} then 'pending' else 'failed' end, service = ${service}, code = ${code},
      run_at = ${instant(wait)}, finished_at = ${instant()}, lease_until = null, updated_at = ${instant()} where ${mine(run)}`
  ])
}

/** @throws RequestError not_found. */
export async function getSyncProgress(person: Person, connectionId: string): Promise<SyncProgress> {
  const found = isId(connectionId)
    ? await row<SyncRow>(sql`select r.status, r.trigger, r.attempts, r.added, r.modified, r.removed, r.service, r.code, r.started_at, r.finished_at
        from sync_runs r join bank_connections c on c.id = r.connection_id and c.removed_at is null
        where r.connection_id = ${connectionId}::uuid and c.user_id = ${person.userId} order by r.created_at desc limit 1`)
    : null
  if (!found) throw new RequestError('not_found', 'There is no such bank connection.')
  return toSyncProgress(found)
}
