/** The shapes of sums. `rows` is the address of the page that lists exactly the rows a sum was made of. */
import { z } from 'zod'
import { RANGES } from '@/lib/domain/reports/net-worth-history'
import { WireMoney } from '@/lib/api/responses'
import { zone } from '@/lib/api/transactions'

/** The query of GET /api/v1/net-worth/history. */
export const HistoryQuery = z.object({ range: z.enum(RANGES).default('3m'), zone })

export const WirePeriod = z.strictObject({ from: z.string(), to: z.string() })
export type WirePeriod = z.infer<typeof WirePeriod>

export const WireHolding = z.strictObject({
  accountId: z.string().nullable(),
  /** The id of an own asset, which the user entered. */
  assetId: z.string().nullable(),
  valuedOn: z.string().nullable(),
  name: z.string(),
  institutionName: z.string(),
  value: WireMoney,
  balancesAt: z.string().nullable(),
  stale: z.boolean()
})
export type WireHolding = z.infer<typeof WireHolding>
export const WireNetWorth = z.strictObject({
  currencies: z.array(
    z.strictObject({
      currency: z.string(),
      net: WireMoney,
      assets: WireMoney,
      debts: WireMoney,
      groups: z.array(
        z.strictObject({ type: z.string(), value: WireMoney, holdings: z.array(WireHolding) })
      ),
      asOf: z.string().nullable()
    })
  ),
  asOf: z.string().nullable(),
  stale: z.array(WireHolding),
  leftOut: z.array(
    z.strictObject({
      accountId: z.string(),
      name: z.string(),
      institutionName: z.string(),
      reason: z.string()
    })
  )
})
export type WireNetWorth = z.infer<typeof WireNetWorth>

/** Estimated points are derived from transactions; the others are reported by a bank. The last one is now. */
export const WireHistory = z.strictObject({
  currencies: z.array(
    z.strictObject({
      currency: z.string(),
      points: z.array(z.strictObject({ on: z.string(), value: WireMoney, estimated: z.boolean() }))
    })
  )
})
export type WireHistory = z.infer<typeof WireHistory>

export const WireSum = z.strictObject({ ...WireMoney.shape, rows: z.string() })
export type WireSum = z.infer<typeof WireSum>
export const WireCashMonth = z.strictObject({
  month: z.string(),
  in: WireSum,
  out: WireSum,
  net: WireMoney
})
export type WireCashMonth = z.infer<typeof WireCashMonth>
export const WireCashFlow = z.strictObject({
  currencies: z.array(z.strictObject({ currency: z.string(), months: z.array(WireCashMonth) }))
})
export type WireCashFlow = z.infer<typeof WireCashFlow>

export const WireCategory = z.strictObject({
  category: z.string(),
  name: z.string(),
  spent: WireSum,
  previous: WireSum,
  count: z.number()
})
export type WireCategory = z.infer<typeof WireCategory>
export const WireMerchant = z.strictObject({
  merchant: z.string(),
  name: z.string(),
  spent: WireSum,
  count: z.number()
})
export type WireMerchant = z.infer<typeof WireMerchant>
export const WireSpending = z.strictObject({
  current: WirePeriod,
  previous: WirePeriod,
  currencies: z.array(
    z.strictObject({
      currency: z.string(),
      total: WireSum,
      previous: WireSum,
      categories: z.array(WireCategory),
      merchants: z.array(WireMerchant)
    })
  )
})
export type WireSpending = z.infer<typeof WireSpending>

export const WireRecurring = z.strictObject({
  merchant: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  cadence: z.string(),
  amount: WireSum,
  perMonth: WireMoney,
  fixed: z.boolean(),
  lastOn: z.string(),
  nextOn: z.string()
})
export type WireRecurring = z.infer<typeof WireRecurring>
