/** Messages that are due because nothing happened. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/users/actor'
import { tellOfMissingSsn } from '@/lib/services/data/messages/causes'
import { told } from '@/lib/services/data/messages/messages'
import { transaction } from '@/lib/services/data/sql/query'
import { bumpUserVersion, dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { isDeletionPending } from '@/lib/services/data/users/deletion-pending'
import { applicationDrafts, applications } from '@/xata/schema'

const system = systemActor('messages')
const DAY_MS = 24 * 3_600_000
const DRAFT_WAITS_MS = DAY_MS
/** A draft that was left before this version began to tell is not brought up. */
const DRAFT_FORGOTTEN_MS = 14 * DAY_MS

const tell = (from: SQL, ctes: (from: SQL) => SQL): SQL =>
  sql`with waiting as (${from}), ${ctes(sql`waiting`)}, bumped as (${bumpUserVersion(sql`told`)}) select 1`

/** Tells the users of drafts without a change for a day, and of applications that a stopped process left. */
export async function tellWaitingUsers(): Promise<void> {
  await transaction(system, [
    tell(
      sql`select d.user_id from ${applicationDrafts} d where d.updated_at < ${dbNow()} - ${interval(DRAFT_WAITS_MS)}
        and d.updated_at > ${dbNow()} - ${interval(DRAFT_FORGOTTEN_MS)} and not ${isDeletionPending(sql`d.user_id`)}
        and not exists (select 1 from ${applications} a where a.user_id = d.user_id)`,
      (from) => told(from, { kind: 'draft_waiting', key: sql`'once'`, subject: sql`f.user_id` })
    ),
    tell(
      sql`select a.id, a.user_id from ${applications} a where a.jiko_application_id is null and a.applied_at is null
        and a.busy_until <= ${dbNow()} and not ${isDeletionPending(sql`a.user_id`)}`,
      tellOfMissingSsn
    )
  ])
}
