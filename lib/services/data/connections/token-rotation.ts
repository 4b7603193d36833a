/** Rotation of access tokens: requests, and how one ended. Plaid ends the old token at once. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { type SystemActor, systemActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import {
  type ConnectionJob,
  enqueueConnectionJob
} from '@/lib/services/data/connections/connection-jobs'
import { tokenContext } from '@/lib/services/data/connections/connections'
import { type ItemState, updateItemCtes } from '@/lib/services/data/connections/item-status'
import { completed, held } from '@/lib/services/data/jobs/jobs'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute, queryOne } from '@/lib/services/data/sql/query'
import { audit, dbNow, isUuid, jsonb, timestamptz } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import {
  bankConnections,
  connectionSecrets,
  connectionTasks,
  linkEvents,
  syncRuns
} from '@/xata/schema'

const actor = systemActor('token-rotation')

/** One connection, every connection, or those whose token was issued before a time. */
export type RotationTarget =
  | { connectionId: string }
  | { issuedBefore: Date; limit: number }
  | 'all'

/**
 * Queues a rotation for the connections that have a working token and none queued.
 * @returns how many.
 */
export async function requestTokenRotation(
  app: SystemActor,
  target: RotationTarget
): Promise<number> {
  return execute(
    actor,
    sql`with target as (
      select c.id, c.user_id from ${bankConnections} c join ${connectionSecrets} s on s.connection_id = c.id
      where c.removed_at is null and c.leaving_at is null and c.status <> 'revoked' and ${targeted(target)}
        and not exists (select 1 from ${connectionTasks} t where t.connection_id = c.id and t.kind = 'rotate_token' and t.status in ('pending', 'in_progress'))
      order by s.updated_at ${typeof target === 'object' && 'limit' in target ? sql`limit ${target.limit}::int` : sql``}
    ), task as (${enqueueConnectionJob(sql`target`, 'rotate_token', null)}),
    ${audit(app, sql`target`, { action: 'connection.token_rotations_requested', detail: sql`jsonb_build_object('connections', (select count(*) from target))` })}
    select id from task`
  )
}

function targeted(target: RotationTarget): SQL {
  if (target === 'all') return sql`true`
  if ('issuedBefore' in target) return sql`s.updated_at < ${timestamptz(target.issuedBefore)}`
  return isUuid(target.connectionId) ? sql`c.id = ${target.connectionId}::uuid` : sql`false`
}

/** Encrypts the new token once, so that storing it again after a lost answer changes nothing. */
export const encryptRotatedToken = (job: ConnectionJob, accessToken: string): string =>
  encrypt(accessToken, tokenContext(job.connectionId, job.userId))

/**
 * Stores the new token and completes the job. Valid without the lease: Plaid accepts no other token
 * of this Item. A connection that another process declared lost works again.
 */
export async function saveRotatedToken(job: ConnectionJob, sealed: string): Promise<void> {
  await execute(
    actor,
    sql`with changed as (
      update ${connectionSecrets} s set sealed_access_token = ${sealed}, updated_at = ${dbNow()}
      where s.connection_id = ${job.connectionId}::uuid and s.sealed_access_token <> ${sealed} returning s.connection_id, s.user_id
    ), regained as (
      update ${bankConnections} c set status = 'good', error_type = null, error_code = null, updated_at = now() from changed
      where c.id = changed.connection_id and c.status = 'revoked' and c.error_code = ${TOKEN_LOST} and c.removed_at is null returning c.id, c.user_id
    ), run as (
      insert into ${syncRuns} (id, user_id, connection_id, trigger, run_at) select ${randomUUID()}::uuid, user_id, id, 'token_rotated', ${dbNow()} from regained
      on conflict (connection_id) where status = 'pending' do nothing
    ), done as (update ${connectionTasks} set ${completed()} where id = ${job.id}::uuid and status <> 'completed'),
    ${audit(actor, sql`changed`, { action: 'connection.token_rotated', subject: sql`connection_id` })}
    select 1 from changed`
  )
}

/** Plaid's code for a token that was replaced. */
const TOKEN_LOST = 'INVALID_ACCESS_TOKEN'

/**
 * Ends a rotation whose new token never arrived: the user has to link the bank again, and the Item
 * may be left at Plaid. A lost lease writes nothing.
 */
export async function recordLostToken(
  job: ConnectionJob,
  item: Pick<ItemState, 'status' | 'errorType' | 'errorCode'> & { requestId: string | null }
): Promise<void> {
  const mine = sql`(select connection_id from job)`
  await execute(
    actor,
    sql`with job as (
      update ${connectionTasks} set ${completed(item.errorCode)} where ${held(job)} returning id, connection_id, user_id
    ), orphan as (
      insert into ${linkEvents} (id, user_id, connection_id, type, request_id, error_type, error_code, institution_id, created_at)
      select ${randomUUID()}::uuid, c.user_id, c.id, 'orphan', ${item.requestId}, ${item.errorType}, 'TOKEN_LOST', c.institution_id, ${dbNow()}
      from ${bankConnections} c where c.id = ${mine} and ${item.errorCode} = ${TOKEN_LOST}
    ), ${updateItemCtes(actor, mine, item)},
    ${audit(actor, sql`job`, { action: 'connection.token_lost', outcome: 'failure', subject: sql`connection_id`, detail: jsonb({ code: item.errorCode }) }, 'lost')}
    select 1 from job`
  )
}

/**
 * Whether an access token that Plaid refused was replaced meanwhile, or is being replaced, so that
 * the refusal says nothing about the Item.
 */
export async function isTokenReplaced(connectionId: string, accessToken: string): Promise<boolean> {
  const found = await queryOne(
    actor,
    rowType({ token: column.text, userId: column.text, rotating: column.bool }),
    sql`select s.sealed_access_token as token, s.user_id as "userId", exists (select 1 from ${connectionTasks} t
        where t.connection_id = s.connection_id and t.kind = 'rotate_token' and t.status in ('pending', 'in_progress') and t.attempts > 0) as rotating
      from ${connectionSecrets} s where s.connection_id = ${connectionId}::uuid`
  )
  if (!found) return false
  return (
    found.rotating ||
    decryptStored(found.token, tokenContext(connectionId, found.userId)) !== accessToken
  )
}
