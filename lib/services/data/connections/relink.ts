/** Stores the result of a verified relink in one transaction. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { SyncedAccount } from '@/lib/domain/connections/sync-page'
import type { Actor } from '@/lib/domain/users/actor'
import {
  closeMissingAccounts,
  lockDisconnected,
  moveAccountsFromPast,
  rematchAccounts,
  upsertAccounts
} from '@/lib/services/data/connections/account-rows'
import {
  markDuplicates,
  reassignAccounts
} from '@/lib/services/data/connections/duplicate-accounts'
import { type ItemState, updateItemCtes } from '@/lib/services/data/connections/item-status'
import { endLinkSession } from '@/lib/services/data/connections/link-sessions'
import { transaction } from '@/lib/services/data/sql/query'
import { audit, dbNow, isUuid, notFound, ownedBy } from '@/lib/services/data/sql/query-helpers'
import { bankConnections, syncRuns } from '@/xata/schema'

export type RelinkInput = {
  /** Plaid’s status, which must be healthy. */
  item: Omit<ItemState, 'repaired'>
  accounts: SyncedAccount[]
  /** The trigger of the following sync. */
  trigger: string
  sessionId: string | null
}

/**
 * Marks the Item as healthy: errors and announcements end, new accounts are added, missing ones are
 * closed, the others keep their id, and a sync is due now. An offer of new accounts ends if the
 * user was in Link. @throws RequestError not_found.
 */
export async function saveRelink(
  actor: Actor,
  connectionId: string,
  { item, accounts, trigger, sessionId }: RelinkInput
): Promise<void> {
  if (!isUuid(connectionId)) throw notFound('connection')
  const held = sql`held as (select c.id, c.id as connection_id, c.user_id from ${bankConnections} c
    where c.id = ${connectionId}::uuid and c.removed_at is null and ${ownedBy(actor, sql`c.user_id`)})`
  const results = await transaction(actor, [
    sql`select id from ${bankConnections} where id = ${connectionId}::uuid for no key update`,
    lockDisconnected(
      sql`(select user_id from ${bankConnections} where id = ${connectionId}::uuid)`
    ),
    sql`with ${held}, ${rematchAccounts(sql`held`, accounts)} select 1`,
    moveAccountsFromPast(actor, sql`${connectionId}::uuid`, accounts),
    sql`with ${held} ${upsertAccounts(sql`held`, accounts)}`,
    markDuplicates(sql`${connectionId}::uuid`),
    sql`with ${held}, ${closeMissingAccounts(sql`held`, accounts)} select 1`,
    reassignAccounts(actor, sql`${connectionId}::uuid`),
    sql`with ${held}, ${updateItemCtes(actor, sql`(select id from held)`, { ...item, repaired: true }, { also: sessionId === null ? sql`` : sql`, new_accounts_at = null`, notify: sql`held` })},
      ${audit(actor, sql`held`, { action: 'connection.relinked', subject: sql`id`, detail: sql`jsonb_build_object('trigger', ${trigger}::text)` }, 'noted')},
      ended as (${endLinkSession(sessionId, sql`held`)}),
      waiting as (
        insert into ${syncRuns} as r (id, user_id, connection_id, trigger, run_at) select ${randomUUID()}::uuid, user_id, id, ${trigger}, ${dbNow()} from held
        on conflict (connection_id) where status = 'pending' do update set run_at = least(r.run_at, excluded.run_at), updated_at = now()
      ) select id from held`
  ])
  if (!results.at(-1)?.length) throw notFound('connection')
}
