/** Every table, the source of the migrations. Instants end in _at, calendar dates in _on, money in _minor with a currency beside it. */
import { sql } from 'drizzle-orm'
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })
const made = { createdAt: at('created_at').notNull().defaultNow(), updatedAt: at('updated_at').notNull().defaultNow() }
const minor = (name: string) => bigint(name, { mode: 'bigint' })
const owner = () =>
  text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })

/** Our user id is Clerk's. */
export const users = pgTable('users', { id: text('id').primaryKey(), email: text('email'), ...made })

/** What a person has answered so far, sealed; erased once the bank has applied it. */
export const applicationDrafts = pgTable('application_drafts', {
  userId: owner().primaryKey(),
  sealed: text('sealed').notNull(),
  version: integer('version').notNull().default(1),
  ...made
})

export const applications = pgTable('applications', {
  id: uuid('id').primaryKey(),
  userId: owner().unique(),
  status: text('status'),
  jikoApplicationId: text('jiko_application_id').unique(),
  jikoCustomerId: text('jiko_customer_id'),
  /** The facts as sent, without the number that goes to the bank only; sealed, erased once applied. */
  sealedBody: text('sealed_body'),
  createKey: uuid('create_key').notNull(),
  applyKey: uuid('apply_key').notNull(),
  pocketKey: uuid('pocket_key').notNull(),
  documents: jsonb('documents').notNull().default([]),
  createStartedAt: at('create_started_at'),
  appliedAt: at('applied_at'),
  checkedAt: at('checked_at'),
  busyUntil: at('busy_until'),
  busyToken: uuid('busy_token'),
  ...made
})

export const consents = pgTable(
  'consents',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    version: text('version').notNull(),
    documents: jsonb('documents').notNull(),
    consentedAt: at('consented_at').notNull()
  },
  (t) => [index('consents_user').on(t.userId, t.consentedAt)]
)

/** The person's own account at the bank: a pocket. Its full numbers are read when asked for and stored nowhere. */
export const bankAccounts = pgTable('bank_accounts', {
  id: uuid('id').primaryKey(),
  userId: owner().unique(),
  applicationId: uuid('application_id')
    .notNull()
    .unique()
    .references(() => applications.id, { onDelete: 'cascade' }),
  jikoPocketId: text('jiko_pocket_id').notNull().unique(),
  jikoCustomerId: text('jiko_customer_id').notNull(),
  name: text('name').notNull(),
  status: text('status').notNull(),
  balanceMinor: minor('balance_minor'),
  currency: text('currency'),
  balanceAt: at('balance_at'),
  accountNumberLast4: text('account_number_last4'),
  routingNumberLast4: text('routing_number_last4'),
  ...made
})

export const institutions = pgTable('institutions', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  logo: text('logo'),
  primaryColor: text('primary_color'),
  url: text('url'),
  fetchedAt: at('fetched_at').notNull()
})

export const bankConnections = pgTable(
  'bank_connections',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    plaidItemId: text('plaid_item_id').notNull().unique(),
    institutionId: text('institution_id'),
    institutionName: text('institution_name').notNull(),
    status: text('status').notNull().default('good'),
    errorType: text('error_type'),
    errorCode: text('error_code'),
    cursor: text('cursor'),
    history: text('history').notNull().default('NOT_READY'),
    webhookUrl: text('webhook_url').notNull(),
    linkSessionId: text('link_session_id'),
    publicTokenHash: text('public_token_hash').notNull().unique(),
    lastSyncedAt: at('last_synced_at'),
    bankDataAt: at('bank_data_at'),
    consentExpiresAt: at('consent_expires_at'),
    removedAt: at('removed_at'),
    ...made
  },
  (t) => [index('bank_connections_user').on(t.userId), index('bank_connections_institution').on(t.institutionId)]
)

/** Sealed access tokens, apart from connections so that reading one can never leak the other. */
export const connectionSecrets = pgTable('connection_secrets', {
  connectionId: uuid('connection_id')
    .primaryKey()
    .references(() => bankConnections.id, { onDelete: 'cascade' }),
  userId: owner(),
  sealedAccessToken: text('sealed_access_token').notNull(),
  ...made
})

export const linkedAccounts = pgTable(
  'linked_accounts',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => bankConnections.id, { onDelete: 'cascade' }),
    plaidAccountId: text('plaid_account_id').notNull(),
    persistentAccountId: text('persistent_account_id'),
    name: text('name').notNull(),
    officialName: text('official_name'),
    mask: text('mask'),
    type: text('type').notNull(),
    subtype: text('subtype'),
    currency: text('currency'),
    currentMinor: minor('current_minor'),
    availableMinor: minor('available_minor'),
    limitMinor: minor('limit_minor'),
    balancesAt: at('balances_at'),
    /** The bank no longer shows it. */
    closedAt: at('closed_at'),
    ...made
  },
  (t) => [unique('linked_accounts_plaid').on(t.connectionId, t.plaidAccountId), index('linked_accounts_user').on(t.userId)]
)

