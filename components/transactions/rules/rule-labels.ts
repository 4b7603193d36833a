import type { LinkedAccountResponse } from '@/lib/api/responses'
import type { RuleResponse } from '@/lib/api/transaction-edits'
import { categoryName } from '@/lib/domain/transactions/categories'
import type { RuleAction } from '@/lib/domain/transactions/edits'

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
export function actionLabels({ category, merchant, excluded }: RuleResponse): string[] {
  const labels: Record<keyof RuleAction, string | null> = {
    category: category && `Category: ${categoryName(category)}`,
    merchant: merchant && `Name: ${merchant}`,
    excluded: excluded === null ? null : excluded ? 'Excluded from totals' : 'Counted'
  }
  return Object.values(labels).filter((label) => label !== null)
}
