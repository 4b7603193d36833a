'use client'

import clsx from 'clsx'
import { useCategories } from '@/components/transactions/edit/own-categories'
import { borderClass, describedBy, fieldId } from '@/components/ui/forms/field'
import { type FieldProps, INPUT_CLASS, LabelledField } from '@/components/ui/forms/text-input'
import { categoryName, UNCATEGORIZED } from '@/lib/domain/transactions/categories'

/** A category select with an empty first option. */
export function CategoryField({
  value,
  onChange,
  emptyLabel,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; emptyLabel: string }) {
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
            {categoryName(one)}
          </option>
        ))}
        <option value={UNCATEGORIZED}>{categoryName(UNCATEGORIZED)}</option>
      </select>
    </LabelledField>
  )
}

/** Parses "trip, Lisbon" as tags. */
export const parseTags = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
  )
]
