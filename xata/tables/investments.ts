/** Holdings and transactions of investment accounts at linked banks. */
import { date, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { minorUnits, timestamps } from './columns'
import { linkedAccounts } from './connections'
import { userIdColumn } from './users'

const accountId = () =>
  uuid('account_id')
    .notNull()
    .references(() => linkedAccounts.id, { onDelete: 'cascade' })

/** What is held now. Quantities and prices are decimal text: they have more digits than money. */
export const securityHoldings = pgTable(
  'security_holdings',
  {
    accountId: accountId(),
    plaidSecurityId: text('plaid_security_id').notNull(),
    userId: userIdColumn(),
    name: text('name').notNull(),
    ticker: text('ticker'),
    type: text('type'),
    quantity: text('quantity').notNull(),
    price: text('price'),
    pricedOn: date('priced_on', { mode: 'string' }),
    valueMinor: minorUnits('value_minor'),
    costMinor: minorUnits('cost_minor'),
    currency: text('currency').notNull(),
    ...timestamps
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.plaidSecurityId] }),
    index('security_holdings_user').on(t.userId)
  ]
)

export const investmentTransactions = pgTable(
  'investment_transactions',
  {
    id: uuid('id').primaryKey(),
    userId: userIdColumn(),
    accountId: accountId(),
    plaidTransactionId: text('plaid_transaction_id').notNull(),
    bookedOn: date('booked_on', { mode: 'string' }).notNull(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    subtype: text('subtype'),
    /** Positive is cash that comes in. */
    amountMinor: minorUnits('amount_minor').notNull(),
    feesMinor: minorUnits('fees_minor'),
    currency: text('currency').notNull(),
    quantity: text('quantity'),
    price: text('price'),
    ticker: text('ticker'),
    ...timestamps
  },
  (t) => [
    unique('investment_transactions_plaid').on(t.accountId, t.plaidTransactionId),
    index('investment_transactions_user').on(t.userId),
    index('investment_transactions_newest').on(t.accountId, t.bookedOn.desc(), t.id.desc())
  ]
)
