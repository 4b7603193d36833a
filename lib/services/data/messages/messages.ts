/** The inbox: messages are written by the statement that causes them, with their e-mail. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Message, MessageData, MessageKind } from '@/lib/domain/messages/message'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { execute, query, queryOne } from '@/lib/services/data/sql/query'
import { bumpUserVersion, dbNow, isUuid, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { messages, notices, users } from '@/xata/schema'

type MessageInput = {
  kind: MessageKind
  /** The event, unique per user; SQL over the rows `f` of `from`, such as `f.id`. */
  key: SQL
  /** SQL over `f`; absent for texts that need nothing. */
  data?: SQL
  /** Where the e-mail goes, if not to the user's address: one value for all rows. */
  address?: SQL
}

/**
 * The CTEs that tell the users of `from`, which has a user_id: one message per row and event, and
 * its e-mail as a job. Users without a row, who are erased, are not told.
 */
export const told = (
  from: SQL,
  { kind, key, data = sql`'{}'::jsonb`, address = sql`null::text` }: MessageInput
): SQL => sql`
  told as (insert into ${messages} (id, user_id, kind, data, key, created_at)
    select gen_random_uuid(), f.user_id, ${kind}, jsonb_strip_nulls(${data}), ${kind} || ':' || (${key})::text, ${dbNow()}
    from ${from} f join ${users} u on u.id = f.user_id on conflict (user_id, key) do nothing returning id, user_id, kind),
  mailed as (insert into ${notices} (id, user_id, message_id, trouble, address, run_at, created_at)
    select gen_random_uuid(), user_id, id, kind, ${address}, ${dbNow()}, ${dbNow()} from told)`

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
    sql`select id, kind, data, read_at as "readAt", created_at as "createdAt" from ${messages}
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
  const found = await queryOne(
    actor,
    rowType({ count: column.int4 }),
    sql`select count(*)::int as count from ${messages} where user_id = ${actor.userId} and read_at is null`
  )
  return found?.count ?? 0
}
