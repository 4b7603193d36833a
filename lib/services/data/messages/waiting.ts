/** Messages that are due at a time, not with a change. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { BILL_DUE_DAYS } from '@/lib/domain/messages/thresholds'
import type { Period } from '@/lib/domain/periods'
import { systemActor } from '@/lib/domain/users/actor'
import { tellOfMissingSsn } from '@/lib/services/data/messages/causes'
import { ended, told } from '@/lib/services/data/messages/messages'
import { query, transaction } from '@/lib/services/data/sql/query'
import { bumpUserVersion, dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { rowType } from '@/lib/services/data/sql/row-type'
import { isDeletionPending } from '@/lib/services/data/users/deletion-pending'
import {
  applicationDrafts,
  applications,
  bankConnections,
  liabilities,
  linkedAccounts,
  messages,
  transactions,
  users
} from '@/xata/schema'

const system = systemActor('messages')
const DAY_MS = 24 * 3_600_000
const DRAFT_WAITS_MS = DAY_MS
/** A draft that was left before this version began to tell is not brought up. */
const DRAFT_FORGOTTEN_MS = 14 * DAY_MS

const tell = (from: SQL, ctes: (from: SQL) => SQL): SQL =>
  sql`with waiting as (${from}), ${ctes(sql`waiting`)}, bumped as (${bumpUserVersion(sql`told`)}) select 1`

const today = (): SQL => sql`(${dbNow()} at time zone 'UTC')::date`

/** A payment that a card or loan `d` asks for: its account and date. */
const bill = sql`(d.account_id || ':' || d.due_on)`

/** Payments with a date in the next days. */
const dueSoon =
  (): SQL => sql`select ${bill} as bill, d.user_id, d.minimum_minor, d.currency, coalesce(l.display_name, l.name) as name, c.institution_name
  from ${liabilities} d join ${linkedAccounts} l on l.id = d.account_id join ${bankConnections} c on c.id = l.connection_id
  where d.minimum_minor > 0 and d.due_on between ${today()} and ${today()} + ${BILL_DUE_DAYS}::int
    and l.closed_at is null and l.hidden_at is null and not ${isDeletionPending(sql`d.user_id`)}`

/** Open messages about payments whose date has passed or moved: it was paid, or the bank changed it. */
const noLongerDue =
  (): SQL => sql`select m.user_id, m.subject from ${messages} m where m.kind = 'bill_due' and m.over_at is null
  and not exists (select 1 from ${liabilities} d join ${linkedAccounts} l on l.id = d.account_id
    where d.user_id = m.user_id and ${bill} = m.subject and l.closed_at is null and (d.due_on >= ${today()} or d.overdue))`

/**
 * Tells the users of drafts without a change for a day, of applications that a stopped process left,
 * and of payments that are due soon.
 */
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
    ),
    tell(dueSoon(), (from) =>
      told(from, {
        kind: 'bill_due',
        key: sql`f.bill`,
        subject: sql`f.bill`,
        data: sql`jsonb_build_object('bank', f.institution_name, 'amounts', jsonb_build_array(jsonb_build_object(
          'label', 'minimum', 'name', f.name, 'minor', f.minimum_minor::text, 'currency', f.currency)))`
      })
    ),
    sql`with past as (${noLongerDue()}), ${ended(sql`past`, { kind: 'bill_due', subject: sql`f.subject` })},
      bumped as (${bumpUserVersion(sql`ended_bill_due`)}) select 1`
  ])
}

/** Users whose banks moved something in the week and who were not told of it, by id after `after`. */
export async function listUsersWithoutSummary({
  week: { from, to },
  after,
  limit
}: {
  week: Period
  after: string
  limit: number
}): Promise<string[]> {
  const found = await query(
    system,
    rowType({ id: users.id }),
    sql`select u.id from ${users} u where u.id > ${after} and not ${isDeletionPending(sql`u.id`)}
      and not exists (select 1 from ${messages} m where m.user_id = u.id and m.key = ${`weekly_summary:${from}`})
      and exists (select 1 from ${transactions} t where t.user_id = u.id and t.removed_at is null and t.booked_on between ${from}::date and ${to}::date)
      order by u.id limit ${limit}::int`
  )
  return found.map(({ id }) => id)
}
