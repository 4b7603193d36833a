/**
 * The audit log: entries that are never changed, erasable personal details, and the seals that
 * chain both (docs/decisions/039-the-audit-log-is-chained.md).
 */
import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from './columns'

/** What happened. Neither role of the app may update a row; only pruning deletes any. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: uuid('id').primaryKey(),
    /** person or system. */
    actorKind: text('actor_kind').notNull(),
    action: text('action').notNull(),
    /** success or failure. */
    outcome: text('outcome').notNull(),
    /** Ids and counts, never text that a user typed. */
    detail: jsonb('detail').notNull().default({}),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    index('audit_entries_order').on(t.createdAt, t.id),
    index('audit_entries_action').on(t.action, t.createdAt)
  ]
)

/** Who did it, to whom, from where and why. An erasure replaces these values. */
export const auditDetails = pgTable(
  'audit_details',
  {
    auditId: uuid('audit_id')
      .primaryKey()
      .references(() => auditEntries.id, { onDelete: 'cascade' }),
    /** A user id, or why the app acted. */
    actorId: text('actor_id').notNull(),
    /** Kept after the user is deleted, so no foreign key. */
    userId: text('user_id'),
    /** The id of the changed row or user. */
    subject: text('subject'),
    sessionId: text('session_id'),
    /** The client's address without its last part. */
    network: text('network'),
    /** An admin's reason. */
    reason: text('reason'),
    /** Makes a digest of erased values useless for guessing them. */
    salt: uuid('salt').notNull().default(sql`gen_random_uuid()`),
    /** Set by an erasure: the digest of the remaining values, and the id of its key. */
    erasedDigest: text('erased_digest'),
    erasedKeyId: text('erased_key_id')
  },
  (t) => [index('audit_details_user').on(t.userId), index('audit_details_actor').on(t.actorId)]
)

/** The chain: one row per entry, in order and without gaps. */
export const auditSeals = pgTable('audit_seals', {
  n: bigint('n', { mode: 'number' }).primaryKey(),
  /** No foreign key: verification reports an entry that is missing. */
  auditId: uuid('audit_id').notNull().unique(),
  /** Of the personal details at the time of sealing. */
  detailsDigest: text('details_digest').notNull(),
  /** Of this row, its entry and the previous seal's digest. */
  digest: text('digest').notNull(),
  keyId: text('key_id').notNull(),
  createdAt: timestamptz('created_at').notNull()
})

/** Where the chain begins after old entries were deleted. */
export const auditCheckpoints = pgTable('audit_checkpoints', {
  /** The position of the newest deleted entry. */
  n: bigint('n', { mode: 'number' }).primaryKey(),
  /** The digest of that entry's seal. */
  digest: text('digest').notNull(),
  removed: integer('removed').notNull(),
  keyId: text('key_id').notNull(),
  /** The keyed digest of this row and of the previous checkpoint's signature. */
  signature: text('signature').notNull(),
  createdAt: timestamptz('created_at').notNull()
})

/**
 * The log of versions before the chain. A job moves its rows into the tables above; dropped in a
 * later release.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    userId: text('user_id'),
    action: text('action').notNull(),
    subject: text('subject'),
    detail: jsonb('detail').notNull().default({}),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    index('audit_log_user').on(t.userId, t.createdAt),
    index('audit_log_action').on(t.action, t.createdAt)
  ]
)
