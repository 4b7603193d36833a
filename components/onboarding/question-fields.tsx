import type { ReactNode } from 'react'
import { useText } from '#text'
import {
  type FieldSpec,
  OCCUPATION_FIELDS,
  type QuestionSpec
} from '@/components/onboarding/questions'
import { Legend } from '@/components/onboarding/step-layout'
import { RadioGroup, SelectField } from '@/components/ui/forms/choice-fields'
import { DatePartsField } from '@/components/ui/forms/date-parts-field'
import type { FieldErrors } from '@/components/ui/forms/field'
import { Hint } from '@/components/ui/forms/field'
import { TextField } from '@/components/ui/forms/text-field'
import type { TextKey } from '@/lib/domain/text/text'

/** Names come from the server, in the user's language: the browser's may differ. */
export type Region = readonly [code: string, name: string]
export type Regions = {
  states: readonly Region[]
  militaryStates: readonly Region[]
  countries: readonly Region[]
}

type Props = {
  spec: QuestionSpec
  hint: TextKey<'onboarding'>
  values: Record<string, string>
  errors: FieldErrors
  onChange: (name: string, value: string) => void
  regions: Regions
}

/** The fields of one question. */
export function QuestionFields(props: Props) {
  const text = useText('onboarding')
  const { spec, hint, values, errors, onChange } = props
  const [firstField] = spec.fields
  if (spec.kind === 'text' && firstField)
    return <TextQuestion {...props} field={{ ...firstField, label: spec.title, hint }} heading />
  return (
    <fieldset>
      <Legend>{text(spec.title)}</Legend>
      {spec.kind === 'date' ? (
        <DatePartsField values={values} onChange={onChange} errors={errors} hint={text(hint)} />
      ) : (
        <>
          <Hint name="question">{text(hint)}</Hint>
          <QuestionInputs {...props} />
        </>
      )}
    </fieldset>
  )
}

function QuestionInputs(props: Props) {
  const { spec } = props
  const [firstField] = spec.fields
  if (spec.kind === 'radios' && firstField)
    return <RadioQuestion {...props} name={firstField.name} />
  if (spec.kind === 'citizenship')
    return (
      <RadioQuestion {...props} name="citizen" revealed={{ OTHER: <CountrySelect {...props} /> }} />
    )
  if (spec.kind === 'work') {
    const occupationFields = Object.entries(OCCUPATION_FIELDS).map(([employment, field]) => [
      employment,
      <TextQuestion key={employment} {...props} field={field} />
    ])
    return (
      <RadioQuestion {...props} name="employment" revealed={Object.fromEntries(occupationFields)} />
    )
  }
  return (
    <div className="mt-6 space-y-5">
      {spec.fields.map((field) => (
        <div
          key={field.name}
          className={field.name === 'postalCode' ? 'grid gap-5 sm:grid-cols-2' : undefined}
        >
          {field.name === 'postalCode' && <StateSelect {...props} />}
          <TextQuestion {...props} field={field} />
        </div>
      ))}
    </div>
  )
}

function RadioQuestion({
  spec,
  values,
  errors,
  onChange,
  name,
  revealed
}: Props & { name: string; revealed?: Record<string, ReactNode> }) {
  const text = useText('onboarding')
  return (
    <RadioGroup
      name={name}
      options={(spec.options ?? []).map(({ value, label }) => ({ value, label: text(label) }))}
      value={values[name] ?? ''}
      onChange={(value) => onChange(name, value)}
      error={errors[name]}
      {...(revealed ? { revealed } : {})}
    />
  )
}

function TextQuestion({
  field,
  values,
  errors,
  onChange,
  heading = false
}: Props & { field: FieldSpec; heading?: boolean }) {
  const text = useText('onboarding')
  return (
    <TextField
      {...field}
      label={field.label ? text(field.label) : ''}
      hint={field.hint ? text(field.hint) : ''}
      heading={heading}
      value={values[field.name] ?? ''}
      error={errors[field.name]}
      onChange={(value) => onChange(field.name, value)}
    />
  )
}

const toOptions = (regions: readonly Region[]) =>
  regions.map(([value, label]) => ({ value, label }))

function StateSelect({ regions, values, errors, onChange }: Props) {
  const text = useText('onboarding')
  return (
    <SelectField
      name="state"
      label={text('State')}
      placeholder={text('Choose your state')}
      autoComplete="address-level1"
      options={toOptions(regions.states)}
      secondGroup={{ label: text('Elsewhere'), options: toOptions(regions.militaryStates) }}
      value={values.state ?? ''}
      error={errors.state}
      onChange={(value) => onChange('state', value)}
    />
  )
}

function CountrySelect({ regions, values, errors, onChange }: Props) {
  const text = useText('onboarding')
  return (
    <SelectField
      name="country"
      label={text('Country')}
      placeholder={text('Choose a country')}
      autoComplete="off"
      options={toOptions(regions.countries)}
      value={values.country ?? ''}
      error={errors.country}
      onChange={(value) => onChange('country', value)}
    />
  )
}
