import { describe, expect, it } from 'vitest'
import { PlaidTransactionSchema, SyncResponse } from '@/lib/services/plaid/wire'

const transaction = {
  transaction_id: 't1',
  account_id: 'a1',
  amount: 12.5,
  iso_currency_code: 'USD',
  date: '2026-03-08',
  pending: false
}
const answer = {
  accounts: [],
  added: [transaction],
  modified: [],
  removed: [{ transaction_id: 't3', account_id: 'a1' }],
  next_cursor: 'c',
  has_more: false,
  transactions_update_status: 'HISTORICAL_UPDATE_COMPLETE'
}

describe('a response of /transactions/sync', () => {
  it('is accepted with the minimum fields', () =>
    expect(SyncResponse.safeParse(answer).success).toBe(true))

  it.each([
    'next_cursor',
    'has_more',
    'added',
    'modified',
    'removed',
    'accounts',
    'transactions_update_status'
  ])('is refused without %s', (field) => {
    expect(SyncResponse.safeParse({ ...answer, [field]: undefined }).success).toBe(false)
  })

  it.each([
    ['amount', '12,50'],
    ['amount', null],
    ['date', '03/08/2026'],
    ['date', null],
    ['pending', 'no'],
    ['transaction_id', '']
  ])('is refused with a transaction whose %s is %j', (field, value) =>
    expect(PlaidTransactionSchema.safeParse({ ...transaction, [field]: value }).success).toBe(false)
  )
})
