'use client'

import clsx from 'clsx'
import { type ReactNode, useId } from 'react'
import {
  borderClass,
  CONTROL_CLASS,
  describedBy,
  FieldError,
  fieldId,
  hintId
} from '@/components/ui/forms/field'

export const INPUT_CLASS = `${CONTROL_CLASS} mt-1.5 w-full`

export type FieldProps = {
  name: string
  label: string
  error?: string | undefined
  hint?: ReactNode
}

/** Label, error and hint of a field. */
export function LabelledField({
  name,
  label,
  error,
  hint,
  children
}: FieldProps & { children: ReactNode }) {
  return (
    <div data-field className="min-w-0">
      <label htmlFor={fieldId(name)} className="font-medium text-[0.9375rem]">
        {label}
      </label>
      <FieldError name={name} error={error} />
      {children}
      {hint && (
        <p id={hintId(name)} className="mt-1 text-muted text-sm">
          {hint}
        </p>
      )}
    </div>
  )
}

type TextInputProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  placeholder?: string
  lines?: number
  suggestions?: readonly string[]
  numeric?: boolean
}

/** Single or multi-line. */
export function TextInput({
  value,
  onChange,
  placeholder,
  lines = 1,
  suggestions,
  numeric = false,
  ...field
}: TextInputProps) {
  const listId = useId()
  const shared = {
    id: fieldId(field.name),
    name: field.name,
    value,
    placeholder,
    autoComplete: 'off',
    'aria-invalid': field.error ? (true as const) : undefined,
    'aria-describedby': describedBy(field.name, {
      hint: Boolean(field.hint),
      error: Boolean(field.error)
    }),
    className: clsx(INPUT_CLASS, borderClass(field.error), numeric && 'text-right tabular-nums')
  }
  return (
    <LabelledField {...field}>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={numeric ? 'decimal' : undefined}
          list={suggestions ? listId : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </LabelledField>
  )
}

export const Checkbox = ({
  checked,
  onChange,
  label,
  hint
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  label: string
  hint?: string
}) => (
  <label className="flex min-h-11 cursor-pointer items-start gap-3">
    <input
      type="checkbox"
      checked={checked}
      onChange={(event) => onChange(event.target.checked)}
      className="mt-1 size-4.5 shrink-0 accent-(--brand)"
    />
    <span>
      <span className="font-medium text-[0.9375rem]">{label}</span>
      {hint && <span className="block text-muted text-sm">{hint}</span>}
    </span>
  </label>
)
