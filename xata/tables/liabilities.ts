/** The terms of cards and loans at linked banks. */
import { boolean, date, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { minorUnits, timestamps } from './columns'
import { linkedAccounts } from './connections'
import { userIdColumn } from './users'

/** What the institution last reported; null where it did not say. */
export const liabilities = pgTable(
  'liabilities',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => linkedAccounts.id, { onDelete: 'cascade' }),
    userId: userIdColumn(),
    /** credit, student or mortgage. */
    kind: text('kind').notNull(),
    /** A list of {type, percentage}; the percentage is decimal text. */
    rates: jsonb('rates').notNull().default([]),
    currency: text('currency').notNull(),
    minimumMinor: minorUnits('minimum_minor'),
    dueOn: date('due_on', { mode: 'string' }),
    overdue: boolean('overdue'),
    statementMinor: minorUnits('statement_minor'),
    statementOn: date('statement_on', { mode: 'string' }),
    ...timestamps
  },
  (t) => [index('liabilities_user').on(t.userId)]
)
