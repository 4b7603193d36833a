/** Counterparties and transfers. */
import { sql } from 'drizzle-orm'
import { date, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { job, minorUnits, timestamps, timestamptz } from './columns'
import { bankAccounts, userIdColumn } from './users'

/**
 * An external account for transfers. Jiko keeps its numbers; these are the details its owner
 * recognises it by.
 */
export const counterparties = pgTable(
  'counterparties',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    bankAccountId: uuid('bank_account_id')
      .notNull()
      .references(() => bankAccounts.id, { onDelete: 'cascade' }),
    jikoCounterpartyId: text('jiko_counterparty_id').notNull().unique(),
    institutionName: text('institution_name'),
    mask: text('mask'),
    accountType: text('account_type'),
    /** Jiko's status and verification status. */
    status: text('status').notNull(),
    verification: text('verification'),
    checkedAt: timestamptz('checked_at').notNull().defaultNow(),
    /** same or different: its owner's name compared with the user's; null if it was not compared. */
    ownerMatch: text('owner_match'),
    /** Another row replaced it. */
    replacedAt: timestamptz('replaced_at'),
    ...timestamps
  },
  (t) => [
    index('counterparties_user').on(t.userId),
    index('counterparties_account').on(t.bankAccountId)
  ]
)

/** One confirmation by the user and at most one transfer at Jiko. The id is the idempotency key. */
export const transfers = pgTable(
  'transfers',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    bankAccountId: uuid('bank_account_id')
      .notNull()
      .references(() => bankAccounts.id, { onDelete: 'cascade' }),
    counterpartyId: uuid('counterparty_id')
      .notNull()
      .references(() => counterparties.id, { onDelete: 'cascade' }),
    /** in or out. */
    direction: text('direction').notNull(),
    amountMinor: minorUnits('amount_minor').notNull(),
    currency: text('currency').notNull(),
    /** Our state; Jiko's status is stored beside it. */
    state: text('state').notNull().default('draft'),
    jikoTransferId: text('jiko_transfer_id').unique(),
    jikoStatus: text('jiko_status'),
    returnCode: text('return_code'),
    settlesOn: date('settles_on', { mode: 'string' }).notNull(),
    confirmedAt: timestamptz('confirmed_at'),
    settledAt: timestamptz('settled_at'),
    checkedAt: timestamptz('checked_at'),
    ...job,
    /** The job is the submission to Jiko; null until the user confirms. */
    status: text('status'),
    runAt: timestamptz('run_at'),
    ...timestamps
  },
  (t) => [
    index('transfers_newest').on(t.userId, t.createdAt.desc(), t.id.desc()),
    index('transfers_account').on(t.bankAccountId),
    index('transfers_counterparty').on(t.counterpartyId),
    uniqueIndex('transfers_one_draft').on(t.userId).where(sql`state = 'draft'`),
    uniqueIndex('transfers_one_sending').on(t.bankAccountId).where(sql`state = 'sending'`),
    index('transfers_due').on(t.runAt).where(sql`status = 'pending'`),
    index('transfers_leased').on(t.leaseUntil).where(sql`status = 'in_progress'`),
    index('transfers_open').on(t.checkedAt).where(sql`state in ('submitted', 'on_its_way')`)
  ]
)
