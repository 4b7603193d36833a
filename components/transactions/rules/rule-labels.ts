import type { LinkedAccountResponse } from '@/lib/api/responses'
import type { RuleResponse } from '@/lib/api/transaction-edits'
import type { Text } from '@/lib/domain/text/text'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'
import type { RuleAction } from '@/lib/domain/transactions/edits'

/** The conditions of a rule as a sentence. */
export function conditionLabel(
  { match, text: words, accountId, flow }: RuleResponse,
  accounts: readonly LinkedAccountResponse[],
  text: Text<'transactions'>
): string {
  const conditions = [
    words &&
      (match === 'equals'
        ? text('the merchant is “{words}”', { words })
        : text('the merchant contains “{words}”', { words })),
    accountId &&
      text('the account is {name}', {
        name: accounts.find(({ id }) => id === accountId)?.name ?? text('a removed account')
      }),
    flow && (flow === 'in' ? text('money comes in') : text('money goes out'))
  ].filter((condition): condition is string => Boolean(condition))
  const [head = '', ...others] = conditions
  return text('When {conditions}', {
    conditions: others.reduce(
      (first, second) => text('{first} and {second}', { first, second }),
      head
    )
  })
}

/** The changes of a rule as short texts. */
export function actionLabels(
  { category, merchant, excluded }: RuleResponse,
  text: Text<'transactions'>
): string[] {
  const labels: Record<keyof RuleAction, string | null> = {
    category: category && text('Category: {category}', { category: categoryLabel(category, text) }),
    merchant: merchant && text('Name: {name}', { name: merchant }),
    excluded: excluded === null ? null : excluded ? text('Excluded from totals') : text('Counted')
  }
  return Object.values(labels).filter((label) => label !== null)
}
