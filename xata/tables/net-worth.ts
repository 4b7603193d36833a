/** What a person is worth over time: balances day by day, and what they own or owe outside of any bank. */
import { sql } from 'drizzle-orm'
import { check, date, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { minorUnits, timestamps, timestamptz } from './columns'
import { linkedAccounts } from './connections'
import { bankAccounts, userIdColumn } from './users'

/** The last balance that was reported on each day (of UTC), of a linked account or of the person's own account, as it was reported. */
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

/** A house, a car, a private loan: what no bank reports. */
export const ownAssets = pgTable(
  'own_assets',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    currency: text('currency').notNull(),
    ...timestamps
  },
  (t) => [index('own_assets_user').on(t.userId)]
)

/** What it was worth, or how much of it was owed, from that day on. Never below zero: the kind says which side it is on. */
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
