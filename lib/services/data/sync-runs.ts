/** Syncs as work: asked for, claimed, failed. What a sync brings is committed in sync-commit. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { bankConnections, linkedAccounts, syncPages, syncRuns } from '../../../xata/schema'
import { type Actor, type System, system } from '../../domain/actor'
import type { AccountSnapshot } from '../../domain/bank-data'
import { pauseAfter } from '../../domain/progress'
import { abandonedUntil, audit, bump, isUuid, json, mayPass, moment, notFound, ownedBy, span } from './fragments'
import { type ItemState, itemUpdate } from './item-status'
import { atomic, row, rows } from './storage'
import { STALE_PENDING } from './sync-sweep'

/** A fault that nobody knows may pass; after so many attempts it is taken for permanent. */
const ATTEMPTS = 8

export type SyncRun = {
  id: string
  connectionId: string
  userId: string
  plaidItemId: string
  /** What asked for it first. */
  trigger: string
  /** Where the last committed sync ended; null before the first. */
  cursor: string | null
  attempts: number
  leaseToken: string
  /** The accounts that are read, by what kind they are. */
  accounts: { type: string; subtype: string | null }[]
}

/**
 * Makes sure that a sync of this connection begins after now. One that waits already is enough; when a person asks, it waits no longer and counts as theirs.
 * @returns the id of the run that will do it. @throws RequestError not_found.
 */
export async function requestSync(actor: Actor, connectionId: string, trigger: string): Promise<string> {
  const sooner = actor.kind === 'person' ? sql`least(r.run_at, excluded.run_at)` : sql`r.run_at`
  // What a sync reads depends on who asked for it.
  const asked = actor.kind === 'person' || trigger === STALE_PENDING ? sql`excluded.trigger` : sql`r.trigger`
  const found = isUuid(connectionId)
    ? await row<{ id: string }>(sql`with target as (
        select id, user_id from ${bankConnections} where id = ${connectionId}::uuid and removed_at is null and leaving_at is null and ${ownedBy(actor, sql`user_id`)}
      ), waiting as (
        insert into ${syncRuns} as r (id, user_id, connection_id, trigger, run_at) select ${randomUUID()}::uuid, user_id, id, ${trigger}, ${moment()} from target
        on conflict (connection_id) where status = 'pending' do update set run_at = ${sooner}, trigger = ${asked}, updated_at = now()
        returning r.id, r.user_id, (xmax = 0) as fresh
      ), changed as (select id, user_id from waiting where fresh),
      audited as (${audit(actor, sql`changed`, { action: 'sync.requested', subject: sql`id`, detail: sql`jsonb_build_object('trigger', ${trigger}::text)` })}),
      bumped as (${bump(sql`changed`)})
      select id from waiting`)
    : null
  if (!found) throw notFound('connection')
  return found.id
}

type ClaimedRow = {
  id: string
  connection_id: string
  user_id: string
  plaid_item_id: string
  trigger: string
  cursor: string | null
  attempts: number
  accounts: SyncRun['accounts']
}

/**
 * Takes the run that has waited longest, for a while; null when none is due. One run of a connection at a time. A run whose holder went
 * silent waits again, or ends where a newer one waits; the pages it had read are forgotten.
 */
