/** Investments and Liabilities, with the SDK. The real sandbox answers too, with other values. */
import { type InvestmentsTransactionsGetResponse, type PlaidApi, Products } from 'plaid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as ask from '@/tests/contract/plaid/target'
import { openTarget, type Target } from '@/tests/contract/plaid/target'

let target: Target
let plaid: PlaidApi
beforeAll(async () => {
  target = await openTarget()
  plaid = target.plaid
}, 60_000)
afterAll(() => target.close())

const link = (products: Products[], bank?: string) =>
  ask.link(target, { products, ...(bank ? { bank } : {}) })
const cents = (value: number) => Math.round(value * 100)
const day = (daysAgo: number) =>
  new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)

describe('Holdings', () => {
  it('name their security and add up to the balance of their account', async () => {
    const { access_token } = await link([Products.Investments])
    const { data } = await plaid.investmentsHoldingsGet({ access_token })
    target.check('InvestmentsHoldingsGetResponse', data)
    expect(data.holdings.length).toBeGreaterThan(0)
    const securities = new Set(data.securities.map(({ security_id }) => security_id))
    expect(data.holdings.filter((holding) => !securities.has(holding.security_id))).toEqual([])
    for (const account of data.accounts.filter(({ type }) => String(type) === 'investment')) {
      const held = data.holdings.filter(({ account_id }) => account_id === account.account_id)
      const sum = held.reduce((total, { institution_value }) => total + institution_value, 0)
      expect(cents(sum), account.name).toBe(cents(account.balances.current ?? 0))
    }
  })

  it('are refused for an account without investments, an unknown account and an empty selection', async () => {
    const { access_token } = await link([Products.Investments, Products.Auth])
    const { data } = await plaid.accountsGet({ access_token })
    const checking =
      data.accounts.find(({ type }) => String(type) === 'depository')?.account_id ?? ''
    const holdings = (account_ids: string[]) =>
      ask.refusal(target, plaid.investmentsHoldingsGet({ access_token, options: { account_ids } }))
    expect(await holdings([checking])).toBe('NO_INVESTMENT_ACCOUNTS')
    expect(await holdings(['unknown'])).toBe('INVALID_ACCOUNT_ID')
    expect(await holdings([])).toBe('INVALID_FIELD')
  })
})

describe('Investment transactions', () => {
  it('are read in pages, newest first, and each once', async () => {
    const { access_token } = await link([Products.Investments])
    const read = async (offset: number, count: number) =>
      (
        await plaid.investmentsTransactionsGet({
          access_token,
          start_date: day(729),
          end_date: day(0),
          options: { count, offset }
        })
      ).data
    const all = await read(0, 500)
    target.check('InvestmentsTransactionsGetResponse', all)
    const rows: InvestmentsTransactionsGetResponse['investment_transactions'] = []
    while (rows.length < all.total_investment_transactions)
      rows.push(...(await read(rows.length, 2)).investment_transactions)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows).toEqual(all.investment_transactions)
    const securities = new Set(all.securities.map(({ security_id }) => security_id))
    expect(rows.filter((row) => !securities.has(row.security_id ?? ''))).toEqual([])
    expect(rows.map(({ date }) => date)).toEqual(
      rows
        .map(({ date }) => date)
        .sort()
        .reverse()
    )
  })

  it('are refused with an invalid date', async () => {
    const { access_token } = await link([Products.Investments])
    const call = plaid.investmentsTransactionsGet({
      access_token,
      start_date: 'ABCDEFG1234567',
      end_date: day(0)
    })
    expect(await ask.refusal(target, call)).toBe('INVALID_FIELD')
  })

  it('refreshing sends a webhook', async () => {
    const { access_token } = await link([Products.Investments])
    target.check(
      'InvestmentsRefreshResponse',
      (await plaid.investmentsRefresh({ access_token })).data
    )
  })
})

describe('Liabilities', () => {
  it('state the terms of each card and loan, with payments that are due later', async () => {
    const { access_token } = await link([Products.Liabilities])
    const { data } = await plaid.liabilitiesGet({ access_token })
    target.check('LiabilitiesGetResponse', data)
    const [card] = data.liabilities.credit ?? []
    const [student] = data.liabilities.student ?? []
    expect(card?.minimum_payment_amount).toBeLessThanOrEqual(card?.last_statement_balance ?? 0)
    expect(card?.aprs.map(({ apr_type }) => String(apr_type))).toContain('purchase_apr')
    expect(Date.parse(student?.origination_date ?? '')).toBeLessThan(Date.now())
  })

  it('of a mortgage are listed by a bank that has one', async () => {
    const { access_token } = await link([Products.Liabilities], 'ins_109512')
    const { data } = await plaid.liabilitiesGet({ access_token })
    target.check('LiabilitiesGetResponse', data)
    const [mortgage] = data.liabilities.mortgage ?? []
    expect(mortgage?.next_monthly_payment).toBeGreaterThan(0)
    expect(mortgage?.next_payment_due_date ?? '').toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it('become a product of the Item with their first use', async () => {
    const { access_token } = await link([Products.Transactions])
    const products = async () => (await plaid.itemGet({ access_token })).data.item.billed_products
    expect(await products()).not.toContain(Products.Liabilities)
    await plaid.liabilitiesGet({ access_token })
    expect(await products()).toContain(Products.Liabilities)
  })
})
