/** What stops a thief: transfer locks, the links that set them, and approvals of admins. */
import { sql } from 'drizzle-orm'
import { index, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { job, timestamps, timestamptz } from './columns'
import { messages } from './messages'
import { userIdColumn } from './users'

/** From its creation until it is lifted, no transfer starts. The job signs the user out everywhere. */
export const transferLocks = pgTable(
  'transfer_locks',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    liftedAt: timestamptz('lifted_at'),
    ...job,
    ...timestamps
  },
  (t) => [
    uniqueIndex('transfer_locks_one').on(t.userId).where(sql`lifted_at is null`),
    index('transfer_locks_user').on(t.userId),
    index('transfer_locks_due').on(t.runAt).where(sql`status = 'pending'`),
    index('transfer_locks_leased').on(t.leaseUntil).where(sql`status = 'in_progress'`)
  ]
)

/** "This wasn't me" in an e-mail: locks the user's transfers, once. Only its hash is stored. */
export const lockLinks = pgTable(
  'lock_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: userIdColumn(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    expiresAt: timestamptz('expires_at').notNull(),
    usedAt: timestamptz('used_at'),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    index('lock_links_user').on(t.userId),
    index('lock_links_message').on(t.messageId),
    index('lock_links_expired').on(t.expiresAt)
  ]
)

/** An admin's yes to an action that needs more than one. */
export const adminApprovals = pgTable(
  'admin_approvals',
  {
    id: uuid('id').primaryKey(),
    /** The user it concerns. */
    userId: userIdColumn(),
    adminId: text('admin_id').notNull(),
    action: text('action').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [unique('admin_approvals_once').on(t.userId, t.action, t.adminId)]
)
