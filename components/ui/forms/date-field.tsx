import clsx from 'clsx'
import {
  borderClass,
  CONTROL_CLASS,
  describedBy,
  FieldError,
  fieldId,
  Hint
} from '@/components/ui/forms/field'

type Props = {
  name: string
  label: string
  value: string
  max: string
  onChange: (value: string) => void
  error?: string | undefined
  hint?: string
}

/** A date field with the native picker. */
export function DateField({ name, label, value, max, onChange, error, hint }: Props) {
  return (
    <div data-field>
      <label htmlFor={fieldId(name)} className="font-medium text-[0.9375rem]">
        {label}
      </label>
      {hint && <Hint name={name}>{hint}</Hint>}
      <FieldError name={name} error={error} />
      <input
        id={fieldId(name)}
        type="date"
        name={name}
        value={value}
        max={max}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, { hint: Boolean(hint), error: Boolean(error) })}
        className={clsx(CONTROL_CLASS, borderClass(error), 'mt-1.5 w-full max-w-64')}
      />
    </div>
  )
}
