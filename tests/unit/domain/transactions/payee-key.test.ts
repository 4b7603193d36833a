import { describe, expect, it } from 'vitest'
import { payeeKey } from '@/lib/domain/transactions/payee-key'

describe('a payee key', () => {
  it.each([
    ['CITY WATER 104233', 'city water'],
    ['City Water REF 8871', 'city water'],
    ['City Water REF: 8871-22', 'city water'],
    ['CITY WATER #88', 'city water'],
    ['ACH DEBIT CITY WATER ID:XK41199', 'ach debit city water'],
    ['City Water 11/05', 'city water'],
    ['Rent Nov 2026', 'rent']
  ])('drops the varying part in %s', (name, key) => {
    expect(payeeKey(name)).toBe(key)
  })

  it.each(['7-Eleven', 'Route 66 Diner', 'Studio54', 'May', '123456'])('keeps %s', (name) => {
    expect(payeeKey(name)).toBe(name.toLowerCase())
  })
})
