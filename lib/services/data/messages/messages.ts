/** The inbox: messages are written by the statement that causes them, with their e-mail. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Message, MessageData, MessageKind } from '@/lib/domain/messages/message'
import { emailDelayOf } from '@/lib/domain/messages/message-rules'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { execute, query } from '@/lib/services/data/sql/query'
import {
  bumpUserVersion,
  dbNow,
  interval,
  isUuid,
  jsonb
} from '@/lib/services/data/sql/query-helpers'
import { column, rowType, typed } from '@/lib/services/data/sql/row-type'
import { readOne } from '@/lib/services/data/sql/short-reads'
import { messages, notices, users } from '@/xata/schema'

/** SQL over the rows `f` of `from`, such as `f.id`. */
type MessageInput = {
  kind: MessageKind
  /** The data of its text; absent for texts that need nothing. */
  data?: SQL
  /** Where the e-mail goes, if not to the user's address: one value for all rows. */
  address?: SQL
  /** The event, told once per user. Not set for messages about a `subject`. */
  key?: SQL
  /** What needs the user: told again only after `ended`. */
  subject?: SQL
} & ({ key: SQL } | { subject: SQL })

/**
 * The CTEs, the first one called `name`, that tell the users of `from`, which has a user_id: one message
 * per row and event, and its e-mail as a job. Users without a row, who are erased, are not told.
 */
export function told(
  from: SQL,
  { kind, key, subject, data = sql`'{}'::jsonb`, address = sql`null::text` }: MessageInput,
  name = 'told'
): SQL {
  const [message, mail] = [sql.raw(name), sql.raw(`${name}_by_mail`)]
  const about = subject ? sql`(${subject})::text` : sql`null::text`
  const event = key ? sql`(${key})::text` : sql`${about} || ':' || gen_random_uuid()`
  const delayMs = emailDelayOf(kind)
  return sql`
  ${message} as (insert into ${messages} (id, user_id, kind, data, key, subject, created_at)
    select gen_random_uuid(), f.user_id, ${kind}, jsonb_strip_nulls(${data}), ${kind} || ':' || ${event}, ${about}, ${dbNow()}
    from ${from} f join ${users} u on u.id = f.user_id
    where not exists (select 1 from ${messages} o where o.user_id = f.user_id and o.kind = ${kind} and o.subject = ${about} and o.over_at is null)
    on conflict do nothing returning id, user_id, kind),
  ${mail} as (${
    delayMs === null
      ? sql`select 1`
      : sql`insert into ${notices} (id, user_id, message_id, trouble, address, run_at, created_at)
    select gen_random_uuid(), user_id, id, kind, ${address}, ${dbNow()} + ${interval(delayMs)}, ${dbNow()} from ${message}`
  })`
}

/**
 * The CTE that ends the open message about a subject of each row of `from`, which has a user_id: its
 * e-mail is not sent any more.
 */
export const ended = (
  from: SQL,
  { kind, subject }: { kind: MessageKind; subject: SQL }
): SQL => sql`
  ${sql.raw(`ended_${kind}`)} as (update ${messages} m set over_at = ${dbNow()}, read_at = coalesce(m.read_at, ${dbNow()})
    from ${from} f where m.user_id = f.user_id and m.kind = ${kind} and m.subject = (${subject})::text and m.over_at is null returning m.user_id)`

/** Tells a user about an event that changes no other row. */
export async function tellUser(
  { userId }: { userId: string },
  { kind, key, data }: { kind: MessageKind; key: string; data: MessageData }
): Promise<void> {
  const from = sql`(select ${userId}::text as user_id)`
  await execute(
    systemActor('messages'),
    sql`with ${told(from, { kind, key: sql`${key}`, data: jsonb(data) })}, bumped as (${bumpUserVersion(sql`told`)}) select 1`
  )
}

const MESSAGE = rowType({
  id: messages.id,
  kind: column.textOf<MessageKind>(),
  data: column.jsonb<MessageData>(),
  readAt: messages.readAt,
  overAt: messages.overAt,
  createdAt: messages.createdAt
})

/** One page of the user's messages, newest first. The cursor is the id of the previous page's last row. */
export async function listMessages(
  actor: UserActor,
  { cursor, limit }: { cursor?: string | undefined; limit: number }
): Promise<{ items: Message[]; next: string | null }> {
  const after =
    cursor && isUuid(cursor)
      ? sql`and (created_at, id) < (select created_at, id from ${messages} where id = ${cursor}::uuid and user_id = ${actor.userId})`
      : sql``
  const found = await query(
    actor,
    MESSAGE,
    sql`select id, kind, data, read_at as "readAt", over_at as "overAt", created_at as "createdAt" from ${messages}
      where user_id = ${actor.userId} ${after} order by created_at desc, id desc limit ${limit + 1}::int`
  )
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Marks the user's messages as read, up to the one that the page showed as the newest. */
export async function readMessages(actor: UserActor, { upTo }: { upTo: string }): Promise<void> {
  await execute(
    actor,
    sql`with changed as (
      update ${messages} set read_at = ${dbNow()} where user_id = ${actor.userId} and read_at is null
        and (created_at, id) <= (select created_at, id from ${messages} where id = ${upTo}::uuid and user_id = ${actor.userId})
      returning user_id
    ), bumped as (${bumpUserVersion(sql`changed`)}) select 1`
  )
}

export async function countUnreadMessages(actor: UserActor): Promise<number> {
  const found = await readOne(
    actor,
    typed(
      rowType({ count: column.int4 }),
      sql`select count(*)::int as count from ${messages} where user_id = ${actor.userId} and read_at is null`
    )
  )
  return found?.count ?? 0
}
