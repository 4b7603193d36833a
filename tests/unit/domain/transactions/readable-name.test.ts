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
    ['CAFÉ ÉTOILE', 'Café Étoile'],
    ["(O'REILLY)", "(O'Reilly)"],
    ['- COFFEE - AND - - TEA', 'Coffee and Tea'],
    ['...INITIAL DEPOSIT', 'Initial deposit'],
    ['U.S. BANK', 'U.S. Bank']
  ])('%s is shown as %s', (name, shown) => {
    expect(readableName(name)).toBe(shown)
  })

  it.each([
    ['TRANSFER TO SAVINGS', 'Transfer to savings'],
    ['MONTHLY FEE', 'Monthly fee'],
    ['LATE CHARGE', 'Late charge'],
    ['CARD PURCHASE', 'Card purchase'],
    ['TAX REFUND', 'Tax refund'],
    ['STOCK DIVIDEND', 'Stock dividend'],
    ['MOBILE CREDIT', 'Mobile credit'],
    ['DIRECT DEBIT', 'Direct debit'],
    ['BALANCE ADJUSTMENT', 'Balance adjustment'],
    ['PAPER CHECK', 'Paper check'],
    ['(PAYMENT), THANK YOU!', '(Payment), thank you!'],
    ['CASHMERE SHOP', 'Cashmere Shop']
  ])('%s is a sentence only with a word of a bank’s booking: %s', (name, shown) => {
    expect(readableName(name)).toBe(shown)
  })

  it.each([
    ['MOBILE PYMT', 'Mobile payment'],
    ['ONLINE PMT', 'Online payment'],
    ['MOBILE DEP', 'Mobile deposit'],
    ['XFER TO SAVINGS', 'Transfer to savings'],
    ['CASH WDRL', 'Cash withdrawal'],
    ['SVC CHARGE', 'Service charge']
  ])('the abbreviation in %s is written out: %s', (name, shown) => {
    expect(readableName(name)).toBe(shown)
  })

  it.each([
    ['ACH DEBIT', 'ACH debit'],
    ['POS PURCHASE', 'POS purchase'],
    ['PAINTS USA', 'Paints USA'],
    ['US MOBILE', 'US Mobile'],
    ['TRAINS UK', 'Trains UK'],
    ['IRA CONTRIBUTION', 'IRA Contribution'],
    ['IRS PAYMENT', 'IRS payment'],
    ['THE UPS STORE', 'The UPS Store'],
    ['USPS STAMPS', 'USPS Stamps'],
    ['AWS CLOUD', 'AWS Cloud']
  ])('%s keeps its abbreviation: %s', (name, shown) => {
    expect(readableName(name)).toBe(shown)
  })

  it.each([
    ['BED AND BREAKFAST', 'Bed and Breakfast'],
    ['DINNER AT EIGHT', 'Dinner at Eight'],
    ['FEED FOR PETS', 'Feed for Pets'],
    ['GIFTS FROM HOME', 'Gifts from Home'],
    ['MADE IN OREGON', 'Made in Oregon'],
    ['CAFE ON MAIN', 'Cafe on Main'],
    ['TRICK OR TREAT', 'Trick or Treat'],
    ['FARM TO TABLE', 'Farm to Table'],
    ['ROOM WITH VIEW', 'Room with View']
  ])('%s has a small word: %s', (name, shown) => {
    expect(readableName(name)).toBe(shown)
  })

  it.each([
    'Starbucks',
    'McDonald’s',
    'IKEA',
    'H&M',
    'ACH Electronic CreditGUSTO PAY',
    '7-11',
    ' IKEA ',
    '123 * 456',
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
    ['- Blue  Bottle', 'BB'],
    ['Uber *Eats', 'U'],
    ['*', '*']
  ])('%s has the initials %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})
