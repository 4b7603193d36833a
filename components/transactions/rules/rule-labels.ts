import type { LinkedAccountResponse } from '@/lib/api/responses'
import type { RuleResponse } from '@/lib/api/transaction-edits'
import { categoryName } from '@/lib/domain/transactions/categories'

/** Which transactions a rule is about, as a sentence. */
export function conditionLabel(
  { match, text, accountId, flow }: RuleResponse,
  accounts: readonly LinkedAccountResponse[]
): string {
  const parts = [
    text && (match === 'equals' ? `the merchant is “${text}”` : `the merchant contains “${text}”`),
    accountId &&
      `the account is ${accounts.find(({ id }) => id === accountId)?.name ?? 'a removed account'}`,
    flow && (flow === 'in' ? 'money comes in' : 'money goes out')
  ].filter(Boolean)
  return `When ${parts.join(' and ')}`
}

/** What it does, as a few words each. */
export const actionLabels = ({ category, merchant, excluded }: RuleResponse): string[] => [
  ...(category ? [`Category: ${categoryName(category)}`] : []),
  ...(merchant ? [`Name: ${merchant}`] : []),
  ...(excluded === null ? [] : [excluded ? 'Excluded from totals' : 'Counted'])
]
