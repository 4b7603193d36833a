import { describe, expect, it } from 'vitest'
import { addDays } from '@/lib/domain/periods'
import type { TransferLeg } from '@/lib/domain/transactions/transfer-pairs'
import { DAY, into, isPaired, moves, out } from '@/tests/support/fixtures/transfer-legs'

describe('the words of a row', () => {
  it.each([
    'Zelle transfer',
    'VENMO',
    'Cash App',
    'CASHAPP',
    'PayPal transfer',
    'Splitwise',
    'Apple Cash'
  ])('name a service between people on either side: %s is no pair', (name) => {
    expect(isPaired(out({ ...moves, name }), into(moves))).toBe(false)
    expect(isPaired(out(moves), into({ ...moves, name }))).toBe(false)
    expect(isPaired(out({ ...moves, merchantName: name }), into(moves))).toBe(false)
  })

  it.each([
    'Transfer',
    'TRANSFERS',
    'Xfer 5',
    'Trnsfr',
    'TRF',
    'TFR',
    'Sweep',
    'Autosave',
    'Autopay',
    'Auto Pay',
    'E-Payment',
    'Epayment',
    'Thank you',
    'Payment received',
    'Online payment',
    'ONLINEPMT',
    'Mobile banking payment',
    'Web pymt',
    'Card payment',
    'CRD PAY',
    'Bill payment',
    'Recurring payment',
    'Automatic payment',
    'ACH deposit',
    'Online withdrawal',
    'Web debit',
    'ACH credit',
    'To savings',
    'To my saving',
    'From checking',
    'From chk',
    'To sav',
    'To brokerage',
    'To money market',
    'Moved to',
    'Move from',
    'Wire in',
    'Wire out'
  ])('say transfer: %s makes a round amount after three days a pair with a category', (name) => {
    const late = { date: addDays(DAY, 1) }
    expect(isPaired(out({ name }), into(late))).toBe(true)
    expect(isPaired(out({ name: `x${name}x` }), into(late))).toBe(false)
  })

  it.each(['Withdrawal', 'DEPOSIT', 'Debit', 'Credit', 'Payment'])(
    'hint at a transfer at the start only: %s',
    (name) => {
      const late = { date: addDays(DAY, 1) }
      expect(isPaired(out({ name }), into({ ...late, name: 'Deposit 1' }))).toBe(true)
      expect(isPaired(out({ name: `My ${name}` }), into({ ...late, name: 'Deposit 1' }))).toBe(
        false
      )
      expect(isPaired(out({ name: `${name}s` }), into({ ...late, name: 'Deposit 1' }))).toBe(false)
    }
  )

  it.each([
    'Payroll',
    'Salary',
    'Wages',
    'Dir dep',
    'Direct Deposit',
    'Dividend',
    'Interest',
    'Refund',
    'Return',
    'Reimbursement',
    'Claim',
    'Rent',
    'Mortgage',
    'Loan',
    'Check',
    'Cheque',
    'Insurance',
    'Invoice'
  ])('contradict a transfer: %s is no pair despite an odd amount', (name) => {
    expect(isPaired(out({ name, minor: -5_001n }), into({ minor: 5_001n }))).toBe(false)
    expect(isPaired(out({ name: `x${name}x`, minor: -5_001n }), into({ minor: 5_001n }))).toBe(true)
  })

  it('name a merchant, which is weak evidence against a transfer', () => {
    expect(isPaired(out({ minor: -5_001n, merchantName: 'Gamma' }), into({ minor: 5_001n }))).toBe(
      false
    )
  })

  it('are those of a purchase and its refund if both sides have one payee', () => {
    const roast = (name: string, merchantName: string | null = null) => ({ name, merchantName })
    const pair = (from: object, to: object) =>
      isPaired(out({ minor: -5_001n, ...from }), into({ minor: 5_001n, ...to }))
    expect(pair(roast('CORNER ROAST'), roast('Corner Roast'))).toBe(false)
    expect(pair(roast('Corner Roast'), roast('Corner Toast'))).toBe(true)
    expect(pair(roast('A transfer'), roast('A transfer'))).toBe(true)
    const shop = { ...moves, merchantName: 'Roast' }
    expect(isPaired(out({ ...shop, name: 'X 1' }), into({ ...shop, name: 'Y 2' }))).toBe(true)
  })

  it('share a reference number of five digits or more', () => {
    const pair = (a: string, b: string) => isPaired(out({ name: a }), into({ name: b }))
    expect(pair('Alpha 12345', 'Beta 12345')).toBe(true)
    expect(pair('Alpha 12345', 'Beta 99999 12345')).toBe(true)
    expect(pair('Alpha 1234', 'Beta 1234')).toBe(false)
    expect(pair('Alpha 12345', 'Beta 123456')).toBe(false)
    expect(pair('Alpha', 'Beta')).toBe(false)
  })
})

describe('the name of the other account', () => {
  const names = (name: string, other: Partial<TransferLeg>) => isPaired(out({ name }), into(other))

  it('is recognised by its mask', () => {
    expect(names('To 9876', { accountMask: '9876' })).toBe(true)
    expect(names('To AB12', { accountMask: 'AB12' })).toBe(true)
    expect(names('To 987', { accountMask: '987' })).toBe(true)
    expect(names('To 98', { accountMask: '98' })).toBe(false)
    expect(names('To null', { accountMask: null })).toBe(false)
    expect(names('To 1111', { accountMask: '9876' })).toBe(false)
  })

  it('is recognised by a word of four letters of the account or the institution', () => {
    expect(names('To Rainy', { accountName: 'Rainy Day' })).toBe(true)
    expect(isPaired(out({ merchantName: 'Rainy' }), into({ accountName: 'Rainy Day' }))).toBe(true)
    expect(names('Go to the TARTANS', { institutionName: 'Tartan Bank' })).toBe(true)
    expect(names('To Day', { accountName: 'Wet Day' })).toBe(false)
    expect(names('Unrainy', { accountName: 'Rainy Day' })).toBe(false)
    expect(names('Rain', { accountName: 'Rainy Day' })).toBe(false)
  })

  it.each([
    'Bank',
    'Account',
    'Checking',
    'Savings',
    'Card',
    'Credit',
    'First',
    'National',
    'Union',
    'Federal',
    'Total',
    'Plus',
    'Everyday'
  ])('is not recognised by %s, which many accounts have', (word) => {
    expect(names(`xx ${word}`, { accountName: word })).toBe(false)
  })
})
