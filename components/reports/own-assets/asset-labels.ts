import { type AssetKind, UNREADABLE_NAME } from '@/lib/domain/reports/own-assets'
import type { Text, TextKey } from '@/lib/domain/text/text'

const KIND_LABELS: Record<string, TextKey<'reports'>> = {
  home: 'Home or land',
  vehicle: 'Car, boat or other vehicle',
  savings: 'Cash or savings elsewhere',
  investment: 'Investments elsewhere',
  valuables: 'Valuables',
  other: 'Something else I own',
  mortgage: 'Mortgage',
  loan: 'Loan',
  other_debt: 'Something else I owe'
} satisfies Record<AssetKind, TextKey<'reports'>>

/** Where the label alone does not say that it is a debt. */
const OPTION_LABELS: Record<string, TextKey<'reports'>> = {
  mortgage: 'Mortgage (a debt)',
  loan: 'Loan (a debt)'
}

/** Kinds of own assets, the most common first. */
export const assetKindOptions = (text: Text<'reports'>): { value: string; label: string }[] =>
  Object.entries(KIND_LABELS).map(([value, label]) => ({
    value,
    label: text(OPTION_LABELS[value] ?? label)
  }))

export const assetKindLabel = (kind: string, text: Text<'reports'>): string =>
  text(KIND_LABELS[kind] ?? 'Entry')

/** The name that the user gave it, or that it cannot be read. */
export const assetName = (name: string, text: Text<'reports'>): string =>
  name === UNREADABLE_NAME ? text(UNREADABLE_NAME) : name

/** Offered after the currencies in use. */
export const CURRENCY_OPTIONS = [
  'USD',
  'EUR',
  'GBP',
  'CAD',
  'AUD',
  'CHF',
  'INR',
  'JPY',
  'MXN',
  'BRL',
  'SEK',
  'PLN'
]
