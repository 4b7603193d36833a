/** E-mails as jobs: requests to fix a connection, and copies of messages. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { type ItemStatus, NEEDS_USER_ACTION } from '@/lib/domain/connections/connection'
import type { MessageData, MessageKind } from '@/lib/domain/messages/message'
import type { Language } from '@/lib/domain/text/languages'
import { type SystemActor, systemActor } from '@/lib/domain/users/actor'
import type { ListedGroup } from '@/lib/domain/users/preferences'
import { claimJob, completed, held, type Job } from '@/lib/services/data/jobs/jobs'
import { execute, queryOne } from '@/lib/services/data/sql/query'
import { audit, dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { bankConnections, messages, notices, preferences, users } from '@/xata/schema'

const system = systemActor('jobs')

/** About a connection or a message. */
export type EmailJob = Job<'notice'> & {
  userId: string
  connectionId: string | null
  messageId: string | null
}

/** Whether only the user can fix it. */
export const needsUserAction = (status: SQL): SQL =>
  sql`${status} in (select jsonb_array_elements_text(${jsonb(NEEDS_USER_ACTION)}))`

/**
 * The CTE that queues an e-mail when an error starts that only the user can fix. `from` has the
 * connection’s id, user_id, status and previous status. An error that recurs within a day is mailed
 * once; a dropped e-mail does not count.
 */
export const enqueueEmail = (
  from: SQL
): SQL => sql`insert into ${notices} (id, user_id, connection_id, trouble, run_at, created_at)
  select gen_random_uuid(), f.user_id, f.id, f.status, ${dbNow()}, ${dbNow()} from ${from} f
  where ${needsUserAction(sql`f.status`)} and not ${needsUserAction(sql`f.was`)}
    and not exists (select 1 from ${notices} n where n.connection_id = f.id and (n.status = 'pending' or ${recentlySent(sql`n`)}))`

const recentlySent = (notice: SQL): SQL =>
  sql`(${notice}.status = 'completed' and ${notice}.code is null and ${notice}.finished_at > ${dbNow()} - interval '1 day')`

/** The e-mail that has waited longest; null if none is due. */
export const claimEmail = (
  app: SystemActor,
  { leaseMs }: { leaseMs: number }
): Promise<EmailJob | null> =>
  claimJob(app, 'notice', {
    leaseMs,
    columns: {
      type: rowType({
        userId: notices.userId,
        connectionId: notices.connectionId,
        messageId: notices.messageId
      }),
      select: sql`job.user_id as "userId", job.connection_id as "connectionId", job.message_id as "messageId"`
    }
  })

const EMAIL_FACTS = rowType({
  institutionName: bankConnections.institutionName,
  status: column.textOf<ItemStatus>(),
  errorCode: bankConnections.errorCode,
  leaving: column.bool,
  wanted: column.bool,
  language: nullable(column.textOf<Language>()),
  /** An e-mail about the same bank was sent within a day. */
  told: column.bool,
  email: users.email
})
export type EmailFacts = InferRow<typeof EMAIL_FACTS>

/** The connection's current state, which decides whether the e-mail is still needed. */
export async function findEmailFacts({ connectionId }: EmailJob): Promise<EmailFacts | null> {
  return queryOne(
    system,
    EMAIL_FACTS,
    sql`select c.institution_name as "institutionName", c.status, c.error_code as "errorCode", (c.leaving_at is not null or c.removed_at is not null) as leaving,
      coalesce(p.email_notices, true) as wanted, p.language, exists (select 1 from ${notices} n where n.connection_id = c.id and ${recentlySent(sql`n`)}) as told, u.email
    from ${bankConnections} c join ${users} u on u.id = c.user_id left join ${preferences} p on p.user_id = c.user_id where c.id = ${connectionId}::uuid`
  )
}

const MESSAGE_FACTS = rowType({
  messageId: messages.id,
  kind: column.textOf<MessageKind>(),
  data: column.jsonb<MessageData>(),
  over: column.bool,
  emailNotices: column.bool,
  emailsOff: column.jsonb<ListedGroup[]>(),
  language: nullable(column.textOf<Language>()),
  email: users.email
})
export type MessageFacts = InferRow<typeof MESSAGE_FACTS>

/** The message that an e-mail repeats, and where it goes. */
export const findMessageFacts = ({ id }: EmailJob): Promise<MessageFacts | null> =>
  queryOne(
    system,
    MESSAGE_FACTS,
    sql`select m.id as "messageId", m.kind, m.data, m.over_at is not null as over, coalesce(p.email_notices, true) as "emailNotices",
      coalesce(p.emails_off, '[]'::jsonb) as "emailsOff", p.language, coalesce(n.address, u.email) as email from ${notices} n
      join ${messages} m on m.id = n.message_id join ${users} u on u.id = n.user_id left join ${preferences} p on p.user_id = n.user_id where n.id = ${id}::uuid`
  )

/** The e-mail was sent, or `code` says why it is no longer needed. */
export async function completeEmail(
  app: SystemActor,
  notice: EmailJob,
  code: string | null
): Promise<void> {
  await execute(
    app,
    sql`with changed as (
      update ${notices} set ${completed(code)}
      where ${held(notice)} returning coalesce(connection_id, message_id) as subject, user_id
    ), ${audit(app, sql`changed`, { action: code ? 'notice.dropped' : 'notice.sent', subject: sql`subject`, detail: jsonb({ code }) })} select 1`
  )
}
