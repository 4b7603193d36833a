'use client'

import clsx from 'clsx'
import { useText } from '#text'
import { useCategories } from '@/components/transactions/edit/own-categories'
import { borderClass, describedBy, fieldId } from '@/components/ui/forms/field'
import { type FieldProps, INPUT_CLASS, LabelledField } from '@/components/ui/forms/text-input'
import { UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'

/** A category select with an empty first option. */
export function CategoryField({
  value,
  onChange,
  emptyLabel,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; emptyLabel: string }) {
  const text = useText('transactions')
  const categories = useCategories(value === UNCATEGORIZED ? null : value)
  return (
    <LabelledField {...field}>
      <select
        id={fieldId(field.name)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy(field.name, {
          hint: Boolean(field.hint),
          error: Boolean(field.error)
        })}
        className={clsx(INPUT_CLASS, borderClass(field.error))}
      >
        <option value="">{emptyLabel}</option>
        {categories.map((one) => (
          <option key={one} value={one}>
            {categoryLabel(one, text)}
          </option>
        ))}
        <option value={UNCATEGORIZED}>{categoryLabel(UNCATEGORIZED, text)}</option>
      </select>
    </LabelledField>
  )
}

/** Parses "trip, Lisbon" as tags. */
export const parseTags = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
  )
]
