import 'server-only'
import type { Actor, Person, System } from '../../domain/actor'
import type { ItemStatus } from '../../domain/bank-connection'
import type { AccountSnapshot } from '../../domain/bank-data'
import { seal, unseal } from '../../platform/crypto'
import { RequestError } from '../../platform/errors'
import { upsertAccounts } from './accounts'
import { type ConnectionRow, type ConnectionView, toConnectionView } from './connection-rows'
import { atomic, audit, changed, instant, isId, isTaken, row, rows, sql, uuid } from './query'

export type { ConnectionView } from './connection-rows'

const placeOf = (connectionId: string, userId: string) => ({ table: 'connection_secrets', row: connectionId, owner: userId })

const VIEW = sql`select c.id, c.user_id, c.plaid_item_id, c.institution_id, coalesce(i.name, c.institution_name) as institution_name, c.status, c.error_type,
  c.error_code, c.cursor, c.history, c.last_synced_at, c.bank_data_at, c.consent_expires_at, i.logo, i.primary_color,
  (select coalesce(jsonb_agg(a.id order by a.created_at, a.id), '[]'::jsonb) from linked_accounts a where a.connection_id = c.id and a.closed_at is null) as account_ids,
  (select to_jsonb(r) from (select status, trigger, attempts, added, modified, removed, service, code, started_at, finished_at from sync_runs
    where connection_id = c.id order by created_at desc limit 1) r) as sync
  from bank_connections c left join institutions i on i.id = c.institution_id`

export async function listConnections(person: Person): Promise<ConnectionView[]> {
  const found = await rows<ConnectionRow>(sql`${VIEW} where c.user_id = ${person.userId} and c.removed_at is null order by c.created_at`)
  return found.map(toConnectionView)
}

/** @throws RequestError not_found for a foreign or absent one alike. */
export async function getConnection(person: Person, id: string): Promise<ConnectionView> {
  const found = isId(id) ? await row<ConnectionRow>(sql`${VIEW} where c.id = ${id}::uuid and c.user_id = ${person.userId} and c.removed_at is null`) : null
  if (!found) throw new RequestError('not_found', 'There is no such bank connection.')
  return toConnectionView(found)
}

export async function countConnections(person: Person): Promise<number> {
  const found = await row<{ n: number }>(sql`select count(*)::int as n from bank_connections where user_id = ${person.userId} and removed_at is null`)
  return found?.n ?? 0
}

export async function findConnectionByItem(_system: System, plaidItemId: string): Promise<{ id: string; userId: string } | null> {
  const found = await row<{ id: string; user_id: string }>(
    sql`select id, user_id from bank_connections where plaid_item_id = ${plaidItemId} and removed_at is null`
  )
  return found && { id: found.id, userId: found.user_id }
}

export async function findConnectionByPublicToken(person: Person, publicTokenHash: string): Promise<string | null> {
  const found = await row<{ id: string }>(sql`select id from bank_connections where user_id = ${person.userId} and public_token_hash = ${publicTokenHash}`)
  return found?.id ?? null
}

type Login = { institutionId: string | null; accounts: Pick<AccountSnapshot, 'name' | 'mask' | 'subtype' | 'persistentAccountId'>[] }

/**
 * The connection that already holds this login: at the same bank, with the same set of accounts, or sharing one the bank itself calls the same.
 * A second login at the bank has other accounts and is no duplicate. Says nothing (null) when no accounts are known.
 */
export async function findDuplicate(person: Person, { institutionId, accounts }: Login): Promise<string | null> {
  if (!institutionId || accounts.length === 0) return null
  const persistent = accounts.flatMap(({ persistentAccountId }) => persistentAccountId ?? [])
  const fingerprint = accounts.map(({ mask, subtype, name }) => [mask ?? '', subtype ?? '', name].join('|')).sort()
  const found = await row<{ id: string }>(sql`select c.id from bank_connections c join linked_accounts a on a.connection_id = c.id and a.closed_at is null
    where c.user_id = ${person.userId} and c.institution_id = ${institutionId} and c.removed_at is null
    group by c.id
    having jsonb_agg(concat(coalesce(a.mask, ''), '|', coalesce(a.subtype, ''), '|', a.name) order by concat(coalesce(a.mask, ''), '|', coalesce(a.subtype, ''), '|', a.name) collate "C")
        = ${JSON.stringify(fingerprint)}::jsonb
      or bool_or(a.persistent_account_id in (select jsonb_array_elements_text(${JSON.stringify(persistent)}::jsonb)))
    limit 1`)
  return found?.id ?? null
}

export type NewConnection = {
  id: string
  plaidItemId: string
  accessToken: string
  publicTokenHash: string
  linkSessionId: string | null
  institution: { id: string; name: string } | null
  webhookUrl: string
  accounts: AccountSnapshot[]
  consentExpiresAt: string | null
}

