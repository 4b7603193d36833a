'use client'

import { useState } from 'react'
import type { LinkedAccountResponse } from '@/lib/api/responses'
import type { RuleDraft, RuleResponse, SavedRuleResponse } from '@/lib/api/transaction-edits'
import { change } from '@/components/lib/api'
import { SelectField } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { CheckField, SayField } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { newId } from '@/components/lib/uuid'
import { CategoryField } from '@/components/transactions/edit/category-field'
import { Card } from '@/components/ui/card'

type Props = {
  rule: RuleResponse | null
  draft: RuleDraft | null
  accounts: LinkedAccountResponse[]
  onSaved: (stored: SavedRuleResponse) => void
  onCancel: () => void
}

const MATCHES = [
  { value: 'contains', label: 'contains' },
  { value: 'equals', label: 'is exactly' }
]
const FLOWS = [
  { value: 'out', label: 'goes out' },
  { value: 'in', label: 'comes in' }
]

/** A rule: about which transactions, and what with them. */
export function RuleForm({ rule, draft, accounts, onSaved, onCancel }: Props) {
  // Made here, so that sending it a second time makes no second rule.
  const [id] = useState(() => rule?.id ?? newId())
  const from = rule ?? draft
  const [said, setSaid] = useState({
    match: rule?.match ?? 'contains',
    text: from?.text ?? '',
    accountId: rule?.accountId ?? '',
    flow: rule?.flow ?? '',
    category: from?.category ?? '',
    merchant: from?.merchant ?? '',
    excluded: from?.excluded === true
  })
  const say = (more: Partial<typeof said>) => setSaid((now) => ({ ...now, ...more }))
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    const { match, text, accountId, flow, category, merchant, excluded } = said
    const body = {
      match,
      text,
      accountId: accountId || null,
      flow: flow || null,
      category: category || null,
      merchant,
      excluded: excluded || null
    }
    onSaved(
      rule
        ? await change<SavedRuleResponse>(`/api/v1/rules/${id}`, body, 'PUT')
        : await change<SavedRuleResponse>('/api/v1/rules', { id, ...body })
    )
  })
  return (
    <Card className="p-5 sm:p-6">
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
        <fieldset className="grid gap-4 sm:grid-cols-2">
          <legend className="mb-3 font-semibold text-lg">When</legend>
          <SelectField
            name="match"
            label="The merchant, as your bank writes it"
            options={MATCHES}
            value={said.match}
            onChange={(match) => say({ match })}
          />
          <SayField
            name="text"
            label="These words"
            value={said.text}
            onChange={(text) => say({ text })}
            placeholder="Corner Roast"
            error={errors.text}
          />
          <SelectField
            name="accountId"
            label="In the account"
            empty="Any account"
            options={accounts.map(({ id: value, institutionName, name }) => ({
              value,
              label: `${institutionName}: ${name}`
            }))}
            value={said.accountId}
            onChange={(accountId) => say({ accountId })}
          />
          <SelectField
            name="flow"
            label="And the money"
            empty="comes in or goes out"
            options={FLOWS}
            value={said.flow}
            onChange={(flow) => say({ flow })}
          />
        </fieldset>
        <fieldset className="mt-6 grid gap-4 sm:grid-cols-2">
          <legend className="mb-3 font-semibold text-lg">Then</legend>
          <CategoryField
            name="category"
            label="Category"
            value={said.category}
            onChange={(category) => say({ category })}
            none="As the bank says"
            error={errors.category}
          />
          <SayField
            name="merchant"
            label="Name"
            value={said.merchant}
            onChange={(merchant) => say({ merchant })}
            placeholder="As the bank says"
            error={errors.merchant}
          />
          <CheckField
            checked={said.excluded}
            onChange={(excluded) => say({ excluded })}
            label="Leave out of all numbers"
          />
        </fieldset>
        <FormButtons
          busy={busy}
          says={['Save the rule', 'Saving']}
          onCancel={onCancel}
          className="mt-5"
        />
      </form>
    </Card>
  )
}
