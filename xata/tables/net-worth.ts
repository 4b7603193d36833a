/** Daily balances and own assets, for net worth over time. */
import { sql } from 'drizzle-orm'
import { check, date, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { minorUnits, timestamps, timestamptz } from './columns'
import { linkedAccounts } from './connections'
import { bankAccounts, userIdColumn } from './users'

/** The last reported balance of each UTC day, of a linked account or the Jiko account. */
export const balanceSnapshots = pgTable(
  'balance_snapshots',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    accountId: uuid('account_id').references(() => linkedAccounts.id, { onDelete: 'cascade' }),
    bankAccountId: uuid('bank_account_id').references(() => bankAccounts.id, {
      onDelete: 'cascade'
    }),
    takenOn: date('taken_on', { mode: 'string' }).notNull(),
    takenAt: timestamptz('taken_at').notNull(),
    minor: minorUnits('minor').notNull(),
    currency: text('currency').notNull()
  },
  (t) => [
    unique('balance_snapshots_account').on(t.accountId, t.takenOn),
    unique('balance_snapshots_bank_account').on(t.bankAccountId, t.takenOn),
    index('balance_snapshots_user').on(t.userId),
    check('balance_snapshots_one', sql`(account_id is null) <> (bank_account_id is null)`)
  ]
)

/** A house, a car or a private loan, entered by the user. */
export const ownAssets = pgTable(
  'own_assets',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    /** Only in rows from before names were encrypted; empty otherwise. */
    name: text('name').notNull(),
    sealedName: text('sealed_name'),
    kind: text('kind').notNull(),
    currency: text('currency').notNull(),
    ...timestamps
  },
  (t) => [index('own_assets_user').on(t.userId)]
)

/**
 * The value, or the amount owed, from that day on. Never negative: the kind says whether it is a
 * debt.
 */
export const ownAssetValues = pgTable(
  'own_asset_values',
  {
    assetId: uuid('asset_id')
      .notNull()
      .references(() => ownAssets.id, { onDelete: 'cascade' }),
    valuedOn: date('valued_on', { mode: 'string' }).notNull(),
    minor: minorUnits('minor').notNull(),
    ...timestamps
  },
  (t) => [primaryKey({ columns: [t.assetId, t.valuedOn] })]
)
