import clsx from 'clsx'
import type { ReactNode } from 'react'
import {
  borderClass,
  CONTROL_CLASS,
  describedBy,
  FieldError,
  fieldId
} from '@/components/ui/forms/field'

export type Option = { value: string; label: string; hint?: string }

type RadioGroupProps = {
  name: string
  options: readonly Option[]
  value: string
  onChange: (value: string) => void
  error?: string
  /** Follow-up field of a choice. */
  revealed?: Record<string, ReactNode>
}

/** Radio buttons below a legend. The error summary focuses the first one. */
export function RadioGroup({
  name,
  options,
  value,
  onChange,
  error,
  revealed = {}
}: RadioGroupProps) {
  return (
    <div data-field>
      <FieldError name={name} error={error} />
      <div className="mt-4 space-y-2.5">
        {options.map((option, index) => (
          <div key={option.value}>
            <label
              className={clsx(
                'flex min-h-12 cursor-pointer items-start gap-3 rounded-xl border bg-surface px-4 py-3 transition-colors hover:bg-sunken',
                value === option.value
                  ? 'border-accent bg-accent-soft/60'
                  : error
                    ? 'border-danger'
                    : 'border-line-strong/70'
              )}
            >
              <input
                id={index === 0 ? fieldId(name) : `${fieldId(name)}-${option.value}`}
                type="radio"
                name={name}
                value={option.value}
                checked={value === option.value}
                onChange={() => onChange(option.value)}
                aria-describedby={describedBy(name, { error: Boolean(error) })}
                className="mt-0.5 size-5 shrink-0 accent-accent"
              />
              <span>
                {option.label}
                {option.hint && <span className="block text-muted text-sm">{option.hint}</span>}
              </span>
            </label>
            {value === option.value && revealed[option.value] && (
              <div className="mt-3 mb-4 ml-6 border-line-strong/60 border-l-2 pl-5">
                {revealed[option.value]}
              </div>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}

type SelectFieldProps = {
  name: string
  label: string
  options: readonly Option[]
  /** Option groups with headings. */
  secondGroup?: { label: string; options: readonly Option[] }
  value: string
  onChange: (value: string) => void
  /** Text of the empty option; without it, a value is always selected. */
  placeholder?: string
  autoComplete?: string
  error?: string
  className?: string
}

export function SelectField({
  name,
  label,
  options,
  secondGroup,
  value,
  onChange,
  placeholder,
  autoComplete = 'off',
  error,
  className
}: SelectFieldProps) {
  return (
    <div data-field className={clsx('min-w-0', className)}>
      <label htmlFor={fieldId(name)} className="font-medium text-[0.9375rem]">
        {label}
      </label>
      <FieldError name={name} error={error} />
      <select
        id={fieldId(name)}
        name={name}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete={autoComplete}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, { error: Boolean(error) })}
        className={clsx(CONTROL_CLASS, borderClass(error), 'mt-1.5 w-full')}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map(toOption)}
        {secondGroup && (
          <optgroup label={secondGroup.label}>{secondGroup.options.map(toOption)}</optgroup>
        )}
      </select>
    </div>
  )
}

const toOption = ({ value, label }: Option) => (
  <option key={value} value={value}>
    {label}
  </option>
)

type CheckboxFieldProps = {
  name: string
  checked: boolean
  onChange: (checked: boolean) => void
  error?: string
  children: ReactNode
}

export function CheckboxField({ name, checked, onChange, error, children }: CheckboxFieldProps) {
  return (
    <div data-field>
      <FieldError name={name} error={error} />
      <label className="mt-2 flex cursor-pointer items-start gap-3 py-1.5">
        <input
          id={fieldId(name)}
          type="checkbox"
          name={name}
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(name, { error: Boolean(error) })}
          className="mt-0.5 size-5 shrink-0 accent-accent"
        />
        <span>{children}</span>
      </label>
    </div>
  )
}
