import { describe, expect, it } from 'vitest'
import { addDays } from '@/lib/domain/periods'
import { findPairs, type TransferLeg } from '@/lib/domain/transactions/transfer-pairs'

const DAY = '2026-03-02'
/** A row that says nothing about a transfer. */
const plain = (id: string, more: Partial<TransferLeg>): TransferLeg => ({
  id,
  accountId: 'checking',
  accountType: 'depository',
  accountMask: null,
  accountName: 'Checking',
  institutionName: 'Bank',
  date: DAY,
  minor: -5_000n,
  currency: 'USD',
  name: 'Alpha',
  merchantName: null,
  categoryPrimary: null,
  categoryDetailed: null,
  alike: 1,
  ...more
})
const out = (more: Partial<TransferLeg> = {}, id = 'out') => plain(id, more)
const into = (more: Partial<TransferLeg> = {}, id = 'in') =>
  plain(id, { accountId: 'savings', accountName: 'Savings', minor: 5_000n, name: 'Beta', ...more })
const paired = (...legs: TransferLeg[]) =>
  findPairs(legs).map(({ outId, inId }) => `${outId}-${inId}`)
const isPaired = (...legs: TransferLeg[]) => paired(...legs).length === 1
const moves = { categoryPrimary: 'TRANSFER_OUT' }
const odd = (minor = 5_001n) => [out({ minor: -minor }), into({ minor })] as const

describe('a possible transfer', () => {
  it('is no pair by equal days and a round amount alone, and one by an odd amount', () => {
    expect(isPaired(out(), into())).toBe(false)
    expect(isPaired(...odd())).toBe(true)
    expect(isPaired(...odd(5_100n))).toBe(false)
  })

  it.each([
    [-3, false],
    [-2, false],
    [-1, false],
    [0, true],
    [1, true],
    [2, true],
    [3, true],
    [4, false],
    [5, false],
    [6, false]
  ])('of a transfer category on one side that arrives after %i days is a pair: %s', (days, is) => {
    expect(isPaired(out(moves), into({ date: addDays(DAY, days) }))).toBe(is)
  })

  it.each([
    [-3, false],
    [-2, true],
    [5, true],
    [6, false]
  ])(
    'of transfer categories on both sides that arrives after %i days is a pair: %s',
    (days, is) => {
      expect(isPaired(out(moves), into({ ...moves, date: addDays(DAY, days) }))).toBe(is)
    }
  )

  it('never has an amount of zero, the same account twice, or two currencies', () => {
    expect(paired(out({ ...moves, minor: 0n }), into({ ...moves, minor: 0n }))).toEqual([])
    expect(isPaired(out(moves), into({ ...moves, accountId: 'checking' }))).toBe(false)
    expect(isPaired(out(moves), into({ ...moves, currency: 'EUR' }))).toBe(false)
  })

  it('is no pair where two equal arrivals compete and one would be left alone', () => {
    const rivals = ['a', 'b'].map((id) => into({ ...moves, accountId: 'a' }, id))
    const third = into({ ...moves, accountId: 'c' }, 'c')
    const second = out({ ...moves, accountId: 'a' }, 'second')
    expect(paired(out(moves, 'first'), second, ...rivals, third)).toEqual([])
    expect(paired(second, third)).toEqual(['second-c'])
  })
})

describe('a payment of a card', () => {
  const legs = (from: string, to: string) => [
    out({ name: 'WITHDRAWAL', accountType: from }),
    into({ accountType: to, date: addDays(DAY, 1) })
  ]

  it('from a deposit account needs less evidence', () => {
    expect(isPaired(...legs('depository', 'credit'))).toBe(true)
    expect(isPaired(...legs('credit', 'credit'))).toBe(false)
    expect(isPaired(...legs('depository', 'depository'))).toBe(false)
    expect(isPaired(...legs('credit', 'depository'))).toBe(false)
  })

  it('may be categorised as a loan payment, to a card only', () => {
    const loan = { categoryPrimary: 'LOAN_PAYMENTS', name: 'Payment thank you' }
    expect(isPaired(out(loan), into({ accountType: 'credit', name: 'Payment thank you' }))).toBe(
      true
    )
    expect(isPaired(out(loan), into({ name: 'Payment thank you' }))).toBe(false)
  })
})

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

describe('a category', () => {
  it.each(['TRANSFER_IN', 'TRANSFER_OUT', 'LOAN_DISBURSEMENTS'])(
    'says transfer: %s on both sides',
    (categoryPrimary) => {
      const late = { categoryPrimary, date: addDays(DAY, 5) }
      expect(isPaired(out({ categoryPrimary }), into(late))).toBe(true)
    }
  )

  it('says transfer by its detail too', () => {
    const card = {
      categoryPrimary: 'LOAN_PAYMENTS',
      categoryDetailed: 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT'
    }
    expect(isPaired(out(card), into())).toBe(true)
    expect(isPaired(out({ ...card, categoryPrimary: null }), into())).toBe(true)
  })

  it.each(['INCOME', 'FOOD_AND_DRINK', 'RENT_AND_UTILITIES'])(
    'of income or spending on either side rules a pair out: %s',
    (categoryPrimary) => {
      expect(isPaired(out({ categoryPrimary, name: 'Transfer' }), into(moves))).toBe(false)
      expect(isPaired(out(moves), into({ categoryPrimary, name: 'Transfer' }))).toBe(false)
    }
  )

  it('that says nothing does not rule it out', () => {
    expect(isPaired(out({ categoryPrimary: 'OTHER' }), into(moves))).toBe(true)
  })
})

describe('rows that repeat', () => {
  const monthly = (count: number, make: typeof out, name: string, alike: number) =>
    Array.from({ length: count }, (_, n) =>
      make({ date: addDays(DAY, n * 30), alike }, `${name}${n}`)
    )
  const both = (count: number, alike: number, inAlike = alike) =>
    paired(...monthly(count, out, 'out', alike), ...monthly(count, into, 'in', inAlike))

  it('on both accounts together are transfers, from three times on', () => {
    expect(both(3, 3)).toEqual(['out0-in0', 'out1-in1', 'out2-in2'])
    expect(both(2, 2)).toEqual([])
    expect(both(3, 3, 1)).toEqual([])
  })

  it('may be missing once in five times', () => {
    expect(both(4, 5)).toHaveLength(4)
    expect(both(3, 4)).toEqual([])
  })

  it('on one account are no transfer if most have no counterpart', () => {
    expect(isPaired(out({ ...moves, alike: 3 }), into())).toBe(false)
    expect(isPaired(out({ ...moves, alike: 2 }), into())).toBe(true)
    expect(isPaired(out(moves), into({ alike: 3 }))).toBe(false)
    const half = monthly(2, (more, id) => out({ ...moves, ...more }, id), 'out', 4)
    expect(paired(...half, ...monthly(2, into, 'in', 1))).toHaveLength(2)
  })

  it('are counted per account, amount and name', () => {
    const others = ['Gamma', 'Delta'].map((name, n) =>
      out({ ...moves, name, date: addDays(DAY, 60 + n * 30) }, name)
    )
    const arrivals = others.map(({ date }, n) => into({ date }, `in${n}`))
    expect(paired(out({ ...moves, alike: 3 }), into(), ...others, ...arrivals)).toEqual([
      'Delta-in1',
      'Gamma-in0'
    ])
  })
})
