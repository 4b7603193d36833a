/** Rows as Plaid's sandbox sent them (holdings of the SDK Going.Plaid, transactions of plaid-ruby). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gainOf } from '@/lib/domain/connections/investment'
import * as AccountService from '@/lib/services/plaid'
import { captureLogs } from '@/tests/support/leaks'
import { ACCESS_TOKEN, startScriptedPlaid } from '@/tests/support/plaid/scripted-plaid'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())

const context = { userId: 'u1', connectionId: 'c1' }
const USD = { iso_currency_code: 'USD', unofficial_currency_code: null }
const usd = (minor: bigint) => ({ minor, currency: 'USD' })
const SECURITIES = [
  {
    security_id: 'bond',
    name: 'DoubleLine Total Return Bond',
    ticker_symbol: 'DBLTX',
    type: 'mutual fund'
  },
  {
    security_id: 'tiger',
    name: 'Matthews Pacific Tiger Fund',
    ticker_symbol: null,
    type: 'mutual fund'
  },
  { security_id: 'dollar', name: 'U S Dollar', ticker_symbol: 'USD', type: 'cash' }
]
const holding = (more: Record<string, unknown> = {}) => ({
  account_id: 'ira',
  security_id: 'bond',
  quantity: 2,
  institution_price: 10.42,
  institution_price_as_of: '2021-05-25',
  institution_value: 20.84,
  cost_basis: 10,
  ...USD,
  ...more
})

function holdings(...rows: unknown[]) {
  plaid.answer(() => ({
    body: { accounts: [], holdings: rows, securities: SECURITIES, request_id: 'req-1' }
  }))
  return AccountService.listHoldings(context, ACCESS_TOKEN)
}

describe('listHoldings', () => {
  it('has value and cost in cents, and units and prices with every digit', async () => {
    expect(await holdings(holding())).toEqual([
      {
        plaidAccountId: 'ira',
        plaidSecurityId: 'bond',
        name: 'DoubleLine Total Return Bond',
        ticker: 'DBLTX',
        type: 'mutual fund',
        quantity: '2',
        price: '10.42',
        pricedOn: '2021-05-25',
        value: usd(2_084n),
        cost: usd(1_000n),
        currency: 'USD'
      }
    ])
    const small = { quantity: 1e-7, institution_price: 0.011, institution_value: 110 }
    expect(await holdings(holding(small))).toMatchObject([
      { quantity: '0.0000001', price: '0.011', value: usd(11_000n) }
    ])
  })

  it('says nothing where the institution says nothing, and does not multiply units by prices', async () => {
    const [one] = await holdings(
      holding({ security_id: 'unlisted', institution_value: null, cost_basis: null })
    )
    expect(one).toMatchObject({ name: 'Security', ticker: null, value: null, cost: null })
  })

  it('leaves out an unreadable row and logs how many, without the row', async () => {
    const logged = captureLogs()
    expect(await holdings(holding({ quantity: 'secret' }), holding())).toHaveLength(1)
    expect(logged()).toMatch(/"count":1.*plaid\.rows_unreadable/)
    expect(logged()).not.toContain('secret')
  })
})

describe('the gain of a holding', () => {
  it('is value minus cost, and unknown without both in one currency', () => {
    expect(gainOf({ value: usd(2_084n), cost: usd(1_000n) })).toEqual(usd(1_084n))
    expect(gainOf({ value: usd(1n), cost: usd(100n) })).toEqual(usd(-99n))
    expect(gainOf({ value: usd(1n), cost: null })).toBeNull()
    expect(gainOf({ value: null, cost: usd(1n) })).toBeNull()
    expect(gainOf({ value: usd(1n), cost: { minor: 1n, currency: 'CAD' } })).toBeNull()
  })
})

const trade = (n: number, more: Record<string, unknown> = {}) => ({
  investment_transaction_id: `t${n}`,
  account_id: 'ira',
  security_id: 'tiger',
  amount: -1289.01,
  date: '2019-06-03',
  fees: null,
  name: 'SELL Matthews Pacific Tiger Fund Insti Class',
  price: 27.53,
  quantity: 47.74104242992852,
  type: 'sell',
  subtype: 'sell',
  ...USD,
  ...more
})
const DAYS = { from: '2017-06-05', to: '2019-06-05' }
const read = () => AccountService.listInvestmentTransactions(context, ACCESS_TOKEN, DAYS)

function pagesOf(all: unknown[], size: number) {
  plaid.answer(({ body }) => {
    const { offset } = (body as { options: { offset: number } }).options
    return {
      body: {
        investment_transactions: all.slice(offset, offset + size),
        securities: SECURITIES,
        total_investment_transactions: all.length,
        request_id: 'req-1'
      }
    }
  })
}

describe('listInvestmentTransactions', () => {
  it('counts cash that comes in as positive, in cents', async () => {
    pagesOf([trade(1), trade(2, { amount: 7.7, type: 'buy', fees: 0.5 })], 500)
    const { rows, from } = await read()
    expect(from).toBe('2017-06-05')
    expect(rows).toMatchObject([
      {
        plaidTransactionId: 't1',
        date: '2019-06-03',
        kind: 'sell',
        amount: usd(128_901n),
        quantity: '47.74104242992852',
        price: '27.53',
        fees: null
      },
      { plaidTransactionId: 't2', kind: 'buy', amount: usd(-770n), fees: usd(50n) }
    ])
  })

  it('names the symbol of a fund, and none for a deposit of cash', async () => {
    pagesOf([trade(1, { security_id: 'bond' }), trade(2, { security_id: 'dollar' })], 500)
    expect((await read()).rows.map(({ ticker }) => ticker)).toEqual(['DBLTX', null])
  })

  it('reads every page, each row once', async () => {
    const all = Array.from({ length: 7 }, (_, n) => trade(n))
    pagesOf(all, 3)
    const before = plaid.asked.length
    expect((await read()).rows.map(({ plaidTransactionId }) => plaidTransactionId)).toEqual(
      all.map(({ investment_transaction_id }) => investment_transaction_id)
    )
    expect(
      plaid.asked.slice(before).map(({ body }) => (body.options as { offset: number }).offset)
    ).toEqual([0, 3, 6])
  })

  it('stops after twenty pages, and says since when the rows are complete', async () => {
    const day = (n: number) => `2019-05-${String(30 - n).padStart(2, '0')}`
    pagesOf(
      Array.from({ length: 25 }, (_, n) => trade(n, { date: day(n) })),
      1
    )
    const { rows, from } = await read()
    expect(rows).toHaveLength(20)
    expect(from).toBe(day(18))
  })

  it('leaves out a row whose amount cannot be stored', async () => {
    pagesOf([trade(1, { amount: '1'.padEnd(40, '0') }), trade(2)], 500)
    expect((await read()).rows.map(({ plaidTransactionId }) => plaidTransactionId)).toEqual(['t2'])
  })

  it('ends when a page is empty before the announced total', async () => {
    plaid.answer(() => ({
      body: {
        investment_transactions: [],
        securities: [],
        total_investment_transactions: 3,
        request_id: 'req-1'
      }
    }))
    expect((await read()).rows).toEqual([])
  })
})
