'use client'

import { type ReactNode, useState } from 'react'
import type { WireAccount } from '@/lib/api/answers'
import type { RuleDraft, WireRule, WireStoredRule } from '@/lib/api/edits'
import { change } from '../api'
import { ErrorSummary } from '../forms/error-summary'
import { CONTROL, fieldId } from '../forms/fields'
import { FormButtons } from '../forms/form-buttons'
import { useSubmit } from '../forms/use-submit'
import { CategoryField, CheckField, SayField } from '../transactions/say-fields'
import { Card } from '../ui/card'

type Props = { rule: WireRule | null; draft: RuleDraft | null; accounts: WireAccount[]; onSaved: (stored: WireStoredRule) => void; onCancel: () => void }

/** A rule: about which transactions, and what with them. */
export function RuleForm({ rule, draft, accounts, onSaved, onCancel }: Props) {
  // Made here, so that sending it a second time makes no second rule.
  const [id] = useState(() => rule?.id ?? crypto.randomUUID())
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
    const body = { match, text, accountId: accountId || null, flow: flow || null, category: category || null, merchant, excluded: excluded || null }
    onSaved(rule ? await change<WireStoredRule>(`/api/v1/rules/${id}`, body, 'PUT') : await change<WireStoredRule>('/api/v1/rules', { id, ...body }))
  })
  return (
    <Card className="p-5 sm:p-6">
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
        <fieldset className="grid gap-4 sm:grid-cols-2">
          <legend className="mb-3 font-semibold text-lg">When</legend>
          <Choice name="match" label="The merchant, as your bank writes it" value={said.match} onChange={(match) => say({ match })}>
            <option value="contains">contains</option>
            <option value="equals">is exactly</option>
          </Choice>
          <SayField name="text" label="These words" value={said.text} onChange={(text) => say({ text })} placeholder="Corner Roast" error={errors.text} />
          <Choice name="accountId" label="In the account" value={said.accountId} onChange={(accountId) => say({ accountId })}>
            <option value="">Any account</option>
            {accounts.map((account) => (
              <option key={account.id} value={account.id}>{`${account.institutionName}: ${account.name}`}</option>
            ))}
          </Choice>
          <Choice name="flow" label="And the money" value={said.flow} onChange={(flow) => say({ flow })}>
            <option value="">comes in or goes out</option>
            <option value="out">goes out</option>
            <option value="in">comes in</option>
          </Choice>
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
          <CheckField checked={said.excluded} onChange={(excluded) => say({ excluded })} label="Leave out of all numbers" />
        </fieldset>
        <FormButtons busy={busy} says={['Save the rule', 'Saving']} onCancel={onCancel} className="mt-5" />
      </form>
    </Card>
  )
}

type ChoiceProps = { name: string; label: string; value: string; onChange: (value: string) => void; children: ReactNode }

function Choice({ name, label, value, onChange, children }: ChoiceProps) {
  return (
    <div className="min-w-0">
      <label htmlFor={fieldId(name)} className="font-medium text-[0.9375rem]">
        {label}
      </label>
      <select id={fieldId(name)} value={value} onChange={(event) => onChange(event.target.value)} className={`${CONTROL} mt-1.5 w-full border-line-strong`}>
        {children}
      </select>
    </div>
  )
}
