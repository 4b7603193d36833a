import { Radios, SelectField } from '../forms/choices'
import { DateFields } from '../forms/date-fields'
import { Hint } from '../forms/field-message'
import type { FieldErrors } from '../forms/fields'
import { TextField } from '../forms/text-field'
import type { FieldSpec, QuestionSpec } from './questions'
import { Legend } from './step-frame'

export type State = readonly [code: string, name: string]

type Props = {
  spec: QuestionSpec
  values: Record<string, string>
  errors: FieldErrors
  set: (name: string, value: string) => void
  states: readonly State[]
}

/** The fields of one question, whichever kind it is. */
export function QuestionFields(props: Props) {
  const { spec, values, errors, set } = props
  const [only] = spec.fields
  if (spec.kind === 'text' && only) {
    return <TextBox {...props} field={{ ...only, label: spec.title, ...(spec.hint ? { hint: spec.hint } : {}) }} heading />
  }
  return (
    <fieldset>
      <Legend>{spec.title}</Legend>
      {spec.kind === 'date' ? (
        <DateFields values={values} onChange={set} errors={errors} hint={spec.hint ?? ''} />
      ) : (
        <>
          {spec.hint && <Hint name="question">{spec.hint}</Hint>}
          <Inside {...props} />
        </>
      )}
    </fieldset>
  )
}

function Inside(props: Props) {
  const { spec, values, errors, set } = props
  const [only] = spec.fields
  if (spec.kind === 'radios' && only) {
    return (
      <Radios
        name={only.name}
        options={spec.options ?? []}
        value={values[only.name] ?? ''}
        onChange={(value) => set(only.name, value)}
        error={errors[only.name]}
      />
    )
  }
  if (spec.kind === 'work' && only) {
    const title = <TextBox {...props} field={only} />
    return (
      <Radios
        name="employment"
        options={spec.options ?? []}
        value={values.employment ?? ''}
        onChange={(value) => set('employment', value)}
        error={errors.employment}
        revealed={{ EMPLOYED: title }}
      />
    )
  }
  return (
    <div className="mt-6 space-y-5">
      {spec.fields.map((field) => (
        <div key={field.name} className={field.name === 'postalCode' ? 'grid gap-5 sm:grid-cols-2' : undefined}>
          {field.name === 'postalCode' && <StateBox {...props} />}
          <TextBox {...props} field={field} />
        </div>
      ))}
    </div>
  )
}

function TextBox({ field, values, errors, set, heading = false }: Props & { field: FieldSpec; heading?: boolean }) {
  return <TextField {...field} heading={heading} value={values[field.name] ?? ''} error={errors[field.name]} onChange={(value) => set(field.name, value)} />
}

function StateBox({ states, values, errors, set }: Props) {
  return (
    <SelectField
      name="state"
      label="State"
      empty="Choose your state"
      autoComplete="address-level1"
      options={states.map(([value, label]) => ({ value, label }))}
      value={values.state ?? ''}
      error={errors.state}
      onChange={(value) => set('state', value)}
    />
  )
}
