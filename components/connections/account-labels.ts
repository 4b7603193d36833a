import type { LinkedAccountResponse } from '@/lib/api/responses'

const ABBREVIATIONS = new Set(
  'cd ebt fhsa gic hsa ira isa lif lira lrif lrsp prif qshr rdsp resp rlif rrif rrsp sarsep sep sipp tfsa ugma utma'.split(
    ' '
  )
)

/** The account's kind and last digits. */
export const accountSummary = (
  account: Pick<LinkedAccountResponse, 'subtype' | 'type' | 'mask'>
): string => `${accountKind(account)}${account.mask ? ` •••• ${account.mask}` : ''}`

/** Label of a balance that is owed; null for an asset. */
export function owedLabel({
  type,
  current
}: Pick<LinkedAccountResponse, 'type' | 'current'>): string | null {
  if (type !== 'credit' && type !== 'loan') return null
  return current?.minor.startsWith('-') ? 'In your favor' : 'Owed'
}

/** The account kind as a label, derived from Plaid's subtype because the list of subtypes grows. */
export function accountKind({
  subtype,
  type
}: Pick<LinkedAccountResponse, 'subtype' | 'type'>): string {
  const parts = (subtype || type).replaceAll('_', ' ').trim().toLowerCase().split(/\s+/)
  const label = parts.map((word) => (ABBREVIATIONS.has(word) ? word.toUpperCase() : word)).join(' ')
  return label ? label.charAt(0).toUpperCase() + label.slice(1) : 'Account'
}
