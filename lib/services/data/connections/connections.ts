/** Stores bank connections and what Plaid reports about them. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { SyncedAccount } from '@/lib/domain/connections/sync-page'
import { type Actor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import {
  lockDisconnected,
  moveAccountsFromPast,
  upsertAccounts
} from '@/lib/services/data/connections/account-rows'
import { enqueueConnectionJob } from '@/lib/services/data/connections/connection-jobs'
import {
  coveringConnection,
  markDuplicates,
  matchKnownAccounts
} from '@/lib/services/data/connections/duplicate-accounts'
import { endLinkSession } from '@/lib/services/data/connections/link-sessions'
import { signInEnded } from '@/lib/services/data/messages/causes'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { build, query, queryOne, transaction } from '@/lib/services/data/sql/query'
import {
  audit,
  auditedChange,
  dbNow,
  isUuid,
  jsonb,
  notFound,
  ownedBy,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { rowType, typed } from '@/lib/services/data/sql/row-type'
import { enqueueOwnerComparisons } from '@/lib/services/data/transfers/owner-comparison'
import {
  hasDeletionRequest,
  lockUser,
  requireNoDeletion
} from '@/lib/services/data/users/deletion-pending'
import {
  bankConnections,
  connectionSecrets,
  linkedAccounts,
  quarantine,
  syncRuns
} from '@/xata/schema'

const system = systemActor('connections')

export type NewConnection = {
  id: string
  plaidItemId: string
  /** Encrypted here, in a separate table. */
  accessToken: string
  publicTokenHash: string
  linkSessionId: string | null
  institution: { id: string; name: string } | null
  webhookUrl: string
  accounts: SyncedAccount[]
  consentExpiresAt: string | null
  /** The products with consent, and those that the bank offers beyond them. */
  products?: readonly string[]
  availableProducts?: readonly string[]
  /** Our id of the Link session that created it. */
  sessionId?: string | null
}

/** More accounts of the same login are added through the existing connection. */
export const ALREADY_LINKED =
  'These accounts are linked already. To add others of the same login, use “Add or remove accounts” at the connection you have.'

const CONNECTION_ID = rowType({ id: bankConnections.id })
const SEALED_TOKEN = rowType({
  userId: connectionSecrets.userId,
  token: connectionSecrets.sealedAccessToken
})

/** Binds an encrypted access token to its connection and owner. */
export const tokenContext = (connectionId: string, userId: string) => ({
  table: 'connection_secrets',
  row: connectionId,
  owner: userId
})

const insertConnection = (actor: UserActor, input: NewConnection): SQL => sql`
  insert into ${bankConnections} (id, user_id, plaid_item_id, institution_id, institution_name, webhook_url, link_session_id, public_token_hash, consent_expires_at,
    products, available_products)
  select ${input.id}::uuid, ${actor.userId}, ${input.plaidItemId}, ${input.institution?.id ?? null}, ${input.institution?.name ?? 'Your bank'},
    ${input.webhookUrl}, ${input.linkSessionId}, ${input.publicTokenHash}, ${timestamptz(input.consentExpiresAt)},
    ${jsonb(input.products ?? [])}, ${jsonb(input.availableProducts ?? [])}
  where not ${hasDeletionRequest(actor.userId)}
    ${input.accounts.length > 0 ? sql`and not exists (with ${matchKnownAccounts(actor, input.institution?.id ?? null, input.accounts)} ${coveringConnection})` : sql``}
  on conflict do nothing returning id, id as connection_id, user_id`

/**
 * If the new connection has every account of an old one, the old one is removed, so that no login
 * is billed twice. Its history stays.
 */
const disconnectReplaced = (
  actor: UserActor,
  { institution, accounts }: NewConnection
): SQL => sql`${matchKnownAccounts(actor, institution?.id ?? null, accounts)},
  replaced as (
    update ${bankConnections} c set leaving_at = ${dbNow()}, updated_at = now() from changed n
    where c.id in (select connection_id from pair) and c.removed_at is null and c.leaving_at is null
      and not exists (select 1 from ${linkedAccounts} l where l.connection_id = c.id and l.closed_at is null and l.id not in (select id from pair))
    returning c.id, c.user_id
  ), task as (${enqueueConnectionJob(sql`replaced`, 'remove', 'keep')}), ${signInEnded(sql`replaced`)},
  ${audit(actor, sql`replaced`, { action: 'connection.replaced', subject: sql`id` }, 'noted')}`

/**
 * Stores a connection with its encrypted token, accounts and first sync in one transaction. A
 * repeated public token or Item returns the stored connection. Duplicates are checked here again,
 * one link of a user at a time. @throws RequestError conflict when the login is already linked,
 * belongs to another user, or the user’s data is being deleted.
 */
