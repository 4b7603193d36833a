import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toSyncedTransaction } from '@/lib/services/plaid/map'
import { PlaidTransactionSchema } from '@/lib/services/plaid/wire'
import { plaidTransaction } from '@/tests/support/plaid/plaid-transaction'

/** As it comes off the wire, through JSON text. */
const row = (more: Record<string, unknown> = {}) =>
  toSyncedTransaction(
    PlaidTransactionSchema.parse(JSON.parse(JSON.stringify(plaidTransaction(more))))
  )

describe('toTransactionRow', () => {
  it('keeps the visible fields, and makes money out negative', () => {
    expect(row()).toEqual({
      plaidTransactionId: 't1',
      pendingTransactionId: null,
      plaidAccountId: 'a1',
      amount: { minor: -1250n, currency: 'USD' },
      date: '2026-03-08',
      authorizedOn: '2026-03-07',
      name: 'SQ *COFFEE 0042',
      merchantName: 'Coffee House',
      categoryPrimary: 'FOOD_AND_DRINK',
      categoryDetailed: 'FOOD_AND_DRINK_COFFEE',
      paymentChannel: 'in store',
      pending: false
    })
  })

  it('makes money in positive', () =>
    expect(row({ amount: -2_000 }).amount).toEqual({ minor: 200_000n, currency: 'USD' }))

  it('inverts every sign exactly once: the mapped sum is minus Plaid’s sum', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99_999_999, max: 99_999_999 })), (cents) => {
        const sum = cents
          .map((cent) => row({ amount: cent / 100 }).amount.minor)
          .reduce((a, b) => a + b, 0n)
        expect(sum).toBe(-cents.reduce((a, b) => a + BigInt(b), 0n))
      })
    )
  })

  it('reads any amount of up to 15 digits as the written decimal, not as its binary neighbour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.integer({ min: 0, max: 9_999_999 }),
        (whole, fraction) => {
          const decimals = String(fraction).padStart(7, '0')
          const up = Number(decimals[2]) >= 5 ? 1n : 0n
          const json = `{"amount": ${whole}.${decimals}}`
          const { amount } = row(JSON.parse(json))
          expect(amount.minor).toBe(-(BigInt(whole) * 100n + BigInt(decimals.slice(0, 2)) + up))
        }
      )
    )
  })

  it.each([
    [1.005, -101n],
    [-1.005, 101n],
    [0.1 + 0.2, -30n],
    [1e-7, 0n],
    [-0, 0n],
    [1e21, -100_000_000_000_000_000_000_000n]
  ])('rounds %d by its decimal digits, half away from zero', (amount, minor) =>
    expect(row({ amount }).amount.minor).toBe(minor)
  )

  it.each([
    ['JPY', null, 1_234, -1_234n, 'JPY'],
    ['BHD', null, 1.2345, -1_235n, 'BHD'],
    [null, 'BTC', 0.12345678, -12_345_678n, 'BTC'],
    [null, 'USDT', 1.5, -150_000_000n, 'USDT'],
    [null, null, 3.5, -350n, 'XXX']
  ])('keeps the scale of iso %s or unofficial %s', (iso, unofficial, amount, minor, currency) => {
    expect(
      row({ amount, iso_currency_code: iso, unofficial_currency_code: unofficial }).amount
    ).toEqual({ minor, currency })
  })

  it('accepts null in every nullable field', () => {
    const bare = row({
      authorized_date: null,
      merchant_name: null,
      personal_finance_category: null,
      payment_channel: null
    })
    expect(bare).toMatchObject({
      authorizedOn: null,
      merchantName: null,
      categoryPrimary: null,
      categoryDetailed: null,
      paymentChannel: null
    })
    expect(row({ name: null }).name).toBe('Coffee House')
    expect(row({ name: null, merchant_name: null }).name).toBe('Transaction')
  })

  it('links a posted transaction to the pending one it settles', () =>
    expect(row({ pending_transaction_id: 'p1' }).pendingTransactionId).toBe('p1'))

  it('keeps dates as written, in any server time zone', () =>
    expect(row({ date: '2026-01-01' }).date).toBe('2026-01-01'))

  it('keeps unknown categories and channels', () => {
    const strange = row({
      personal_finance_category: { primary: 'SPACE', detailed: 'SPACE_TRAVEL' },
      payment_channel: 'telepathy'
    })
    expect(strange).toMatchObject({
      categoryPrimary: 'SPACE',
      categoryDetailed: 'SPACE_TRAVEL',
      paymentChannel: 'telepathy'
    })
  })
})
