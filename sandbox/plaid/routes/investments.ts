/** /investments/holdings/get, /investments/transactions/get and /investments/refresh. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { type Portfolio, portfolioOf, type Trade } from '@/sandbox/plaid/investments/portfolio'
import {
  FUNDS,
  type Fund,
  toWireCash,
  toWireSecurity
} from '@/sandbox/plaid/investments/securities'
import { requireHealthyItem, today, toWireAccounts, toWireItem } from '@/sandbox/plaid/items'
import { isIsoDate, toIso } from '@/sandbox/plaid/logins/calendar'
import { addProduct } from '@/sandbox/plaid/products'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { accountIds, fields, route } from '@/sandbox/plaid/request'
import { generatedDataFor, idFor } from '@/sandbox/plaid/transactions/event-log'
import { sendForItem } from '@/sandbox/plaid/webhooks'

const date = z.string().refine(isIsoDate, "must be a string of the format 'YYYY-MM-DD'")
const HoldingsSchema = fields({
  access_token: z.string(),
  options: z.strictObject({ account_ids: accountIds.optional() }).prefault({})
})
const TransactionsSchema = fields({
  access_token: z.string(),
  start_date: date,
  end_date: date,
  options: z
    .strictObject({
      account_ids: accountIds.optional(),
      count: z.number().int().min(1).max(500).default(100),
      offset: z.number().int().min(0).default(0),
      async_update: z.boolean().optional()
    })
    .prefault({})
})

export function addInvestmentRoutes(plaid: Plaid): void {
  route(plaid, '/investments/holdings/get', HoldingsSchema, ({ access_token, options }) => {
    const found = readPortfolios(plaid, access_token, options.account_ids)
    const asOf = toIso(today(plaid))
    const holdings = found.portfolios.flatMap(({ account, portfolio }) =>
      portfolio.positions.map((position) => toWireHolding(account, position, asOf))
    )
    return { accounts: found.accounts, item: toWireItem(found.item), holdings, ...found.wire }
  })
  route(
    plaid,
    '/investments/transactions/get',
    TransactionsSchema,
    ({ access_token, start_date, end_date, options }) => {
      const found = readPortfolios(plaid, access_token, options.account_ids)
      const rows = found.portfolios
        .flatMap(({ account, portfolio }) =>
          portfolio.trades.map((trade) => toWireTrade(found.item, account, trade))
        )
        .filter((row) => row.date >= start_date && row.date <= end_date)
        .sort((a, b) => b.date.localeCompare(a.date))
      return {
        accounts: found.accounts,
        item: toWireItem(found.item),
        investment_transactions: rows.slice(options.offset, options.offset + options.count),
        total_investment_transactions: rows.length,
        ...found.wire,
        securities: [
          ...found.wire.securities,
          ...found.accounts.slice(0, 1).map((account) => toWireCash(CASH_ID, currencyOf(account)))
        ]
      }
    }
  )
  route(plaid, '/investments/refresh', fields({ access_token: z.string() }), ({ access_token }) => {
    const { item } = readPortfolios(plaid, access_token)
    sendForItem(plaid, item, 'HOLDINGS', 'DEFAULT_UPDATE', {
      error: null,
      new_holdings: 0,
      updated_holdings: FUNDS.length
    })
    return {}
  })
}

/** These endpoints also return the borrowed part of a balance. Nothing is borrowed here. */
const withMargin = (account: WireAccount) => ({
  ...account,
  balances: { ...account.balances, margin_loan_amount: null }
})

type WireAccount = ReturnType<typeof toWireAccounts>[number]

function readPortfolios(plaid: Plaid, accessToken: string, ids?: string[]) {
  const healthy = requireHealthyItem(plaid, accessToken)
  const accounts = toWireAccounts(plaid, healthy, ids)
  const invested = accounts.filter(({ type }) => type === 'investment')
  const item = addProduct(plaid, healthy, 'investments')
  if (invested.length === 0) throw new PlaidApiError('NO_INVESTMENT_ACCOUNTS')
  const day = item.startedAt ? item.through : today(plaid)
  const data = generatedDataFor(plaid, item, day)
  const keys = new Map(item.accounts.map(({ id, key }) => [id, key]))
  const portfolios = invested.map((account) => {
    const key = keys.get(account.account_id)
    const bankAccount = data.accounts.find((candidate) => candidate.key === key)
    const postings = data.postings.filter((posting) => posting.account === key)
    const portfolio: Portfolio = bankAccount
      ? portfolioOf(bankAccount, postings, day, account.balances.current)
      : { positions: [], trades: [] }
    return { account, portfolio }
  })
  const held = portfolios.flatMap(({ account, portfolio }) =>
    portfolio.positions.map(({ fund, price }) => ({ fund, price, account }))
  )
  const securities = FUNDS.flatMap((fund) => {
    const first = held.find((position) => position.fund === fund)
    const quote = first && { price: first.price, asOf: toIso(day), ...currencyOf(first.account) }
    return quote ? [toWireSecurity(fund, securityId(fund), quote)] : []
  })
  return {
    item,
    accounts: accounts.map(withMargin),
    portfolios,
    wire: { securities, is_investments_fallback_item: false }
  }
}

const CASH_ID = idFor('security', 'cash')
const securityId = ({ key }: Fund) => idFor('security', key)

const currencyOf = ({ balances }: WireAccount) => ({
  iso_currency_code: balances.iso_currency_code,
  unofficial_currency_code: balances.unofficial_currency_code
})

const toWireHolding = (
  account: WireAccount,
  position: Portfolio['positions'][number],
  asOf: string
) => ({
  account_id: account.account_id,
  security_id: securityId(position.fund),
  quantity: position.quantity,
  institution_price: position.price,
  institution_price_as_of: asOf,
  institution_price_datetime: null,
  institution_value: position.value,
  cost_basis: position.cost,
  ...currencyOf(account),
  vested_quantity: null,
  vested_value: null
})

const toWireTrade = (item: ItemRecord, account: WireAccount, trade: Trade) => ({
  investment_transaction_id: idFor(item.id, account.account_id, 'trade', trade.key),
  cancel_transaction_id: null,
  account_id: account.account_id,
  security_id: trade.fund ? securityId(trade.fund) : CASH_ID,
  date: toIso(trade.day),
  transaction_datetime: null,
  name: trade.fund ? `BUY ${trade.fund.name}` : 'DEPOSIT',
  type: trade.fund ? 'buy' : 'cash',
  subtype: trade.kind,
  quantity: trade.quantity,
  amount: trade.amount,
  price: trade.price,
  fees: 0,
  ...currencyOf(account)
})
