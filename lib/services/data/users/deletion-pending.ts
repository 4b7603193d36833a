/** Conditions on a pending or completed deletion of a user. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { UserActor } from '@/lib/domain/users/actor'
import { sha256 } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import { execute } from '@/lib/services/data/sql/query'
import { deletionRequests, users } from '@/xata/schema'

/**
 * This user’s data was erased. Found by hash, because the id is gone: a late webhook must not
 * create a row for them.
 */
export const isErased = (userId: string): SQL =>
  sql`exists (select 1 from ${deletionRequests} where user_hash = ${sha256(userId)} and erased_at is not null)`

/** The row’s owner requested a deletion. */
export const isDeletionPending = (userId: SQL): SQL =>
  sql`exists (select 1 from ${deletionRequests} d where d.user_id = ${userId})`

/** A deletion of this user was requested, finished or not. */
export const hasDeletionRequest = (userId: string): SQL =>
  sql`exists (select 1 from ${deletionRequests} where user_hash = ${sha256(userId)})`

/**
 * First statement of every batch that starts something for a user or requests a deletion. The lock
 * runs such batches one after the other, so each sees what the previous one committed.
 */
export const lockUser = (userId: string): SQL =>
  sql`select id from ${users} where id = ${userId} for no key update`

export const deletionPendingError = (): RequestError =>
  new RequestError(
    'conflict',
    'This login is being deleted, so you cannot start anything new. You can only move out the money that is left.'
  )

/**
 * Refuses early. The statement that commits checks again.
 * @throws RequestError conflict while a deletion is pending.
 */
export async function requireNoDeletion(actor: UserActor): Promise<void> {
  if (await execute(actor, sql`select 1 where ${hasDeletionRequest(actor.userId)}`))
    throw deletionPendingError()
}
