import type { AssetKind } from '@/lib/domain/reports/own-assets'

/** Kinds of own assets, the most common first. */
export const ASSET_KIND_OPTIONS: { value: AssetKind; label: string }[] = [
  { value: 'home', label: 'Home or land' },
  { value: 'vehicle', label: 'Car, boat or other vehicle' },
  { value: 'savings', label: 'Cash or savings elsewhere' },
  { value: 'investment', label: 'Investments elsewhere' },
  { value: 'valuables', label: 'Valuables' },
  { value: 'other', label: 'Something else I own' },
  { value: 'mortgage', label: 'Mortgage (a debt)' },
  { value: 'loan', label: 'Loan (a debt)' },
  { value: 'other_debt', label: 'Something else I owe' }
]

export const assetKindLabel = (kind: string): string =>
  ASSET_KIND_OPTIONS.find(({ value }) => value === kind)?.label.replace(' (a debt)', '') ?? 'Entry'

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
