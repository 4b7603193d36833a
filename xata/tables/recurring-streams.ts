/** Recurring payments that Plaid finds in the transactions of linked accounts. */
import { boolean, date, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { timestamps } from './columns'
import { linkedAccounts } from './connections'
import { userIdColumn } from './users'

/** Active streams. Names and amounts are those of the transactions, with the user's edits. */
export const recurringStreams = pgTable(
  'recurring_streams',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => linkedAccounts.id, { onDelete: 'cascade' }),
    plaidStreamId: text('plaid_stream_id').notNull(),
    userId: userIdColumn(),
    cadence: text('cadence').notNull(),
    nextOn: date('next_on', { mode: 'string' }).notNull(),
    fixed: boolean('fixed').notNull(),
    /** The oldest and the newest transaction, in no known order. */
    plaidTransactionIds: jsonb('plaid_transaction_ids').notNull(),
    ...timestamps
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.plaidStreamId] }),
    index('recurring_streams_user').on(t.userId)
  ]
)
