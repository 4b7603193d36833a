/** Assets and debts that the user enters by hand. */
import type { CalendarDate } from '@/lib/domain/dates'

export const ASSET_KINDS = [
  'home',
  'vehicle',
  'savings',
  'investment',
  'valuables',
  'other',
  'mortgage',
  'loan',
  'other_debt'
] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

const DEBT_KINDS: readonly AssetKind[] = ['mortgage', 'loan', 'other_debt']

export const isDebt = (kind: AssetKind): boolean => DEBT_KINDS.includes(kind)

/** Shown while the key that encrypts an asset's name is missing. */
export const UNREADABLE_NAME = 'Name unavailable'

/** Valid from that day on; never negative. */
export type AssetValue = { on: CalendarDate; minor: bigint }

export type OwnAsset = {
  id: string
  name: string
  kind: AssetKind
  currency: string
  /** Newest first. */
  values: AssetValue[]
}

/** The value on a day, debts negative; null before the first value. */
export function assetNetValue(
  { kind, values }: Pick<OwnAsset, 'kind' | 'values'>,
  on: CalendarDate
): bigint | null {
  const value = values.find((one) => one.on <= on)
  if (!value) return null
  return isDebt(kind) ? -value.minor : value.minor
}
