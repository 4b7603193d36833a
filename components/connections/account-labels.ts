import type { LinkedAccountResponse } from '@/lib/api/responses'
import type { Text, TextKey } from '@/lib/domain/text/text'

const ABBREVIATIONS = new Set(
  'cd ebt fhsa gic hsa ira isa lif lira lrif lrsp prif qshr rdsp resp rlif rrif rrsp sarsep sep sipp tfsa ugma utma'.split(
    ' '
  )
)

/** Kinds that have a translation. Names such as 401k and kinds that are new stay as Plaid has them. */
const TRANSLATED_KINDS: readonly TextKey<'connections'>[] = [
  'Auto',
  'Brokerage',
  'Business',
  'Cash management',
  'Charge card',
  'Commercial',
  'Commercial line of credit',
  'Construction',
  'Consumer',
  'Credit',
  'Credit card',
  'Crypto exchange',
  'Depository',
  'Digital asset',
  'Education savings account',
  'Fixed annuity',
  'Health reimbursement arrangement',
  'Home equity',
  'Home equity loan',
  'Installment',
  'Investment',
  'Life insurance',
  'Limited purpose checking',
  'Line of credit',
  'Loan',
  'Money market',
  'Mortgage',
  'Mutual fund',
  'Non-custodial wallet',
  'Non-taxable brokerage account',
  'Other',
  'Other annuity',
  'Other insurance',
  'Overdraft',
  'Pay in four',
  'Payroll',
  'Pension',
  'Prediction market',
  'Prepaid',
  'Profit sharing plan',
  'Retirement',
  'Roth pension',
  'Roth profit sharing plan',
  'Roth thrift savings plan',
  'Savings',
  'Stock plan',
  'Thrift savings plan',
  'Trust',
  'Variable annuity'
]

/** The account's kind and last digits. */
export const accountSummary = (
  account: Pick<LinkedAccountResponse, 'subtype' | 'type' | 'mask'>,
  text: Text<'connections'>
): string => `${accountKind(account, text)}${account.mask ? ` •••• ${account.mask}` : ''}`

/** Label of a balance that is owed; null for an asset. */
export function owedLabel(
  { type, current }: Pick<LinkedAccountResponse, 'type' | 'current'>,
  text: Text<'connections'>
): string | null {
  if (type !== 'credit' && type !== 'loan') return null
  return text(current?.minor.startsWith('-') ? 'In your favor' : 'Owed')
}

/** The account kind as a label, derived from Plaid's subtype because the list of subtypes grows. */
export function accountKind(
  { subtype, type }: Pick<LinkedAccountResponse, 'subtype' | 'type'>,
  text: Text<'connections'>
): string {
  const parts = (subtype || type).replaceAll('_', ' ').trim().toLowerCase().split(/\s+/)
  const words = parts.map((word) => (ABBREVIATIONS.has(word) ? word.toUpperCase() : word)).join(' ')
  // Selected, because both words mean something else elsewhere.
  if (!words || words === 'checking' || words === 'student')
    return text('{kind, select, checking {Checking} student {Student} other {Account}}', {
      kind: words
    })
  const label = words.charAt(0).toUpperCase() + words.slice(1)
  const translated = TRANSLATED_KINDS.find((kind) => kind === label)
  return translated ? text(translated) : label
}
