import type { ReactNode } from 'react'
import { Radios, SelectField } from '@/components/ui/forms/choice-fields'
import { DateFields } from '@/components/ui/forms/date-parts-field'
import { Hint } from '@/components/ui/forms/field-message'
import type { FieldErrors } from '@/components/ui/forms/field-attributes'
import { TextField } from '@/components/ui/forms/text-field'
import { type FieldSpec, OCCUPATION, type QuestionSpec } from '@/components/onboarding/questions'
import { Legend } from '@/components/onboarding/step-layout'

/** Named on the server: a browser need not know a country by the same name. */
export type Place = readonly [code: string, name: string]
export type Places = {
  states: readonly Place[]
  elsewhere: readonly Place[]
  countries: readonly Place[]
}

type Props = {
  spec: QuestionSpec
  hint: string
  values: Record<string, string>
  errors: FieldErrors
  set: (name: string, value: string) => void
  places: Places
}

/** The fields of one question, whichever kind it is. */
export function QuestionFields(props: Props) {
  const { spec, hint, values, errors, set } = props
  const [only] = spec.fields
  if (spec.kind === 'text' && only)
    return <TextBox {...props} field={{ ...only, label: spec.title, hint }} heading />
  return (
    <fieldset>
      <Legend>{spec.title}</Legend>
      {spec.kind === 'date' ? (
        <DateFields values={values} onChange={set} errors={errors} hint={hint} />
      ) : (
        <>
          <Hint name="question">{hint}</Hint>
          <Inside {...props} />
        </>
      )}
    </fieldset>
  )
}

function Inside(props: Props) {
  const { spec } = props
  const [only] = spec.fields
  if (spec.kind === 'radios' && only) return <Choice {...props} name={only.name} />
  if (spec.kind === 'citizenship')
    return <Choice {...props} name="citizen" revealed={{ OTHER: <CountryBox {...props} /> }} />
  if (spec.kind === 'work') {
    const boxes = Object.entries(OCCUPATION).map(([employment, field]) => [
      employment,
      <TextBox key={employment} {...props} field={field} />
    ])
    return <Choice {...props} name="employment" revealed={Object.fromEntries(boxes)} />
  }
  return (
    <div className="mt-6 space-y-5">
      {spec.fields.map((field) => (
        <div
          key={field.name}
          className={field.name === 'postalCode' ? 'grid gap-5 sm:grid-cols-2' : undefined}
        >
          {field.name === 'postalCode' && <StateBox {...props} />}
          <TextBox {...props} field={field} />
        </div>
      ))}
    </div>
  )
}

function Choice({
  spec,
  values,
  errors,
  set,
  name,
  revealed
}: Props & { name: string; revealed?: Record<string, ReactNode> }) {
  return (
    <Radios
      name={name}
      options={spec.options ?? []}
      value={values[name] ?? ''}
      onChange={(value) => set(name, value)}
      error={errors[name]}
      {...(revealed ? { revealed } : {})}
    />
  )
}

function TextBox({
  field,
  values,
  errors,
  set,
  heading = false
}: Props & { field: FieldSpec; heading?: boolean }) {
  return (
    <TextField
      {...field}
      heading={heading}
      value={values[field.name] ?? ''}
      error={errors[field.name]}
      onChange={(value) => set(field.name, value)}
    />
  )
}

const toOptions = (places: readonly Place[]) => places.map(([value, label]) => ({ value, label }))

function StateBox({ places, values, errors, set }: Props) {
  return (
    <SelectField
      name="state"
      label="State"
      empty="Choose your state"
      autoComplete="address-level1"
      options={toOptions(places.states)}
      more={{ label: 'Elsewhere', options: toOptions(places.elsewhere) }}
      value={values.state ?? ''}
      error={errors.state}
      onChange={(value) => set('state', value)}
    />
  )
}

function CountryBox({ places, values, errors, set }: Props) {
  return (
    <SelectField
      name="country"
      label="Country"
      empty="Choose a country"
      autoComplete="off"
      options={toOptions(places.countries)}
      value={values.country ?? ''}
      error={errors.country}
      onChange={(value) => set('country', value)}
    />
  )
}
