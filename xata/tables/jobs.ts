/** Job tables: their rows are the queue. */
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'
import { job, timestamps, timestamptz } from './columns'
import { bankConnections } from './connections'
import { messages } from './messages'
import { userIdColumn } from './users'

export const syncRuns = pgTable(
  'sync_runs',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => bankConnections.id, { onDelete: 'cascade' }),
    trigger: text('trigger').notNull(),
    ...job,
    added: integer('added').notNull().default(0),
    modified: integer('modified').notNull().default(0),
    removed: integer('removed').notNull().default(0),
    ...timestamps
  },
  (t) => [
    uniqueIndex('sync_runs_one_pending').on(t.connectionId).where(sql`status = 'pending'`),
    uniqueIndex('sync_runs_one_in_progress').on(t.connectionId).where(sql`status = 'in_progress'`),
    index('sync_runs_due').on(t.runAt).where(sql`status = 'pending'`),
    index('sync_runs_leased').on(t.leaseUntil).where(sql`status = 'in_progress'`),
    index('sync_runs_connection').on(t.connectionId, t.createdAt),
    index('sync_runs_user').on(t.userId)
  ]
)

/** Staged pages of a running sync, deleted by the commit that applies them. */
export const syncPages = pgTable(
  'sync_pages',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => syncRuns.id, { onDelete: 'cascade' }),
    leaseToken: uuid('lease_token').notNull(),
    n: integer('n').notNull(),
    payload: jsonb('payload').notNull()
  },
  (t) => [primaryKey({ columns: [t.runId, t.leaseToken, t.n] })]
)

/**
 * Vendor rows that could not be parsed or stored. Deleted once the vendor resends them readably or
 * removes them.
 */
export const quarantine = pgTable(
  'quarantine',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => bankConnections.id, { onDelete: 'cascade' }),
    /** transaction or account. */
    kind: text('kind').notNull(),
    /** Plaid's id, or a hash without one. */
    vendorId: text('vendor_id').notNull(),
    /** The unreadable field, or the database's error code. */
    code: text('code').notNull(),
    sealedBody: text('sealed_body'),
    /** The mapping version that failed; a newer one retries. */
    mappingVersion: integer('mapping_version').notNull(),
    ...timestamps
  },
  (t) => [
    unique('quarantine_once').on(t.connectionId, t.kind, t.vendorId),
    index('quarantine_user').on(t.userId)
  ]
)

/** Verified webhooks: their effects, never their bodies. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey(),
    vendor: text('vendor').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    type: text('type'),
    eventCode: text('event_code'),
    vendorObjectId: text('vendor_object_id'),
    bodyHash: text('body_hash').notNull(),
    readable: boolean('readable').notNull(),
    effects: jsonb('effects').notNull(),
    ...job,
    ...timestamps
  },
  (t) => [
    unique('webhook_deliveries_once').on(t.vendor, t.dedupeKey),
    index('webhook_deliveries_due').on(t.runAt).where(sql`status = 'pending'`),
    index('webhook_deliveries_leased').on(t.leaseUntil).where(sql`status = 'in_progress'`)
  ]
)

/** Queued Plaid calls for one connection: its removal or a new webhook URL. */
export const connectionTasks = pgTable(
  'connection_tasks',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => bankConnections.id, { onDelete: 'cascade' }),
    /** remove, move_webhook, rotate_token or compare_owner. */
    kind: text('kind').notNull(),
    /** For a removal: keep or erase. */
    history: text('history'),
    ...job,
    ...timestamps
  },
  (t) => [
    unique('connection_tasks_once').on(t.connectionId, t.kind),
    index('connection_tasks_due').on(t.runAt).where(sql`status = 'pending'`),
    index('connection_tasks_leased').on(t.leaseUntil).where(sql`status = 'in_progress'`),
    index('connection_tasks_user').on(t.userId)
  ]
)

/**
 * A user's deletion request. It outlives the user's rows, so it has no foreign key. When complete
 * it keeps only a hash, by which late events about a deleted user are recognised.
 */
export const deletionRequests = pgTable(
  'deletion_requests',
  {
    id: uuid('id').primaryKey(),
    /** null once complete. */
    userId: text('user_id'),
    userHash: text('user_hash').notNull().unique(),
    /** person, clerk or admin. */
    origin: text('origin').notNull(),
    itemsRemovedAt: timestamptz('items_removed_at'),
    bankReleasedAt: timestamptz('bank_released_at'),
    erasedAt: timestamptz('erased_at'),
    signInRemovedAt: timestamptz('sign_in_removed_at'),
    ...job,
    ...timestamps
  },
  (t) => [
    index('deletion_requests_due').on(t.runAt).where(sql`status = 'pending'`),
    index('deletion_requests_leased').on(t.leaseUntil).where(sql`status = 'in_progress'`),
    index('deletion_requests_user').on(t.userId)
  ]
)

/** E-mails: that a bank needs attention, one per incident, and one per message of the inbox. */
export const notices = pgTable(
  'notices',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    /** The bank, or the message. */
    connectionId: uuid('connection_id').references(() => bankConnections.id, {
      onDelete: 'cascade'
    }),
    /** Where it goes, if not to the user's address. */
    address: text('address'),
    messageId: uuid('message_id').references(() => messages.id, { onDelete: 'cascade' }),
    /** The connection's status at that time, or the message's kind. */
    trouble: text('trouble').notNull(),
    ...job,
    ...timestamps
  },
  (t) => [
    check('notices_about_one', sql`num_nonnulls(connection_id, message_id) = 1`),
    index('notices_connection').on(t.connectionId, t.createdAt),
    unique('notices_message').on(t.messageId),
    index('notices_user').on(t.userId),
    index('notices_due').on(t.runAt).where(sql`status = 'pending'`),
    index('notices_leased').on(t.leaseUntil).where(sql`status = 'in_progress'`)
  ]
)

/** Work that repeats for as long as the app runs: one row per kind, due again when it is done. */
export const systemJobs = pgTable(
  'system_jobs',
  {
    id: uuid('id').primaryKey(),
    /** See lib/domain/jobs/system-job.ts. */
    kind: text('kind').notNull().unique(),
    ...job,
    ...timestamps
  },
  (t) => [
    index('system_jobs_due').on(t.runAt).where(sql`status = 'pending'`),
    index('system_jobs_leased').on(t.leaseUntil).where(sql`status = 'in_progress'`)
  ]
)
