/** What a person owns or owes outside of any bank: told by them, counted like everything else. */
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

/** Whether it is a debt. */
export const isDebt = (kind: AssetKind): boolean => DEBT_KINDS.includes(kind)

/** From that day on; never below zero. */
export type AssetValue = { on: CalendarDate; minor: bigint }

export type OwnAsset = {
  id: string
  name: string
  kind: AssetKind
  currency: string
  /** Newest first. */
  values: AssetValue[]
}

/** What it counts for on a day, owed below zero; null before its first value. */
export function assetNetValue(
  { kind, values }: Pick<OwnAsset, 'kind' | 'values'>,
  on: CalendarDate
): bigint | null {
  const value = values.find((one) => one.on <= on)
  if (!value) return null
  return isDebt(kind) ? -value.minor : value.minor
}
