import 'server-only'
import type {
  SyncedHolding,
  SyncedInvestmentTransaction
} from '@/lib/domain/connections/investment'
import type { CalendarDate } from '@/lib/domain/dates'
import { isStorable, toMoney, toPlainDecimal } from '@/lib/domain/money/money'
import { addDays } from '@/lib/domain/periods'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { balance, currencyOf } from '@/lib/services/plaid/map'
import { parseRows } from '@/lib/services/plaid/parse-rows'
import {
  HoldingsResponse,
  InvestmentTransactionsResponse,
  PlaidHoldingSchema,
  type PlaidInvestmentTransaction,
  PlaidInvestmentTransactionSchema,
  type PlaidSecurity,
  PlaidSecuritySchema
} from '@/lib/services/plaid/wire'

const DEADLINE_MS = 30_000
const METHOD = '/investments/transactions/get'
const PAGE_SIZE = 500
/** Ten thousand rows; older ones of a very active account are not read. */
const MAX_PAGES = 20

const securitiesById = (rows: unknown[]) =>
  new Map(
    parseRows('/investments securities', PlaidSecuritySchema, rows).map((one) => [
      one.security_id,
      one
    ])
  )

/** The value that the institution states, else nothing: units times price would be a guess. */
export async function listHoldings(
  context: CallContext,
  accessToken: string
): Promise<SyncedHolding[]> {
  const about = {
    method: '/investments/holdings/get',
    retry: true,
    deadlineMs: DEADLINE_MS,
    context
  }
  const answer = await callPlaid(about, HoldingsResponse, (api, options) =>
    api.investmentsHoldingsGet({ access_token: accessToken }, options)
  )
  const securities = securitiesById(answer.securities)
  const found = parseRows(about.method, PlaidHoldingSchema, answer.holdings).map(
    (row): SyncedHolding => {
      const currency = currencyOf(row)
      return {
        plaidAccountId: row.account_id,
        plaidSecurityId: row.security_id,
        ...nameOf(securities.get(row.security_id)),
        type: securities.get(row.security_id)?.type ?? null,
        quantity: toPlainDecimal(row.quantity),
        price: row.institution_price && toPlainDecimal(row.institution_price),
        pricedOn: row.institution_price_as_of,
        value: balance(row.institution_value, currency),
        cost: balance(row.cost_basis, currency),
        currency
      }
    }
  )
  const key = (one: SyncedHolding) => JSON.stringify([one.plaidAccountId, one.plaidSecurityId])
  return [...new Map(found.map((one) => [key(one), one])).values()]
}

const nameOf = (security: PlaidSecurity | undefined) => ({
  name: security?.name ?? security?.ticker_symbol ?? 'Security',
  ticker: security?.ticker_symbol ?? null
})

/**
 * All investment transactions of these days, newest first. `from` is the first day that was read
 * completely.
 * @throws IntegrationError; NO_INVESTMENT_ACCOUNTS, PRODUCT_NOT_READY until Plaid has read them.
 */
export async function listInvestmentTransactions(
  context: CallContext,
  accessToken: string,
  days: { from: CalendarDate; to: CalendarDate }
): Promise<{ rows: SyncedInvestmentTransaction[]; from: CalendarDate }> {
  const found = new Map<string, SyncedInvestmentTransaction>()
  let { from } = days
  for (let page = 0, read = 0, total = 1; read < total; page++) {
    if (page === MAX_PAGES) {
      // The oldest day that was read may have more rows.
      from = addDays([...found.values()].at(-1)?.date ?? days.to, 1)
      break
    }
    const answer = await readPage(context, accessToken, { ...days, offset: read })
    const securities = securitiesById(answer.securities)
    const rows = answer.investment_transactions
    for (const row of parseRows(METHOD, PlaidInvestmentTransactionSchema, rows)) {
      const one = toInvestmentTransaction(row, securities)
      if (isStorable(one.amount)) found.set(one.plaidTransactionId, one)
    }
    total = answer.total_investment_transactions
    read += rows.length
    if (rows.length === 0) break
  }
  return { rows: [...found.values()], from }
}

function readPage(
  context: CallContext,
  accessToken: string,
  { from, to, offset }: { from: CalendarDate; to: CalendarDate; offset: number }
) {
  const about = {
    method: METHOD,
    retry: true,
    deadlineMs: DEADLINE_MS,
    context
  }
  const request = {
    access_token: accessToken,
    start_date: from,
    end_date: to,
    options: { count: PAGE_SIZE, offset }
  }
  return callPlaid(about, InvestmentTransactionsResponse, (api, options) =>
    api.investmentsTransactionsGet(request, options)
  )
}

/** Plaid's positive is cash that leaves the account; ours is cash that comes in. */
function toInvestmentTransaction(
  row: PlaidInvestmentTransaction,
  securities: ReadonlyMap<string, PlaidSecurity>
): SyncedInvestmentTransaction {
  const currency = currencyOf(row)
  const security = row.security_id ? securities.get(row.security_id) : undefined
  const { minor } = toMoney(row.amount, currency)
  return {
    plaidAccountId: row.account_id,
    plaidTransactionId: row.investment_transaction_id,
    date: row.date,
    name: row.name ?? security?.name ?? 'Investment transaction',
    kind: row.type ?? 'other',
    subtype: row.subtype,
    amount: { minor: -minor, currency },
    quantity: row.quantity && toPlainDecimal(row.quantity),
    price: row.price && toPlainDecimal(row.price),
    fees: balance(row.fees, currency),
    ticker: security?.type === 'cash' ? null : (security?.ticker_symbol ?? null)
  }
}
