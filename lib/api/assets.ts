/** Requests and responses of /api/v1/assets. */
import { z } from 'zod'
import { MoneyResponse } from '@/lib/api/responses'
import { date } from '@/lib/api/transactions'
import { ASSET_KINDS } from '@/lib/domain/reports/own-assets'

const name = z
  .string({ error: 'Enter a name' })
  .trim()
  .min(1, 'Enter a name')
  .max(80, 'Use a shorter name')
const kind = z.enum(ASSET_KINDS, { error: 'Choose a type' })
const TOO_LARGE = 'Enter less than 1,000,000,000,000'
/** Plain decimal text; the browser converts the locale's format. */
const value = z
  .string({ error: 'Enter an amount' })
  .min(1, 'Enter an amount')
  .max(100, TOO_LARGE)
  .regex(/^\d+(\.\d{1,8})?$/, 'Enter an amount such as 250000 or 18500.50, without a minus')
  .regex(/^0*\d{1,12}(\.|$)/, TOO_LARGE)
const currency = z
  .string({ error: 'Choose a currency' })
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'Choose a currency')

/** The body of POST /api/v1/assets. A debt's value is positive. */
export const AssetInput = z.object({ name, kind, currency, value, on: date.optional() })
/** The body of PATCH /api/v1/assets/:id. */
export const AssetUpdateInput = z.object({ name, kind }).partial()
/** The body of POST /api/v1/assets/:id/values. `on` defaults to today. */
export const AssetValueInput = z.object({ value, on: date.optional() })
/** The body of DELETE /api/v1/assets/:id/values. */
export const DeleteAssetValueInput = z.object({ on: date })

/** `values` are newest first. */
export const AssetResponse = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  owed: z.boolean(),
  value: MoneyResponse,
  valuedOn: z.string(),
  values: z.array(z.strictObject({ on: z.string(), value: MoneyResponse }))
})
export type AssetResponse = z.infer<typeof AssetResponse>
