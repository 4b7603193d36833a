/**
 * Link sessions in progress. Some banks replace the whole page; what Link needs to resume is stored
 * here.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { encrypt, sha256 } from '@/lib/platform/crypto'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute, queryOne } from '@/lib/services/data/sql/query'
import {
  dbNow,
  interval,
  isUuid,
  notFound,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { linkSessions } from '@/xata/schema'

/** A session can be resumed for half an hour at most, and never longer than its Link token. */
const MAX_SESSION_MS = 30 * 60_000

export type LinkPurpose = 'link' | 'relink'
type Purpose = LinkPurpose | 'hosted'
export type LinkSession = {
  id: string
  purpose: LinkPurpose
  /** The connection to relink, or the one that the session created. */
  connectionId: string | null
  linkToken: string
  expiresAt: string
  /** Link was closed, with or without success. */
  over: boolean
}

const encryptionContext = (id: string, userId: string) => ({
  table: 'link_sessions',
  row: id,
  owner: userId
})

/** Stores the encrypted Link token of a session for its user. @returns our id of the session. */
export async function startLinkSession(
  actor: UserActor,
  {
    purpose,
    connectionId,
    linkToken,
    expiresAt
  }: { purpose: Purpose; connectionId: string | null; linkToken: string; expiresAt: string }
): Promise<string> {
  const id = randomUUID()
  await execute(
    actor,
    sql`insert into ${linkSessions} (id, user_id, purpose, connection_id, sealed_link_token, link_token_hash, expires_at, created_at)
    values (${id}::uuid, ${actor.userId}, ${purpose}, ${connectionId}::uuid, ${encrypt(linkToken, encryptionContext(id, actor.userId))},
      ${purpose === 'hosted' ? sha256(linkToken) : null},
      least(${timestamptz(expiresAt)}, ${dbNow()} + ${interval(MAX_SESSION_MS)}), ${dbNow()})`
  )
  return id
}

const SESSION = rowType({
  id: linkSessions.id,
  purpose: column.textOf<LinkPurpose>(),
  connectionId: linkSessions.connectionId,
  sealed: linkSessions.sealedLinkToken,
  expiresAt: linkSessions.expiresAt,
  over: column.bool
})

/**
 * The user’s Link session in the page with this id; without an id the newest open one, else the newest. null if
 * there is none or it expired.
 */
export async function findLinkSession(
  actor: UserActor,
  id: string | null
): Promise<LinkSession | null> {
  const wanted = id !== null && isUuid(id) ? sql`id = ${id}::uuid` : sql`true`
  const found = await queryOne(
    actor,
    SESSION,
    sql`select id, purpose, connection_id as "connectionId", sealed_link_token as sealed, expires_at as "expiresAt", used_at is not null as over from ${linkSessions}
    where user_id = ${actor.userId} and purpose <> 'hosted' and expires_at > ${dbNow()} and ${wanted} order by used_at is null desc, created_at desc limit 1`
  )
  if (!found) return null
  const { sealed, ...session } = found
  return {
    ...session,
    linkToken: decryptStored(sealed, encryptionContext(found.id, actor.userId))
  }
}

/**
 * The CTE that ends a Link session in the statement that stores its result. `from` has the
 * connection’s id and user_id.
 */
export const endLinkSession = (
  linkSession: string | null,
  from: SQL
): SQL => sql`update ${linkSessions} v set used_at = coalesce(v.used_at, ${dbNow()}), connection_id = f.id
  from ${from} f where v.id = ${linkSession !== null && isUuid(linkSession) ? linkSession : null}::uuid and v.user_id = f.user_id returning v.id`

const HOSTED = rowType({
  sealed: linkSessions.sealedLinkToken,
  expiresAt: linkSessions.expiresAt,
  expired: column.bool,
  over: column.bool,
  connectionId: linkSessions.connectionId
})

/** The user’s session on another device, also after it expired. @throws RequestError not_found. */
export async function getHostedSession(actor: UserActor, id: string) {
  const found = isUuid(id)
    ? await queryOne(
        actor,
        HOSTED,
        sql`select sealed_link_token as sealed, expires_at as "expiresAt", expires_at <= ${dbNow()} as expired, used_at is not null as over, connection_id as "connectionId"
        from ${linkSessions} where id = ${id}::uuid and user_id = ${actor.userId} and purpose = 'hosted'`
      )
    : null
  if (!found) throw notFound('Link session')
  const { sealed, ...session } = found
  return { ...session, linkToken: decryptStored(sealed, encryptionContext(id, actor.userId)) }
}

/** The session of a webhook’s Link token, and whose it is. */
export const findHostedSession = (linkTokenHash: string) =>
  queryOne(
    systemActor('webhook'),
    rowType({ id: linkSessions.id, userId: linkSessions.userId }),
    sql`select id, user_id as "userId" from ${linkSessions} where link_token_hash = ${linkTokenHash}`
  )

/** Ends a session without a connection. A result that arrives later is not used. */
export async function closeHostedSession(actor: UserActor, id: string): Promise<void> {
  await execute(
    actor,
    sql`update ${linkSessions} set used_at = coalesce(used_at, ${dbNow()}) where id = ${id}::uuid and user_id = ${actor.userId}`
  )
}
