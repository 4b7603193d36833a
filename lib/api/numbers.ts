/** The shapes of sums. `rows` is the address of the page that lists exactly the rows a sum was made of. */
import { z } from 'zod'
import { RANGES } from '../domain/net-worth-history'
import type { WireMoney } from './answers'
import { zone } from './transactions'

/** The query of GET /api/v1/net-worth/history. */
export const HistoryQuery = z.object({ range: z.enum(RANGES).default('3m'), zone })

export type WirePeriod = { from: string; to: string }

export type WireHolding = {
  accountId: string | null
  /** What they told of themselves. */
  assetId: string | null
  valuedOn: string | null
  name: string
  institutionName: string
  value: WireMoney
  balancesAt: string | null
  stale: boolean
}
export type WireNetWorth = {
  currencies: {
    currency: string
    net: WireMoney
    assets: WireMoney
    debts: WireMoney
    groups: { type: string; value: WireMoney; holdings: WireHolding[] }[]
    asOf: string | null
  }[]
  asOf: string | null
  stale: WireHolding[]
  leftOut: { accountId: string; name: string; institutionName: string; reason: string }[]
}

/** Reckoned points are worked out from what was booked; the others were told by a bank. The last is now. */
export type WireHistory = { currencies: { currency: string; points: { on: string; value: WireMoney; estimated: boolean }[] }[] }

export type WireSum = WireMoney & { rows: string }
export type WireCashMonth = { month: string; in: WireSum; out: WireSum; net: WireMoney }
export type WireCashFlow = { currencies: { currency: string; months: WireCashMonth[] }[] }

export type WireCategory = { category: string; name: string; spent: WireSum; previous: WireSum; count: number }
export type WireMerchant = { merchant: string; name: string; spent: WireSum; count: number }
export type WireSpending = {
  current: WirePeriod
  previous: WirePeriod
  currencies: { currency: string; total: WireSum; previous: WireSum; categories: WireCategory[]; merchants: WireMerchant[] }[]
}

export type WireRecurring = {
  merchant: string
  name: string
  category: string | null
  cadence: string
  amount: WireSum
  perMonth: WireMoney
  fixed: boolean
  lastOn: string
  nextOn: string
}
