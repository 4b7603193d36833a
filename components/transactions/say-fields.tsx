'use client'

import clsx from 'clsx'
import { type ReactNode, useId } from 'react'
import { CATEGORIES, categoryName, UNCATEGORIZED } from '@/lib/domain/categories'
import { FieldError } from '../forms/field-message'
import { CONTROL, edge, fieldId } from '../forms/fields'

const BOX = `${CONTROL} mt-1.5 w-full`

type Field = { name: string; label: string; error?: string | undefined; hint?: ReactNode }

function Labelled({ name, label, error, hint, children }: Field & { children: ReactNode }) {
  return (
    <div data-field className="min-w-0">
      <label htmlFor={fieldId(name)} className="font-medium text-[0.9375rem]">
        {label}
      </label>
      <FieldError name={name} error={error} />
      {children}
      {hint && <p className="mt-1 text-muted text-sm">{hint}</p>}
    </div>
  )
}

const byName = [...CATEGORIES].toSorted((a, b) => categoryName(a).localeCompare(categoryName(b)))

/** A category; the first choice is none of them. */
export function CategoryField({ value, onChange, none, ...field }: Field & { value: string; onChange: (value: string) => void; none: string }) {
  return (
    <Labelled {...field}>
      <select id={fieldId(field.name)} value={value} onChange={(event) => onChange(event.target.value)} className={clsx(BOX, edge(field.error))}>
        <option value="">{none}</option>
        {byName.map((one) => (
          <option key={one} value={one}>
            {categoryName(one)}
          </option>
        ))}
        <option value={UNCATEGORIZED}>{categoryName(UNCATEGORIZED)}</option>
      </select>
    </Labelled>
  )
}

type TextProps = Field & {
  value: string
  onChange: (value: string) => void
  placeholder?: string
  lines?: number
  suggestions?: readonly string[]
  numeric?: boolean
}

/** One line, or several. */
export function SayField({ value, onChange, placeholder, lines = 1, suggestions, numeric = false, ...field }: TextProps) {
  const list = useId()
  const shared = {
    id: fieldId(field.name),
    name: field.name,
    value,
    placeholder,
    autoComplete: 'off',
    'aria-invalid': field.error ? (true as const) : undefined,
    className: clsx(BOX, edge(field.error), numeric && 'text-right tabular-nums')
  }
  return (
    <Labelled {...field}>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={numeric ? 'decimal' : undefined}
          list={suggestions ? list : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </Labelled>
  )
}

/** "trip, Lisbon" as tags. */
export const toTags = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
  )
]

export const CheckField = ({ checked, onChange, label, hint }: { checked: boolean; onChange: (checked: boolean) => void; label: string; hint?: string }) => (
  <label className="flex min-h-11 cursor-pointer items-start gap-3">
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} className="mt-1 size-4.5 shrink-0 accent-(--brand)" />
    <span>
      <span className="font-medium text-[0.9375rem]">{label}</span>
      {hint && <span className="block text-muted text-sm">{hint}</span>}
    </span>
  </label>
)
