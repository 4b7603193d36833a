import clsx from 'clsx'
import { useText } from '#text'
import {
  borderClass,
  CONTROL_CLASS,
  describedBy,
  FieldError,
  type FieldErrors,
  fieldId,
  Hint
} from '@/components/ui/forms/field'

const PARTS = [
  { name: 'month', label: 'Month', autoComplete: 'bday-month', width: 'w-20' },
  { name: 'day', label: 'Day', autoComplete: 'bday-day', width: 'w-20' },
  { name: 'year', label: 'Year', autoComplete: 'bday-year', width: 'w-28' }
] as const

type Props = {
  values: Record<string, string>
  onChange: (name: string, value: string) => void
  errors: FieldErrors
  hint: string
}

/** Three number fields: a calendar is slow for birth dates. */
export function DatePartsField({ values, onChange, errors, hint }: Props) {
  const text = useText('common')
  const invalid = PARTS.filter(({ name }) => errors[name])
  return (
    <div data-field>
      <Hint name="date">{hint}</Hint>
      {invalid.map(({ name }) => (
        <FieldError key={name} name={name} error={errors[name]} />
      ))}
      <div className="mt-4 flex flex-wrap gap-4">
        {PARTS.map(({ name, label, autoComplete, width }) => (
          <div key={name}>
            <label htmlFor={fieldId(name)} className="font-medium text-[0.9375rem]">
              {text(label)}
            </label>
            <input
              id={fieldId(name)}
              name={name}
              type="text"
              inputMode="numeric"
              autoComplete={autoComplete}
              spellCheck={false}
              value={values[name] ?? ''}
              onChange={(event) => onChange(name, event.target.value)}
              aria-invalid={errors[name] ? true : undefined}
              aria-describedby={describedBy(name, { error: Boolean(errors[name]) })}
              className={clsx(
                CONTROL_CLASS,
                borderClass(errors[name]),
                width,
                'mt-1.5 tabular-nums'
              )}
            />
          </div>
        ))}
      </div>
    </div>
  )
}
