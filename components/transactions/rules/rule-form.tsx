'use client'

import { Fragment, type ReactNode, useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { randomUuid } from '@/components/lib/uuid'
import { CategoryField } from '@/components/transactions/edit/category-field'
import { Card } from '@/components/ui/card'
import { SelectField } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { Checkbox, TextInput } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import type { LinkedAccountResponse } from '@/lib/api/responses'
import type { RuleDraft, RuleResponse, SavedRuleResponse } from '@/lib/api/transaction-edits'
import type { Text, TextKey } from '@/lib/domain/text/text'
import type { RuleAction } from '@/lib/domain/transactions/edits'

type Props = {
  rule: RuleResponse | null
  draft: RuleDraft | null
  accounts: LinkedAccountResponse[]
  onSaved: (stored: SavedRuleResponse) => void
  onCancel: () => void
}

type Option = { value: string; label: TextKey<'transactions'> }

const MATCH_OPTIONS: Option[] = [
  { value: 'contains', label: 'contains' },
  { value: 'equals', label: 'is exactly' }
]
const FLOW_OPTIONS: Option[] = [
  { value: 'out', label: 'goes out' },
  { value: 'in', label: 'comes in' }
]
const translate = (options: Option[], text: Text<'transactions'>) =>
  options.map(({ value, label }) => ({ value, label: text(label) }))

/** A made-up shop. */
const EXAMPLE_MERCHANT = 'Corner Roast'

type Values = {
  match: string
  text: string
  accountId: string
  flow: string
  category: string
  merchant: string
  excluded: boolean
}

function ruleBody({ match, text, accountId, flow, category, merchant, excluded }: Values) {
  const action: RuleAction = {
    category: category || null,
    merchant: merchant || null,
    excluded: excluded || null
  }
  return { match, text, accountId: accountId || null, flow: flow || null, ...action }
}

/** Form of a rule: conditions and changes. */
export function RuleForm({ rule, draft, accounts, onSaved, onCancel }: Props) {
  // The id is created here, so that a retry does not create a second rule.
  const [id] = useState(() => rule?.id ?? randomUuid())
  const from = rule ?? draft
  const [values, setValues] = useState<Values>({
    match: rule?.match ?? 'contains',
    text: from?.text ?? '',
    accountId: rule?.accountId ?? '',
    flow: rule?.flow ?? '',
    category: from?.category ?? '',
    merchant: from?.merchant ?? '',
    excluded: from?.excluded === true
  })
  const update = (more: Partial<Values>) => setValues((now) => ({ ...now, ...more }))
  const text = useText('transactions')
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    const body = ruleBody(values)
    onSaved(
      rule
        ? await apiSend<SavedRuleResponse>(`/api/v1/rules/${id}`, body, 'PUT')
        : await apiSend<SavedRuleResponse>('/api/v1/rules', { id, ...body })
    )
  })
  return (
    <Card className="p-5 sm:p-6">
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
        <Conditions values={values} accounts={accounts} error={errors.text} update={update} />
        <Actions values={values} errors={errors} update={update} />
        <FormButtons
          busy={busy}
          labels={[text('Save rule'), text('Saving')]}
          onCancel={onCancel}
          className="mt-5"
        />
      </form>
    </Card>
  )
}

function Conditions({
  values,
  accounts,
  error,
  update
}: {
  values: Values
  accounts: LinkedAccountResponse[]
  error: string | undefined
  update: (changes: Partial<Values>) => void
}) {
  const text = useText('transactions')
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      <legend className="mb-3 font-semibold text-lg">{text('When')}</legend>
      <SelectField
        name="match"
        label={text('The merchant, as your bank writes it')}
        options={translate(MATCH_OPTIONS, text)}
        value={values.match}
        onChange={(match) => update({ match })}
      />
      <TextInput
        name="text"
        label={text('Text to match')}
        value={values.text}
        onChange={(text) => update({ text })}
        placeholder={EXAMPLE_MERCHANT}
        error={error}
      />
      <SelectField
        name="accountId"
        label={text('In the account')}
        placeholder={text('Any account')}
        options={accounts.map(({ id: value, institutionName, name }) => ({
          value,
          label: `${institutionName}: ${name}`
        }))}
        value={values.accountId}
        onChange={(accountId) => update({ accountId })}
      />
      <SelectField
        name="flow"
        label={text('And the money')}
        placeholder={text('comes in or goes out')}
        options={translate(FLOW_OPTIONS, text)}
        value={values.flow}
        onChange={(flow) => update({ flow })}
      />
    </fieldset>
  )
}

function Actions({
  values,
  errors,
  update
}: {
  values: Values
  errors: Record<string, string>
  update: (changes: Partial<Values>) => void
}) {
  const text = useText('transactions')
  const actionInputs: Record<keyof RuleAction, ReactNode> = {
    category: (
      <CategoryField
        name="category"
        label={text('Category')}
        value={values.category}
        onChange={(category) => update({ category })}
        emptyLabel={text('No change')}
        error={errors.category}
      />
    ),
    merchant: (
      <TextInput
        name="merchant"
        label={text('Name')}
        value={values.merchant}
        onChange={(merchant) => update({ merchant })}
        placeholder={text('No change')}
        error={errors.merchant}
      />
    ),
    excluded: (
      <Checkbox
        checked={values.excluded}
        onChange={(excluded) => update({ excluded })}
        label={text('Exclude from totals')}
      />
    )
  }
  return (
    <fieldset className="mt-6 grid gap-4 sm:grid-cols-2">
      <legend className="mb-3 font-semibold text-lg">{text('Then')}</legend>
      {Object.entries(actionInputs).map(([field, input]) => (
        <Fragment key={field}>{input}</Fragment>
      ))}
    </fieldset>
  )
}
