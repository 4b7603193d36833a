import type { LinkedAccountResponse } from '@/lib/api/responses'
import type { RuleResponse } from '@/lib/api/transaction-edits'
import { categoryName } from '@/lib/domain/transactions/categories'

/** The conditions of a rule as a sentence. */
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

/** The changes of a rule as short texts. */
export const actionLabels = ({ category, merchant, excluded }: RuleResponse): string[] => [
  ...(category ? [`Category: ${categoryName(category)}`] : []),
  ...(merchant ? [`Name: ${merchant}`] : []),
  ...(excluded === null ? [] : [excluded ? 'Excluded from totals' : 'Counted'])
]
