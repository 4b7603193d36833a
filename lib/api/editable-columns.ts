/** Zod schemas of the editable transaction columns, built from the list in `lib/domain/transactions/edits.ts`. */
import { z } from 'zod'
import { CATEGORIES, UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import {
  columnOf,
  EDIT_LIMITS,
  type EditableColumn,
  type EditableField,
  type EditValues,
  type SingleField
} from '@/lib/domain/transactions/edits'

/** Code points: an emoji is one or two, not four. */
const lengthOf = (text: string): number => [...text].length
/** Postgres cannot store NUL or half of a surrogate pair. Control characters other than the line feed become spaces. */
const clean = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '')
    .replace(/[^\P{Control}\n]/gu, ' ')
    .normalize('NFC')
    .trim()
const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ')

const textUpTo = (max: number, tidy: (text: string) => string) =>
  z
    .string()
    .max(20_000, `Use at most ${max.toLocaleString('en-US')} characters.`)
    .transform(tidy)
    .refine(
      (tidied) => lengthOf(tidied) <= max,
      `Use at most ${max.toLocaleString('en-US')} characters.`
    )
const emptyToNull = (schema: ReturnType<typeof textUpTo>) =>
  schema.transform((tidied) => tidied || null).nullable()
/** A text of one line; an empty one is null. */
export const lineUpTo = (max: number) => emptyToNull(textUpTo(max, oneLine))

export const category = z
  .enum([...CATEGORIES, UNCATEGORIZED], 'Choose one of the categories.')
  .nullable()
const tag = textUpTo(EDIT_LIMITS.tag, oneLine).refine(
  (name) => name.length > 0,
  'A tag needs a name.'
)
export const tags = z.array(tag).max(EDIT_LIMITS.tags, `Use at most ${EDIT_LIMITS.tags} tags.`)

type Schemas = { input: z.ZodType; response: z.ZodType }
const SCHEMAS: Record<EditableColumn['kind'], (column: EditableColumn) => Schemas> = {
  category: () => ({ input: category, response: z.string().nullable() }),
  text: ({ maxLength = EDIT_LIMITS.note, multiline }) => ({
    input: multiline ? emptyToNull(textUpTo(maxLength, clean)) : lineUpTo(maxLength),
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

/** What a request may set. */
export const inputFields = <F extends EditableField>(fields: readonly F[]) =>
  shapeOf(fields, 'input')
/** The same, null where absent. */
export const inputFieldsOrNull = <F extends SingleField>(fields: readonly F[]) =>
  Object.fromEntries(
    Object.entries<z.ZodType>(inputFields(fields)).map(([field, schema]) => [
      field,
      schema.default(null)
    ])
  ) as { [K in F]: z.ZodDefault<z.ZodType<EditValues[K]>> }
/** What a response contains. */
export const responseFields = <F extends EditableField>(fields: readonly F[]) =>
  shapeOf(fields, 'response')