export async function claimSyncRun(_app: System, { leaseMs }: { leaseMs: number }): Promise<SyncRun | null> {
  const leaseToken = randomUUID()
  const [, [found]] = (await atomic([
    sql`with changed as (
        update ${syncRuns} r set service = 'xata', code = 'ABANDONED', lease_until = null, lease_token = null, run_at = ${abandonedUntil(sql`r.attempts`)}, finished_at = ${moment()}, updated_at = now(),
          status = case when exists (select 1 from ${syncRuns} p where p.connection_id = r.connection_id and p.status = 'pending')
            then 'failed' else 'pending' end
        where r.id in (select id from ${syncRuns} where status = 'in_progress' and lease_until < ${moment()} limit 20 for update skip locked) returning r.id, r.user_id
      ), swept as (delete from ${syncPages} p using changed where p.run_id = changed.id), bumped as (${bump(sql`changed`)}) select 1`,
    sql`with changed as (
        update ${syncRuns} r set status = 'in_progress', attempts = r.attempts + 1, lease_token = ${leaseToken}, lease_until = ${moment()} + ${span(leaseMs)},
          started_at = ${moment()}, finished_at = null, service = null, code = null, added = 0, modified = 0, removed = 0, updated_at = now()
        from ${bankConnections} c
        where c.id = r.connection_id and r.id = (
          select w.id from ${syncRuns} w join ${bankConnections} k on k.id = w.connection_id and k.removed_at is null and k.leaving_at is null
          where w.status = 'pending' and w.run_at <= ${moment()}
            and not exists (select 1 from ${syncRuns} live where live.connection_id = w.connection_id and live.status = 'in_progress')
          order by w.run_at, w.created_at limit 1 for update of w skip locked)
        returning r.id, r.connection_id, r.user_id, c.plaid_item_id, r.trigger, c.cursor, r.attempts, (
          select coalesce(jsonb_agg(jsonb_build_object('type', l.type, 'subtype', l.subtype)), '[]') from ${linkedAccounts} l
          where l.connection_id = c.id and l.closed_at is null) as accounts
      ), bumped as (${bump(sql`changed`)}) select * from changed`
  ])) as [unknown, ClaimedRow[]]
  if (!found) return null
  const { id, trigger, attempts, cursor, accounts } = found
  return { id, connectionId: found.connection_id, userId: found.user_id, plaidItemId: found.plaid_item_id, trigger, cursor, attempts, leaseToken, accounts }
}

export type SyncFailure = {
  service: string
  code: string
  /** Tried until it succeeds; null where nobody knows, which ends after some attempts. */
  retryable: boolean | null
  retryAfterMs: number | null
  /** What the failure says about the Item; null where it says nothing. */
  item: Pick<ItemState, 'status' | 'errorType' | 'errorCode'> | null
}

/** Ends a run that did not work: it waits for another attempt where that can help and no newer run waits. A lost lease writes nothing. */
export async function failSync(run: SyncRun, { service, code, retryable, retryAfterMs, item }: SyncFailure): Promise<void> {
  const actor = system('sync')
  const pause = pauseAfter(run.attempts, retryAfterMs, Math.random)
  const mine = sql`update ${syncRuns} r set service = ${service}, code = ${code}, lease_until = null, lease_token = null, finished_at = ${moment()}, updated_at = now(),
      run_at = ${moment()} + ${span(pause)},
      status = case when ${mayPass(retryable, sql`r.attempts`, ATTEMPTS)}
        and not exists (select 1 from ${syncRuns} p where p.connection_id = r.connection_id and p.status = 'pending') then 'pending' else 'failed' end
    where r.id = ${run.id}::uuid and r.lease_token = ${run.leaseToken}::uuid and r.status = 'in_progress' returning r.id, r.user_id, r.connection_id, r.status`
  const failed = sql`failed as (select id, user_id from mine where status = 'failed'),
    noted as (${audit(actor, sql`failed`, { action: 'sync.failed', subject: sql`id`, detail: sql`jsonb_build_object('service', ${service}::text, 'code', ${code}::text)` })}),
    swept as (delete from ${syncPages} p using mine where p.run_id = mine.id)`
  const rest = item ? itemUpdate(actor, sql`(select connection_id from mine)`, item, { tell: sql`mine` }) : sql`bumped as (${bump(sql`mine`)})`
  await rows(sql`with mine as (${mine}), ${failed}, ${rest} select 1`)
}

/** Keeps balances that were read although the run failed. A lost lease writes nothing. */
export async function storeBalances(run: SyncRun, accounts: readonly AccountSnapshot[]): Promise<void> {
  const given = accounts.map(({ plaidAccountId, current, available, limit }) => ({
    plaid: plaidAccountId,
    currency: current?.currency ?? available?.currency ?? limit?.currency ?? null,
    current: current?.minor ?? null,
    available: available?.minor ?? null,
    credit: limit?.minor ?? null
  }))
  await rows(sql`update ${linkedAccounts} l set currency = g.currency, current_minor = g.current, available_minor = g.available, limit_minor = g.credit,
      balances_at = ${moment()}, updated_at = now()
    from ${syncRuns} r, jsonb_to_recordset(${json(given)}) as g(plaid text, currency text, current numeric, available numeric, credit numeric)
    where r.id = ${run.id}::uuid and r.lease_token = ${run.leaseToken}::uuid and r.status = 'in_progress'
      and l.connection_id = r.connection_id and l.plaid_account_id = g.plaid and l.closed_at is null`)
}
