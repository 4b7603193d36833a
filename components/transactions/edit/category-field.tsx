'use client'

import clsx from 'clsx'
import { CATEGORIES, categoryName, UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { describedBy, edge, fieldId } from '@/components/ui/forms/field-attributes'
import { BOX, type Field, Labelled } from '@/components/ui/forms/text-input'

const byName = [...CATEGORIES].toSorted((a, b) => categoryName(a).localeCompare(categoryName(b)))

/** A category; the first choice is none of them. */
export function CategoryField({
  value,
  onChange,
  none,
  ...field
}: Field & { value: string; onChange: (value: string) => void; none: string }) {
  return (
    <Labelled {...field}>
      <select
        id={fieldId(field.name)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy(field.name, {
          hint: Boolean(field.hint),
          error: Boolean(field.error)
        })}
        className={clsx(BOX, edge(field.error))}
      >
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

/** "trip, Lisbon" as tags. */
export const toTags = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
  )
]
