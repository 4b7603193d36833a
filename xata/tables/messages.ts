/** What a user is told, and the devices that are no longer new. */
import { sql } from 'drizzle-orm'
import {
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'
import { timestamptz } from './columns'
import { userIdColumn } from './users'

/** The inbox. Most messages are also sent by e-mail (`notices`). */
export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    kind: text('kind').notNull(),
    /** What the text needs, such as the bank's name, and amounts for the inbox; no account numbers. */
    data: jsonb('data').notNull().default({}),
    /** The event, so that a repeat of it is told once. */
    key: text('key').notNull(),
    /** What needs the user, such as a connection: one message about it is open at a time. */
    subject: text('subject'),
    readAt: timestamptz('read_at'),
    /** Its cause ended: there is nothing left to do. */
    overAt: timestamptz('over_at'),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    unique('messages_once').on(t.userId, t.key),
    uniqueIndex('messages_open')
      .on(t.userId, t.kind, t.subject)
      .where(sql`over_at is null and subject is not null`)
      .concurrently(),
    index('messages_newest').on(t.userId, t.createdAt.desc(), t.id.desc()),
    index('messages_unread').on(t.userId).where(sql`read_at is null`)
  ]
)

/** A browser in which the user signed in; Clerk's id of it as a hash. */
export const devices = pgTable(
  'devices',
  {
    userId: userIdColumn(),
    clientHash: text('client_hash').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [primaryKey({ columns: [t.userId, t.clientHash] })]
)