/** The connection, its sealed token, its accounts and its first sync, in one commit. A token or Item that is stored already answers the stored one. */
export async function storeConnection(person: Person, connection: NewConnection): Promise<{ outcome: 'stored' | 'already_stored'; connectionId: string }> {
  const { id, plaidItemId, publicTokenHash, institution, webhookUrl, linkSessionId, consentExpiresAt } = connection
  const { userId } = person
  try {
    await atomic([
      sql`insert into bank_connections (id, user_id, plaid_item_id, institution_id, institution_name, webhook_url, link_session_id, public_token_hash,
          consent_expires_at, created_at, updated_at)
        values (${id}::uuid, ${userId}, ${plaidItemId}, ${institution?.id ?? null}, ${institution?.name ?? 'Your bank'}, ${webhookUrl}, ${linkSessionId},
          ${publicTokenHash}, ${consentExpiresAt}::timestamptz, ${instant()}, ${instant()})`,
      sql`insert into connection_secrets (connection_id, user_id, sealed_access_token, created_at, updated_at)
        values (${id}::uuid, ${userId}, ${seal(connection.accessToken, placeOf(id, userId))}, ${instant()}, ${instant()})`,
      upsertAccounts({ connectionId: id, userId }, connection.accounts),
      sql`insert into sync_runs (id, user_id, connection_id, trigger, run_at, created_at, updated_at)
        values (${uuid()}::uuid, ${userId}, ${id}::uuid, 'linked', ${instant()}, ${instant()}, ${instant()})`,
      audit(person, 'connection.linked', { userId, subject: id, detail: { institutionId: institution?.id ?? null, accounts: connection.accounts.length } }),
      changed(userId)
    ])
    return { outcome: 'stored', connectionId: id }
  } catch (thrown) {
    const known = isTaken(thrown) ? await findConnectionByPublicToken(person, publicTokenHash) : null
    if (!known) throw thrown
    return { outcome: 'already_stored', connectionId: known }
  }
}

/** Opens the sealed access token. @throws RequestError not_found when the connection is gone or another's. */
export async function getAccessToken(actor: Actor, connectionId: string): Promise<string> {
  const mine = actor.kind === 'person' ? sql`and user_id = ${actor.userId}` : sql``
  const found = isId(connectionId)
    ? await row<{ user_id: string; sealed_access_token: string }>(
        sql`select user_id, sealed_access_token from connection_secrets where connection_id = ${connectionId}::uuid ${mine}`
      )
    : null
  if (!found) throw new RequestError('not_found', 'There is no such bank connection.')
  return unseal(found.sealed_access_token, placeOf(connectionId, found.user_id))
}

export type ItemState = { status: ItemStatus; errorType: string | null; errorCode: string | null; consentExpiresAt?: string | null; bankDataAt?: string | null }

/** What Plaid says of the Item now; audited and told only where the status moved. */
export async function storeItemStatus(actor: Actor, connectionId: string, item: ItemState): Promise<void> {
  const { status, errorType, errorCode, consentExpiresAt = null, bankDataAt = null } = item
  const owner = sql`(select user_id from bank_connections where id = ${connectionId}::uuid)`
  const moved = sql`exists (select 1 from bank_connections where id = ${connectionId}::uuid and (status, error_code) is distinct from (${status}, ${errorCode}))`
  await atomic([
    sql`insert into audit_log (id, actor, user_id, action, subject, detail, created_at)
      select ${uuid()}::uuid, ${actor.kind}, user_id, 'connection.status', ${connectionId}, jsonb_build_object('from', status, 'to', ${status}::text, 'code', ${errorCode}::text), ${instant()}
      from bank_connections where id = ${connectionId}::uuid and ${moved}`,
    changed(owner, moved),
    sql`update bank_connections set status = ${status}, error_type = ${errorType}, error_code = ${errorCode},
      consent_expires_at = coalesce(${consentExpiresAt}::timestamptz, consent_expires_at), bank_data_at = coalesce(${bankDataAt}::timestamptz, bank_data_at),
      updated_at = ${instant()} where id = ${connectionId}::uuid`
  ])
}

/** Connections that should have been heard of: still loading their history since `loadingBefore`, or silent since `before`. */
export async function listSilentConnections(
  _system: System,
  { loadingBefore, before, limit }: { loadingBefore: Date; before: Date; limit: number }
): Promise<{ id: string }[]> {
  const seen = sql`coalesce(c.last_synced_at, c.created_at)`
  return rows<{ id: string }>(sql`select c.id from bank_connections c
    where c.removed_at is null and c.status not in ('bad', 'revoked')
      and (${seen} < ${before.toISOString()}::timestamptz
        or (c.history <> 'HISTORICAL_UPDATE_COMPLETE' and ${seen} < ${loadingBefore.toISOString()}::timestamptz))
      and not exists (select 1 from sync_runs r where r.connection_id = c.id and r.status in ('pending', 'in_progress'))
    order by ${seen} limit ${limit}`)
}
