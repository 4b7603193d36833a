/** Link sessions, vendor calls, rate limits and user versions. */
import { bigint, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { timestamptz, traceparent } from './columns'
import { bankConnections } from './connections'
import { userIdColumn } from './users'

export const linkEvents = pgTable(
  'link_events',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    connectionId: uuid('connection_id').references(() => bankConnections.id, {
      onDelete: 'set null'
    }),
    type: text('type').notNull(),
    linkSessionId: text('link_session_id'),
    requestId: text('request_id'),
    status: text('status'),
    errorType: text('error_type'),
    errorCode: text('error_code'),
    institutionId: text('institution_id'),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    index('link_events_user').on(t.userId, t.createdAt),
    index('link_events_connection').on(t.connectionId)
  ]
)

/** A Link session in progress: what its OAuth return page needs, for half an hour. */
export const linkSessions = pgTable(
  'link_sessions',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    /** link, relink or hosted: a link on another device. */
    purpose: text('purpose').notNull(),
    /** The relinked connection, or the resulting one. */
    connectionId: uuid('connection_id').references(() => bankConnections.id, {
      onDelete: 'cascade'
    }),
    sealedLinkToken: text('sealed_link_token').notNull(),
    /** SHA-256 of a hosted session's Link token, which its webhook names. */
    linkTokenHash: text('link_token_hash').unique(),
    expiresAt: timestamptz('expires_at').notNull(),
    usedAt: timestamptz('used_at'),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    index('link_sessions_user').on(t.userId, t.createdAt),
    index('link_sessions_connection').on(t.connectionId)
  ]
)

/**
 * The one request that exchanges a public token now. Deleted when it ends; expires where its
 * process died.
 */
export const publicTokenClaims = pgTable(
  'public_token_claims',
  {
    publicTokenHash: text('public_token_hash').primaryKey(),
    id: uuid('id').notNull().unique(),
    userId: userIdColumn(),
    expiresAt: timestamptz('expires_at').notNull()
  },
  (t) => [index('public_token_claims_user').on(t.userId)]
)

/** One row per vendor call and its outcome, without arguments or bodies. */
export const vendorEvents = pgTable(
  'vendor_events',
  {
    id: uuid('id').primaryKey(),
    service: text('service').notNull(),
    method: text('method').notNull(),
    requestId: text('request_id'),
    userId: text('user_id'),
    connectionId: uuid('connection_id'),
    durationMs: integer('duration_ms').notNull(),
    errorType: text('error_type'),
    errorCode: text('error_code'),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    index('vendor_events_newest').on(t.service, t.createdAt),
    index('vendor_events_user').on(t.userId, t.createdAt)
  ]
)

export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  windowStartedAt: timestamptz('window_started_at').notNull(),
  taken: integer('taken').notNull()
})

/**
 * A change that its client may repeat with the same key: claimed while it runs, then with its
 * answer.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    key: text('key').notNull(),
    /** Keyed digest of the request, without the Social Security number. */
    fingerprint: text('fingerprint').notNull(),
    /** null while it runs. */
    completedAt: timestamptz('completed_at'),
    /** null also for an answer without content, and for one that is never stored. */
    sealedResponse: text('sealed_response'),
    /** When a run that ended without an answer may be repeated. */
    lockedUntil: timestamptz('locked_until').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    unique('idempotency_keys_key').on(t.userId, t.key),
    index('idempotency_keys_created').on(t.createdAt)
  ]
)

/** The user version: incremented by every commit the user can see; open pages watch it. */
export const userChanges = pgTable('user_changes', {
  userId: userIdColumn().primaryKey(),
  version: bigint('version', { mode: 'number' }).notNull().default(1),
  changedAt: timestamptz('changed_at').notNull().defaultNow(),
  traceparent: traceparent()
})
