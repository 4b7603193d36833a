import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CSV_HEADER, toCsvCell, toCsvRow } from '@/app/_lib/csv'
import { transactionFixture } from '@/tests/support/fixtures/api'

describe('a cell of the export', () => {
  it.each([
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+1 555', "'+1 555"],
    ['-cmd', "'-cmd"],
    ['@sum', "'@sum"],
    [' =1+1', "' =1+1"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['-12.50', '-12.50'],
    ['Nonna, Lucia', '"Nonna, Lucia"'],
    ['two\nlines', '"two\nlines"'],
    ['Café', 'Café']
  ])('%j is written as %j', (text, cell) => expect(toCsvCell(text)).toBe(cell))

  it('starts with nothing that a spreadsheet would run, whatever a bank sends', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('', '=', '+', '-', '@', ' =', '\t', '\r'),
        (rest, start) => {
          const cell = toCsvCell(start + rest).replace(/^"/, '')
          expect(/^\s*[=+@\t\r]/.test(cell) || (/^\s*-/.test(cell) && !/^-\d/.test(cell))).toBe(
            false
          )
        }
      )
    )
  })
})

describe('a line of the export', () => {
  it('contains the amount as plain decimals with its sign', () => {
    const row = transactionFixture(1, {
      id: 'id-1',
      amount: { minor: '-1250', currency: 'USD' },
      date: '2026-03-04',
      name: 'CORNER ROAST',
      merchantName: 'Corner Roast',
      category: 'FOOD_AND_DRINK',
      accountMask: '0000',
      institutionName: 'First Platypus Bank',
      note: '=1+1',
      tags: ['trip', 'Lisbon'],
      part: { n: 2, of: 3, whole: { minor: '-5000', currency: 'USD' } }
    })
    const [before = '', after = ''] = toCsvRow(row).split(`'=1+1,"trip, Lisbon",`)
    expect(before).toBe(
      '2026-03-04,,Corner Roast,CORNER ROAST,Food and drink,spending,-12.50,USD,no,'
    )
    expect(after).toMatch(/(^|,)2 of 3,Checking,0000,First Platypus Bank,id-1\r\n$/)
  })

  it('has a cell for each heading', () => {
    expect(CSV_HEADER).toMatch(
      /^\uFEFFDate,Authorized on,Merchant,Description,Category,Kind,Amount,Currency,Pending,Note,Tags,(.*,)?Part,Account,Account ending,Bank,Id\r\n$/
    )
    expect(toCsvRow(transactionFixture(1)).split(',')).toHaveLength(CSV_HEADER.split(',').length)
  })
})
