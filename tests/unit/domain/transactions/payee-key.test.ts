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
    ['City Water 11-05-2026 PAID', 'city water paid'],
    ['City Water 5.11.', 'city water'],
    ['  City   Water 104233 ', 'city water'],
    ['Rent Nov 2026', 'rent'],
    ['Rent Nov. 2026', 'rent'],
    ['Rent, Nov, PAID', 'rent, paid'],
    ['Rent November', 'rent'],
    ['Rent Sept', 'rent'],
    ['Gym conf AB12CD', 'gym'],
    ['Gym confirmation: 7', 'gym'],
    ['Gym TRACE# 88', 'gym'],
    ['Gym Invoice 7 paid', 'gym paid'],
    ['Gym inv. 7', 'gym'],
    ['Gym no 7', 'gym'],
    ['Gym nr. 7', 'gym'],
    ['Gym TXN 7 TRN 8', 'gym'],
    ['Gym reference 7', 'gym'],
    ['Gym # 7', 'gym'],
    ['Gym 7', 'gym'],
    ['Gym A1B2C3', 'gym'],
    ['Gym 24', 'gym'],
    ['Gym 123x paid', 'gym paid'],
    ['Gym 1/5 paid', 'gym paid'],
    ['Gym Notable 104233', 'gym notable'],
    ['Ref 7 12', 'ref']
  ])('drops the varying part in %s', (name, key) => {
    expect(payeeKey(name)).toBe(key)
  })

  it.each([
    '7-Eleven',
    'Route 66 Diner',
    'Studio54',
    'May',
    '123456',
    '7',
    'Gym 7 days',
    'No Frills',
    'Nov',
    'Marching Band',
    'Club77',
    'Gym A1B',
    'Mayflower',
    'Reference Books',
    'Gym A1/5 paid',
    'Casa No Frills',
    'Corner   Market'
  ])('keeps %s', (name) => {
    expect(payeeKey(name)).toBe(name.toLowerCase())
  })
})
