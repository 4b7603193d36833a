/** Users, applications and Jiko accounts. */
import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { minorUnits, timestamps, timestamptz } from './columns'

/** The id is Clerk's user id. */
export const users = pgTable('users', {
  id: text('id').primaryKey(),
  email: text('email'),
  /** Whether a second factor was on when Clerk was last asked; null before. */
  secondFactor: boolean('second_factor'),
  ...timestamps
})

export const userIdColumn = () =>
  text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })

/** Display preferences. Null means the browser's setting. */
export const preferences = pgTable('preferences', {
  userId: userIdColumn().primaryKey(),
  theme: text('theme').notNull().default('system'),
  /** Null follows the browser. */
  language: text('language'),
  timeZone: text('time_zone'),
  locale: text('locale'),
  /** Whether single-key shortcuts are on. */
  shortcuts: boolean('shortcuts').notNull().default(true),
  /** Whether to send e-mails when a bank needs attention. */
  emailNotices: boolean('email_notices').notNull().default(true),
  /** Other groups of e-mails that the user switched off. */
  emailsOff: jsonb('emails_off').notNull().default([]),
  ...timestamps
})

/** The encrypted answers so far; deleted once Jiko accepted the application. */
export const applicationDrafts = pgTable('application_drafts', {
  userId: userIdColumn().primaryKey(),
  sealed: text('sealed').notNull(),
  version: integer('version').notNull().default(1),
  /**
   * When Jiko refused these answers, with its application id if it had one: `[{ at,
   * jikoApplicationId }]`.
   */
  refusals: jsonb('refusals').notNull().default([]),
  ...timestamps
})

export const applications = pgTable('applications', {
  id: uuid('id').primaryKey(),
  userId: userIdColumn().unique(),
  status: text('status'),
  jikoApplicationId: text('jiko_application_id').unique(),
  jikoCustomerId: text('jiko_customer_id'),
  /** The submitted facts without the SSN; encrypted, deleted once Jiko accepted them. */
  sealedBody: text('sealed_body'),
  createKey: uuid('create_key').notNull(),
  applyKey: uuid('apply_key').notNull(),
  pocketKey: uuid('pocket_key').notNull(),
  documents: jsonb('documents').notNull().default([]),
  createStartedAt: timestamptz('create_started_at'),
  appliedAt: timestamptz('applied_at'),
  checkedAt: timestamptz('checked_at'),
  busyUntil: timestamptz('busy_until'),
  busyToken: uuid('busy_token'),
  ...timestamps
})

export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    version: text('version').notNull(),
    /** The group of documents. Null in older rows, which are about all documents of the version. */
    category: text('category'),
    documents: jsonb('documents').notNull(),
    consentedAt: timestamptz('consented_at').notNull()
  },
  (t) => [index('consents_user').on(t.userId, t.consentedAt)]
)

/** "I can read this" in a test page: shows that its user can open PDFs, once. Only its hash is stored. */
export const esignLinks = pgTable(
  'esign_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: userIdColumn(),
    /** Of the agreements. */
    version: text('version').notNull(),
    expiresAt: timestamptz('expires_at').notNull(),
    usedAt: timestamptz('used_at'),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    index('esign_links_user').on(t.userId, t.version),
    index('esign_links_expired').on(t.expiresAt)
  ]
)

/**
 * Consents of deleted users: evidence that outlives the deletion for a time, without a user id. A
 * person who names their address or user id is found by its keyed digest.
 */
export const consentEvidence = pgTable(
  'consent_evidence',
  {
    id: uuid('id').primaryKey(),
    userDigest: text('user_digest').notNull(),
    emailDigest: text('email_digest'),
    keyId: text('key_id').notNull(),
    version: text('version').notNull(),
    category: text('category'),
    documents: jsonb('documents').notNull(),
    consentedAt: timestamptz('consented_at').notNull(),
    expiresAt: timestamptz('expires_at').notNull(),
    createdAt: timestamptz('created_at').notNull().defaultNow()
  },
  (t) => [
    index('consent_evidence_user').on(t.userDigest),
    index('consent_evidence_email').on(t.emailDigest),
    index('consent_evidence_expired').on(t.expiresAt)
  ]
)

/** The user's Jiko account (a pocket). Its full numbers are read on demand and never stored. */
export const bankAccounts = pgTable('bank_accounts', {
  id: uuid('id').primaryKey(),
  userId: userIdColumn().unique(),
  applicationId: uuid('application_id')
    .notNull()
    .unique()
    .references(() => applications.id, { onDelete: 'cascade' }),
  jikoPocketId: text('jiko_pocket_id').notNull().unique(),
  jikoCustomerId: text('jiko_customer_id').notNull(),
  name: text('name').notNull(),
  status: text('status').notNull(),
  balanceMinor: minorUnits('balance_minor'),
  currency: text('currency'),
  balanceAt: timestamptz('balance_at'),
  accountNumberLast4: text('account_number_last4'),
  routingNumberLast4: text('routing_number_last4'),
  ...timestamps
})