export const transactions = pgTable(
  'transactions',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => bankConnections.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .notNull()
      .references(() => linkedAccounts.id, { onDelete: 'cascade' }),
    plaidTransactionId: text('plaid_transaction_id').notNull(),
    /** Positive is money in. */
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    bookedOn: date('booked_on', { mode: 'string' }).notNull(),
    authorizedOn: date('authorized_on', { mode: 'string' }),
    name: text('name').notNull(),
    merchantName: text('merchant_name'),
    merchantLogo: text('merchant_logo'),
    categoryPrimary: text('category_primary'),
    categoryDetailed: text('category_detailed'),
    paymentChannel: text('payment_channel'),
    pending: boolean('pending').notNull(),
    removedAt: at('removed_at'),
    ...made
  },
  (t) => [
    unique('transactions_plaid').on(t.connectionId, t.plaidTransactionId),
    index('transactions_newest').on(t.userId, t.bookedOn.desc(), t.id.desc()),
    index('transactions_account').on(t.accountId, t.bookedOn.desc(), t.id.desc())
  ]
)

/** Work rows: pending → in_progress → completed | failed. They are the queue. */
const work = {
  status: text('status').notNull().default('pending'),
  attempts: integer('attempts').notNull().default(0),
  runAt: at('run_at').notNull().defaultNow(),
  leaseUntil: at('lease_until'),
  leaseToken: uuid('lease_token'),
  service: text('service'),
  code: text('code'),
  startedAt: at('started_at'),
  finishedAt: at('finished_at')
}

export const syncRuns = pgTable(
  'sync_runs',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => bankConnections.id, { onDelete: 'cascade' }),
    trigger: text('trigger').notNull(),
    ...work,
    added: integer('added').notNull().default(0),
    modified: integer('modified').notNull().default(0),
    removed: integer('removed').notNull().default(0),
    ...made
  },
  (t) => [
    uniqueIndex('sync_runs_one_pending').on(t.connectionId).where(sql`status = 'pending'`),
    uniqueIndex('sync_runs_one_in_progress').on(t.connectionId).where(sql`status = 'in_progress'`),
    index('sync_runs_due').on(t.runAt).where(sql`status = 'pending'`),
    index('sync_runs_connection').on(t.connectionId, t.createdAt)
  ]
)

/** Pages of a running sync, as they arrived; gone after the commit that applies them. */
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

/** Verified webhooks: what they asked for, never their bodies. */
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
    ...work,
    ...made
  },
  (t) => [unique('webhook_deliveries_once').on(t.vendor, t.dedupeKey), index('webhook_deliveries_due').on(t.runAt).where(sql`status = 'pending'`)]
)

export const linkEvents = pgTable(
  'link_events',
  {
    id: uuid('id').primaryKey(),
    userId: owner(),
    connectionId: uuid('connection_id').references(() => bankConnections.id, { onDelete: 'set null' }),
    type: text('type').notNull(),
    linkSessionId: text('link_session_id'),
    requestId: text('request_id'),
    status: text('status'),
    errorType: text('error_type'),
    errorCode: text('error_code'),
    institutionId: text('institution_id'),
    createdAt: at('created_at').notNull().defaultNow()
  },
  (t) => [index('link_events_user').on(t.userId, t.createdAt)]
)

/** One row per vendor call: what was called and how it ended, never arguments or bodies. */
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
    createdAt: at('created_at').notNull().defaultNow()
  },
  (t) => [index('vendor_events_newest').on(t.service, t.createdAt), index('vendor_events_user').on(t.userId, t.createdAt)]
)

export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  windowStartedAt: at('window_started_at').notNull(),
  taken: integer('taken').notNull()
})

export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey(),
    actor: text('actor').notNull(),
    userId: text('user_id'),
    action: text('action').notNull(),
    subject: text('subject'),
    detail: jsonb('detail').notNull().default({}),
    createdAt: at('created_at').notNull().defaultNow()
  },
  (t) => [index('audit_log_user').on(t.userId, t.createdAt), index('audit_log_action').on(t.action, t.createdAt)]
)

/** Grows with every commit that a person could see; open pages watch it. */
export const userChanges = pgTable('user_changes', {
  userId: owner().primaryKey(),
  version: bigint('version', { mode: 'number' }).notNull().default(1),
  changedAt: at('changed_at').notNull().defaultNow()
})
