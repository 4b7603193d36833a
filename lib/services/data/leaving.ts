/** Conditions on whether a person is about to go, or gone. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { deletionRequests } from '../../../xata/schema'
import { sha256 } from '../../platform/crypto'

/** Everything about this user was erased. By hash, because nothing else is left of them: late news must not bring a row of theirs back. */
export const isErased = (userId: string): SQL => sql`exists (select 1 from ${deletionRequests} where user_hash = ${sha256(userId)} and erased_at is not null)`

/** The row's owner asked for everything to be deleted. */
export const isLeaving = (userId: SQL): SQL => sql`exists (select 1 from ${deletionRequests} d where d.user_id = ${userId})`
