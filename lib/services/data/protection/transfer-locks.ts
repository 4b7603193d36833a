/** Locks of a user's transfers, and the links in e-mails that set them. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { AdminActor, SystemActor, UserActor } from '@/lib/domain/users/actor'
import { sha256 } from '@/lib/platform/crypto'
import { claimJob, type Job } from '@/lib/services/data/jobs/jobs'
import { told } from '@/lib/services/data/messages/messages'
import { execute, query, queryOne, transaction } from '@/lib/services/data/sql/query'
import { auditedChange, dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { lockLinks, messages, transferLocks, users } from '@/xata/schema'

export type LockJob = Job<'lock'> & { userId: string }

/** Whether transfers of this user are locked. */
export const isLocked = (userId: SQL): SQL =>
  sql`exists (select 1 from ${transferLocks} l where l.user_id = ${userId} and l.lifted_at is null)`

/** Stores a link for the e-mail of a message. Only the hash of its token is kept. */
export async function saveLockLink(
  app: SystemActor,
  { messageId, token, ttlMs }: { messageId: string; token: string; ttlMs: number }
): Promise<void> {
  await execute(
    app,
    sql`insert into ${lockLinks} (token_hash, user_id, message_id, expires_at, created_at)
      select ${sha256(token)}, user_id, id, ${dbNow()} + ${interval(ttlMs)}, ${dbNow()} from ${messages} where id = ${messageId}::uuid`
  )
}

/** locked: by this call or already · used, expired: nothing was changed · unknown: no such link. */
export type LockOutcome = 'locked' | 'used' | 'expired' | 'unknown'

/**
 * Uses a link up and locks the transfers of its user; the new lock is the job that signs the user
 * out everywhere. One batch, so that a link locks once.
 */
export async function lockByLink(app: SystemActor, token: string): Promise<LockOutcome> {
  const link = sql`${lockLinks} where token_hash = ${sha256(token)}`
  const [, [found], locked] = await transaction(app, [
    // One confirmation or lock of a user at a time, as for transfers.
    sql`select id from ${users} where id = (select user_id from ${link}) for no key update`,
    typed(
      rowType({ used: column.bool, expired: column.bool }),
      sql`select used_at is not null as used, expires_at <= ${dbNow()} as expired from ${link}`
    ),
    auditedChange(app, sql`select id, user_id from stored`, {
      action: 'transfers.locked',
      subject: sql`id`,
      before: sql`used as (
          update ${lockLinks} set used_at = ${dbNow()} where token_hash = ${sha256(token)} and used_at is null and expires_at > ${dbNow()} returning user_id
        ), stored as (
          insert into ${transferLocks} (id, user_id, run_at, created_at) select ${randomUUID()}::uuid, user_id, ${dbNow()}, ${dbNow()} from used
          on conflict (user_id) where lifted_at is null do update set status = 'pending', run_at = excluded.run_at, updated_at = now()
          returning id, user_id
        )`,
      also: told(sql`stored`, { kind: 'transfers_locked', key: sql`${sha256(token)}` })
    })
  ])
  if (locked.length > 0) return 'locked'
  return !found ? 'unknown' : found.used ? 'used' : 'expired'
}

/** The lock whose user is not signed out yet; null when none waits. */
export const claimLock = (
  app: SystemActor,
  { leaseMs }: { leaseMs: number }
): Promise<LockJob | null> =>
  claimJob(app, 'lock', {
    leaseMs,
    columns: {
      type: rowType({ userId: transferLocks.userId }),
      select: sql`job.user_id as "userId"`
    }
  })

/** Since when the user's transfers are locked; null if they are not. */
export async function findTransferLock(actor: UserActor): Promise<string | null> {
  const found = await queryOne(
    actor,
    rowType({ at: nullable(column.timestamptz) }),
    sql`select max(created_at) as at from ${transferLocks} where user_id = ${actor.userId} and lifted_at is null`
  )
  return found?.at ?? null
}

/** Lifts a user's lock; the user is told. @returns whether there was one. */
export async function liftLock(
  admin: AdminActor,
  { userId, reason }: { userId: string; reason: string }
): Promise<boolean> {
  const lifted = await query(
    admin,
    rowType({ id: transferLocks.id }),
    auditedChange(
      admin,
      sql`update ${transferLocks} set lifted_at = ${dbNow()}, updated_at = now() where user_id = ${userId} and lifted_at is null returning id, user_id`,
      {
        action: 'admin.transfers_unlocked',
        subject: sql`id`,
        reason,
        also: told(sql`changed`, { kind: 'transfers_unlocked', key: sql`f.id` }),
        result: sql`select id from changed`
      }
    )
  )
  return lifted.length > 0
}
