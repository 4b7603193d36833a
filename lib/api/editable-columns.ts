/**
 * Zod schemas of the editable transaction columns, built from the list in
 * `lib/domain/transactions/edits.ts`.
 */
import { z } from 'zod'
import { cleanLine, cleanLines, textOrNull, textUpTo } from '@/lib/api/text-fields'
import {
  CATEGORIES,
  isOwnCategory,
  OWN_CATEGORY_LENGTH,
  ownCategory,
  UNCATEGORIZED
} from '@/lib/domain/transactions/categories'
import {
  columnOf,
  EDIT_LIMITS,
  type EditableColumn,
  type EditableField,
  type EditValues,
  type SingleField
} from '@/lib/domain/transactions/edits'

const OWN = ownCategory('')
const ownCategoryInput = textUpTo(OWN.length + OWN_CATEGORY_LENGTH, (text) =>
  isOwnCategory(text) ? OWN + cleanLine(text.slice(OWN.length)) : text
).refine((text) => isOwnCategory(text) && text !== OWN)

/** One of ours, or `own:` and the name of an own category. */
export const category = z.union(
  [z.enum([...CATEGORIES, UNCATEGORIZED]), z.null(), ownCategoryInput],
  'Choose one of the categories.'
)
const tag = textUpTo(EDIT_LIMITS.tag, cleanLine).refine(
  (name) => name.length > 0,
  'A tag needs a name.'
)
export const tags = z.array(tag).max(EDIT_LIMITS.tags, `Use at most ${EDIT_LIMITS.tags} tags.`)

type Schemas = { input: z.ZodType; response: z.ZodType }
const SCHEMAS: Record<EditableColumn['kind'], (column: EditableColumn) => Schemas> = {
  category: () => ({ input: category, response: z.string().nullable() }),
  text: ({ maxLength = EDIT_LIMITS.note, multiline }) => ({
    input: textOrNull(maxLength, multiline ? cleanLines : cleanLine),
    response: z.string().nullable()
  }),
  flag: () => ({ input: z.boolean().nullable(), response: z.boolean().nullable() }),
  tags: () => ({ input: tags, response: z.array(z.string()) })
}

type Shape<F extends EditableField> = { [K in F]: z.ZodType<EditValues[K]> }
const shapeOf = <F extends EditableField>(fields: readonly F[], side: keyof Schemas) =>
  Object.fromEntries(
    fields.map((field) => [field, SCHEMAS[columnOf(field).kind](columnOf(field))[side]])
  ) as Shape<F>

/** Request schemas of the given fields. */
export const inputFields = <F extends EditableField>(fields: readonly F[]) =>
  shapeOf(fields, 'input')
/** The same, with null for an absent field. */
export const inputFieldsOrNull = <F extends SingleField>(fields: readonly F[]) =>
  Object.fromEntries(
    Object.entries<z.ZodType>(inputFields(fields)).map(([field, schema]) => [
      field,
      schema.default(null)
    ])
  ) as { [K in F]: z.ZodDefault<z.ZodType<EditValues[K]>> }
/** Response schemas of the given fields. */
export const responseFields = <F extends EditableField>(fields: readonly F[]) =>
  shapeOf(fields, 'response')
