import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialsOf, readableName, transactionName } from '@/lib/domain/transactions/readable-name'

describe('the name of a transaction', () => {
  it.each([
    ['MORTGAGE PAYMENT', 'Mortgage payment'],
    ['INTRST PYMNT', 'Interest payment'],
    ['AUTOMATIC PAYMENT - THANK YOU', 'Automatic payment thank you'],
    ['CREDIT CARD 3333 PAYMENT *//', 'Credit card 3333 payment'],
    ['CD DEPOSIT .INITIAL.', 'CD deposit initial.'],
    ['ATM WITHDRAWAL', 'ATM withdrawal'],
    ['BLUE BOTTLE COFFEE', 'Blue Bottle Coffee'],
    ['BANK OF THE WEST', 'Bank of the West'],
    ["TRADER JOE'S", "Trader Joe's"],
    ["O'REILLY AUTO PARTS", "O'Reilly Auto Parts"],
    ['WAL-MART', 'Wal-Mart'],
    ['UBER 063015 SF**POOL**', 'Uber 063015 SF Pool'],
    ['CVS PHARMACY', 'CVS Pharmacy'],
    ['CAFÉ ÉTOILE', 'Café Étoile']
  ])('%s is shown as %s', (name, shown) => {
    expect(readableName(name)).toBe(shown)
  })

  it.each([
    'Starbucks',
    'McDonald’s',
    'IKEA',
    'H&M',
    'ACH Electronic CreditGUSTO PAY',
    '7-11',
    '東京'
  ])('%s stays as it is', (name) => {
    expect(readableName(name)).toBe(name)
  })

  it('is the merchant’s, else the bank’s description', () => {
    expect(transactionName({ merchantName: 'Uber', name: 'UBER 063015' })).toBe('Uber')
    expect(transactionName({ merchantName: null, name: 'RENT PAYMENT' })).toBe('Rent payment')
  })

  it('is never empty and does not change a second time', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const shown = readableName(name)
        expect(shown.length).toBeGreaterThan(0)
        expect(readableName(shown.toLowerCase())).toBe(shown.toLowerCase())
      })
    )
  })
})

describe('initials', () => {
  it.each([
    ['Blue Bottle Coffee', 'BB'],
    ['Starbucks', 'S'],
    ['Bank of the West', 'BW'],
    ['7-Eleven', '7E'],
    ['*', '*']
  ])('%s has the initials %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})