export async function saveConnection(
  actor: UserActor,
  input: NewConnection
): Promise<{ outcome: 'stored' | 'already_stored'; connectionId: string }> {
  const token = encrypt(input.accessToken, tokenContext(input.id, actor.userId))
  const [, , [stored]] = await transaction(actor, [
    lockUser(actor.userId),
    lockDisconnected(sql`${actor.userId}`),
    typed(
      CONNECTION_ID,
      auditedChange(actor, insertConnection(actor, input), {
        action: 'connection.stored',
        subject: sql`id`,
        detail: jsonb({ institutionId: input.institution?.id ?? null }),
        result: sql`select id from changed`,
        also: sql`secret as (insert into ${connectionSecrets} (connection_id, user_id, sealed_access_token, created_at, updated_at) select id, user_id, ${token}, ${dbNow()}, ${dbNow()} from changed),
      ${disconnectReplaced(actor, input)},
      ended_session as (${endLinkSession(input.sessionId ?? null, sql`changed`)}),
      run as (insert into ${syncRuns} (id, user_id, connection_id, trigger, run_at) select ${randomUUID()}::uuid, user_id, id, 'link', ${dbNow()} from changed)`
      })
    ),
    moveAccountsFromPast(actor, sql`${input.id}::uuid`, input.accounts),
    sql`with changed as (select id as connection_id, user_id from ${bankConnections} where id = ${input.id}::uuid) ${upsertAccounts(sql`changed`, input.accounts)}`,
    markDuplicates(sql`${input.id}::uuid`),
    enqueueOwnerComparisons(actor.userId)
  ])
  if (stored) return { outcome: 'stored', connectionId: stored.id }
  const existing = await queryOne(
    actor,
    CONNECTION_ID,
    sql`select id from ${bankConnections} where user_id = ${actor.userId} and removed_at is null
    and (public_token_hash = ${input.publicTokenHash} or plaid_item_id = ${input.plaidItemId})`
  )
  if (!existing) await requireNoDeletion(actor)
  if (!existing) throw new RequestError('conflict', ALREADY_LINKED)
  return { outcome: 'already_stored', connectionId: existing.id }
}

/** The connection made from this public token; null for every other user. */
export async function findConnectionByPublicToken(
  actor: UserActor,
  publicTokenHash: string
): Promise<string | null> {
  const [found] = await build(actor, (orm) =>
    orm
      .select({ id: bankConnections.id })
      .from(bankConnections)
      .where(
        and(
          eq(bankConnections.publicTokenHash, publicTokenHash),
          eq(bankConnections.userId, actor.userId),
          isNull(bankConnections.removedAt)
        )
      )
  )
  return found?.id ?? null
}

export async function findConnectionByItem(
  plaidItemId: string
): Promise<{ id: string; userId: string } | null> {
  const [found] = await build(system, (orm) =>
    orm
      .select({ id: bankConnections.id, userId: bankConnections.userId })
      .from(bankConnections)
      .where(
        and(
          eq(bankConnections.plaidItemId, plaidItemId),
          isNull(bankConnections.removedAt),
          isNull(bankConnections.leavingAt)
        )
      )
  )
  return found ?? null
}

/**
 * Decrypts the access token for one call. Use by the user is audited. @throws RequestError
 * not_found; IntegrationError SEAL_BROKEN.
 */
export async function getAccessToken(actor: Actor, connectionId: string): Promise<string> {
  if (!isUuid(connectionId)) throw notFound('connection')
  const audited =
    actor.kind === 'person'
      ? sql`, ${audit(actor, sql`found`, { action: 'connection.token_used', subject: sql`connection_id` })}`
      : sql``
  const found = await queryOne(
    actor,
    SEALED_TOKEN,
    sql`with found as (
      select s.connection_id, s.user_id, s.sealed_access_token from ${connectionSecrets} s join ${bankConnections} c on c.id = s.connection_id
      where s.connection_id = ${connectionId}::uuid and c.removed_at is null and ${ownedBy(actor, sql`s.user_id`)}
    )${audited} select user_id as "userId", sealed_access_token as token from found`
  )
  if (!found) throw notFound('connection')
  return decryptStored(found.token, tokenContext(connectionId, found.userId))
}

/**
 * Connections to sync without a webhook: those still loading or with quarantined rows that the
 * current mapping has not tried, last synced before `loadingBefore`; and all others last synced or
 * failed before `before`. Excludes those with a waiting sync and those that need the user’s sign-
 * in.
 */
export async function listStaleConnections(input: {
  loadingBefore: Date
  before: Date
  mappingVersion: number
  limit: number
}): Promise<{ id: string }[]> {
  const untried = sql`exists (select 1 from ${quarantine} q where q.connection_id = c.id and q.mapping_version <> ${input.mappingVersion}::int)`
  return query(
    system,
    CONNECTION_ID,
    sql`select c.id from ${bankConnections} c
    left join lateral (select r.status, coalesce(r.finished_at, r.created_at) as at from ${syncRuns} r where r.connection_id = c.id order by r.created_at desc limit 1) last on true
    where c.removed_at is null and c.leaving_at is null and c.status not in ('revoked', 'bad') and coalesce(last.status, '') not in ('pending', 'in_progress')
      and coalesce(last.at, c.created_at) < case when last.status = 'failed' or (c.history = 'HISTORICAL_UPDATE_COMPLETE' and not ${untried}) then ${timestamptz(input.before)} else ${timestamptz(input.loadingBefore)} end
    order by last.at nulls first limit ${input.limit}::int`
  )
}
