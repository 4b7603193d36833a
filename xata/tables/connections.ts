/** Connections, linked accounts and transactions. */
import { sql } from 'drizzle-orm'
import { boolean, date, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { minorUnits, timestamps, timestamptz } from './columns'
import { userIdColumn } from './users'

/** A cache of Plaid's institution data. A connection may refer to one that is not cached yet. */
export const institutions = pgTable('institutions', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  logo: text('logo'),
  fetchedAt: timestamptz('fetched_at'),
  /** Plaid is not asked again before this. */
  askAgainAt: timestamptz('ask_again_at')
})

export const bankConnections = pgTable(
  'bank_connections',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
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
    lastSyncedAt: timestamptz('last_synced_at'),
    bankDataAt: timestamptz('bank_data_at'),
    consentExpiresAt: timestamptz('consent_expires_at'),
    /**
     * An announced end of access (pending_expiration or pending_disconnect); outlives other errors
     * until the user renews it.
     */
    announced: text('announced'),
    endsAt: timestamptz('ends_at'),
    /** The institution has accounts that were added after the user's choice. */
    newAccountsAt: timestamptz('new_accounts_at'),
    /** Products the user consented to, and those the institution also offers. */
    products: jsonb('products').notNull().default([]),
    availableProducts: jsonb('available_products').notNull().default([]),
    /** The user disconnected it; the row is deleted once Plaid confirms. */
    leavingAt: timestamptz('leaving_at'),
    removedAt: timestamptz('removed_at'),
    historyErasedAt: timestamptz('history_erased_at'),
    ...timestamps
  },
  (t) => [
    index('bank_connections_user').on(t.userId),
    index('bank_connections_institution').on(t.institutionId)
  ]
)

/**
 * Encrypted access tokens in their own table, so that reading a connection cannot leak its token.
 */
export const connectionSecrets = pgTable(
  'connection_secrets',
  {
    connectionId: uuid('connection_id')
      .primaryKey()
      .references(() => bankConnections.id, { onDelete: 'cascade' }),
    userId: userIdColumn(),
    sealedAccessToken: text('sealed_access_token').notNull(),
    ...timestamps
  },
  (t) => [index('connection_secrets_user').on(t.userId)]
)

export const linkedAccounts = pgTable(
  'linked_accounts',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
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
    currentMinor: minorUnits('current_minor'),
    availableMinor: minorUnits('available_minor'),
    limitMinor: minorUnits('limit_minor'),
    balancesAt: timestamptz('balances_at'),
    /** The institution no longer lists it, or another connection provides it. */
    closedAt: timestamptz('closed_at'),
    /**
     * The same account at another connection, if two logins share it: only that one is counted and
     * synced.
     */
    duplicateOf: uuid('duplicate_of'),
    /** The user's name for it, beside the institution's. */
    displayName: text('display_name'),
    /** Hidden by the user: excluded from lists and sums. */
    hiddenAt: timestamptz('hidden_at'),
    ...timestamps
  },
  (t) => [
    unique('linked_accounts_plaid').on(t.connectionId, t.plaidAccountId),
    index('linked_accounts_user').on(t.userId)
  ]
)

/** Entries that an index on words collects before it sorts them in. */
export const PENDING_ENTRIES_KB = 1_024

export const transactions = pgTable(
  'transactions',
  {
    id: uuid('id').primaryKey(),
    // Both follow from the account. Checking them again would cost a sync as much as half of its
    // index writes.
    userId: text('user_id').notNull(),
    connectionId: uuid('connection_id').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => linkedAccounts.id, { onDelete: 'cascade' }),
    plaidTransactionId: text('plaid_transaction_id').notNull(),
    /** The pending transaction that this one settled; both use this row. */
    plaidPendingTransactionId: text('plaid_pending_transaction_id'),
    /** Positive is money in. */
    amountMinor: minorUnits('amount_minor').notNull(),
    currency: text('currency').notNull(),
    bookedOn: date('booked_on', { mode: 'string' }).notNull(),
    authorizedOn: date('authorized_on', { mode: 'string' }),
    name: text('name').notNull(),
    merchantName: text('merchant_name'),
    categoryPrimary: text('category_primary'),
    categoryDetailed: text('category_detailed'),
    paymentChannel: text('payment_channel'),
    pending: boolean('pending').notNull(),
    /**
     * Its account was closed then. If the account returns, Plaid assigns new ids to the same
     * transactions.
     */
    detachedAt: timestamptz('detached_at'),
    removedAt: timestamptz('removed_at'),
    ...timestamps
  },
  (t) => [
    unique('transactions_plaid').on(t.connectionId, t.plaidTransactionId),
    index('transactions_newest').on(t.userId, t.bookedOn.desc(), t.id.desc()),
    index('transactions_size').on(
      t.userId,
      sql`abs(${t.amountMinor}) desc nulls last`,
      t.id.desc()
    ),
    index('transactions_account').on(t.accountId, t.bookedOn.desc(), t.id.desc()),
    index('transactions_detached').on(t.connectionId).where(sql`detached_at is not null`),
    index('transactions_pending').on(t.bookedOn).where(sql`pending and removed_at is null`),
    index('transactions_settled')
      .on(t.connectionId, t.plaidPendingTransactionId)
      .where(sql`plaid_pending_transaction_id is not null`),
    // Read by search_transactions() alone. The user comes first, so that a word of many users costs
    // no more than a word of one; a longer list of pending entries would be slow to search.
    index('transactions_text')
      .using(
        'gin',
        sql`('u' || ${t.userId})`,
        sql`(${t.name} || E'\\n' || coalesce(${t.merchantName}, '')) gin_trgm_ops`
      )
      .with({ gin_pending_list_limit: PENDING_ENTRIES_KB })
      .concurrently()
  ]
)
