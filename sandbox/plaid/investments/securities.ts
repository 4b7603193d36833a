/** The funds that generated investment accounts hold. */

export type Fund = {
  key: string
  name: string
  ticker: string
  /** Part of each purchase; together 1. */
  share: number
}

export const FUNDS: Fund[] = [
  { key: 'stock', name: 'Sandbox Total Stock Market Fund', ticker: 'SBTSX', share: 0.7 },
  { key: 'bond', name: 'Sandbox Total Bond Market Fund', ticker: 'SBTBX', share: 0.3 }
]

/** What a deposit or withdrawal of an investment account names as its security. */
const CASH: Omit<Fund, 'share'> = { key: 'cash', name: 'U S Dollar', ticker: 'USD' }

type Currency = { iso_currency_code: string | null; unofficial_currency_code: string | null }

/** Plaid's Security object. */
export const toWireSecurity = (
  { name, ticker }: Omit<Fund, 'share'>,
  id: string,
  price: { price: number; asOf: string | null } & Currency
) => ({
  security_id: id,
  name,
  ticker_symbol: ticker,
  type: 'mutual fund',
  subtype: 'mutual fund',
  is_cash_equivalent: false,
  close_price: price.price,
  close_price_as_of: price.asOf,
  update_datetime: null,
  iso_currency_code: price.iso_currency_code,
  unofficial_currency_code: price.unofficial_currency_code,
  isin: null,
  cusip: null,
  sedol: null,
  figi: null,
  cfi_code: null,
  institution_id: null,
  institution_security_id: null,
  proxy_security_id: null,
  market_identifier_code: null,
  sector: null,
  industry: null,
  option_contract: null,
  fixed_income: null
})

/** Cash as Plaid's Security. */
export const toWireCash = (id: string, currency: Currency) => ({
  ...toWireSecurity(CASH, id, { price: 1, asOf: null, ...currency }),
  type: 'cash',
  subtype: 'cash',
  is_cash_equivalent: true
})
