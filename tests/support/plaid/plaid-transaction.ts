export const plaidTransaction = (more: Record<string, unknown> = {}) => ({
  transaction_id: 't1',
  pending_transaction_id: null,
  account_id: 'a1',
  amount: 12.5,
  iso_currency_code: 'USD',
  unofficial_currency_code: null,
  date: '2026-03-08',
  authorized_date: '2026-03-07',
  name: 'SQ *COFFEE 0042',
  merchant_name: 'Coffee House',
  personal_finance_category: {
    primary: 'FOOD_AND_DRINK',
    detailed: 'FOOD_AND_DRINK_COFFEE',
    confidence_level: 'HIGH'
  },
  payment_channel: 'in store',
  pending: false,
  ...more
})
