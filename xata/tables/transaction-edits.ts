/**
 * Edits, splits and rules of users, and pairs of transfers. A sync writes the bank's rows and never
 * the edits.
 */
import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid
} from 'drizzle-orm/pg-core'
import { minorUnits, timestamps, timestamptz } from './columns'
import { linkedAccounts, PENDING_ENTRIES_KB, transactions } from './connections'
import { userIdColumn } from './users'

const transactionIdColumn = () =>
  uuid('transaction_id')
    .notNull()
    .references(() => transactions.id, { onDelete: 'cascade' })

/**
 * What a user and their rules set in place of the bank's values; null keeps the bank's. Editable
 * columns: lib/domain/transactions/edits.ts.
 */
export const transactionEdits = pgTable(
  'transaction_edits',
  {
    transactionId: transactionIdColumn().primaryKey(),
    userId: userIdColumn(),
    category: text('category'),
    merchant: text('merchant'),
    note: text('note'),
    tags: jsonb('tags').$type<string[]>().notNull().default([]),
    excluded: boolean('is_excluded'),
    /** The sum of all splits but the first, which is the remainder; null without splits. */
    partsMinor: minorUnits('parts_minor'),
    /** The whole amount when it was split. If the institution's differs now, the user is asked. */
    splitWholeMinor: minorUnits('split_whole_minor'),
    ruleCategory: text('rule_category'),
    ruleMerchant: text('rule_merchant'),
    ruleExcluded: boolean('rule_is_excluded'),
    /** The last change and the values before it, for undo. */
    changeId: uuid('change_id'),
    before: jsonb('before'),
    ...timestamps
  },
  (t) => [
    index('transaction_edits_user').on(t.userId),
    index('transaction_edits_change').on(t.changeId).where(sql`change_id is not null`),
    index('transaction_edits_text')
      .using(
        'gin',
        sql`('u' || ${t.userId})`,
        sql`(coalesce(${t.merchant}, '') || E'\\n' || coalesce(${t.ruleMerchant}, '') || E'\\n' || coalesce(${t.note}, '') || E'\\n' || ${t.tags}::text) gin_trgm_ops`
      )
      .with({ gin_pending_list_limit: PENDING_ENTRIES_KB })
      .where(
        sql`merchant is not null or rule_merchant is not null or note is not null or tags <> '[]'::jsonb`
      )
      .concurrently()
  ]
)

/**
 * Splits of a transaction. The first has no stored amount, so that they always add up when the
 * institution corrects the amount.
 */
export const transactionParts = pgTable(
  'transaction_parts',
  {
    transactionId: transactionIdColumn(),
    n: integer('n').notNull(),
    userId: userIdColumn(),
    amountMinor: minorUnits('amount_minor'),
    category: text('category'),
    note: text('note')
  },
  (t) => [
    primaryKey({ columns: [t.transactionId, t.n] }),
    index('transaction_parts_user').on(t.userId),
    index('transaction_parts_text')
      .using('gin', sql`('u' || ${t.userId})`, sql`${t.note} gin_trgm_ops`)
      .where(sql`note is not null`)
      .concurrently()
  ]
)

/** Rules that apply to every matching transaction, including future ones. */
export const rules = pgTable(
  'rules',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    /** contains or equals; compared to the institution's merchant name. */
    match: text('match'),
    text: text('text'),
    accountId: uuid('account_id').references(() => linkedAccounts.id, { onDelete: 'cascade' }),
    /** in or out. */
    flow: text('flow'),
    category: text('category'),
    merchant: text('merchant'),
    excluded: boolean('is_excluded'),
    ...timestamps
  },
  (t) => [index('rules_user').on(t.userId, t.createdAt), index('rules_account').on(t.accountId)]
)

/** The user's visits to the transaction list: rows since the previous visit are marked new. */
export const visits = pgTable('visits', {
  userId: userIdColumn().primaryKey(),
  visitedAt: timestamptz('visited_at').notNull(),
  previousAt: timestamptz('previous_at')
})

/**
 * One side of a transfer between own accounts; the other side has its own row. Every sync detects
 * them again and keeps the user's decisions.
 */
export const transferLegs = pgTable(
  'transfer_legs',
  {
    transactionId: transactionIdColumn().primaryKey(),
    otherId: uuid('other_id')
      .notNull()
      .references(() => transactions.id, { onDelete: 'cascade' }),
    userId: userIdColumn(),
    /** found by a sync · confirmed or undone by the user. */
    state: text('state').notNull().default('found'),
    ...timestamps
  },
  (t) => [index('transfer_legs_user').on(t.userId), index('transfer_legs_other').on(t.otherId)]
)
