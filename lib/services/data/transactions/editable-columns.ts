/**
 * The SQL of the editable columns, built from the list in `lib/domain/transactions/edits.ts`. `e`
 * is `transaction_edits`, `r` is `rules`.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import {
  columnOf,
  EDITABLE_FIELDS,
  type EditableField,
  type EditValues,
  type FieldsWith,
  fieldsWith,
  type RuleAction,
  SINGLE_FIELDS,
  type TransactionEdit
} from '@/lib/domain/transactions/edits'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable } from '@/lib/services/data/sql/row-type'
import { rules, transactionEdits } from '@/xata/schema'

type ColumnsFor<F extends EditableField> = {
  [K in F]: AnyPgColumn<{ data: NonNullable<EditValues[K]> }>
}
// A field without a column, or with one of another type, does not compile.
const EDIT_COLUMNS: ColumnsFor<EditableField> = transactionEdits
const RULE_COLUMNS: ColumnsFor<FieldsWith<'inRules'>> = rules
const RULED_COLUMNS: { [F in FieldsWith<'inRules'>]: (typeof EDIT_COLUMNS)[F] } = {
  category: transactionEdits.ruleCategory,
  merchant: transactionEdits.ruleMerchant,
  excluded: transactionEdits.ruleExcluded
}

const list = (parts: SQL[]): SQL => sql.join(parts, sql`, `)
const nameOf = ({ name }: { name: string }): SQL => sql`${sql.identifier(name)}`
const isTags = (field: EditableField) => columnOf(field).kind === 'tags'

const SQL_TYPES = { category: 'text', text: 'text', flag: 'boolean', tags: 'jsonb' } as const
const typeOf = (field: EditableField): SQL => sql.raw(SQL_TYPES[columnOf(field).kind])

/** Every editable column, without the alias of its table. */
export const editedColumns: SQL = list(EDITABLE_FIELDS.map((field) => nameOf(EDIT_COLUMNS[field])))
export const storedValue = (field: EditableField): SQL => sql`e.${nameOf(EDIT_COLUMNS[field])}`
export const emptyValue = (field: EditableField): SQL =>
  isTags(field) ? sql`'[]'::jsonb` : sql`null::${typeOf(field)}`

/** The value of every editable column after an edit; `current` is the one before. */
export const newValues = (edit: TransactionEdit, current: (field: EditableField) => SQL): SQL[] =>
  EDITABLE_FIELDS.map((field) => {
    if (isTags(field)) return newTags(edit, current(field))
    const value = edit[field]
    return value === undefined ? current(field) : sql`${value}::${typeOf(field)}`
  })

const newTags = ({ tags, addTags = [], removeTags = [] }: TransactionEdit, current: SQL): SQL =>
  sql`(select coalesce(jsonb_agg(g order by g), '[]') from (select jsonb_array_elements_text(${tags ? jsonb(tags) : current}) as g
    union select jsonb_array_elements_text(${jsonb(addTags)})) every_tag where g not in (select jsonb_array_elements_text(${jsonb(removeTags)})))`

const jsonOf = (entries: (readonly [string, SQL])[]): SQL =>
  sql`jsonb_build_object(${list(entries.map(([key, value]) => sql`${sql.raw(`'${key}'`)}, ${value}`))})`

/** The current values, stored as `before` so that an edit can be undone. */
export const snapshot: SQL = jsonOf(EDITABLE_FIELDS.map((field) => [field, storedValue(field)]))
export const emptySnapshot: SQL = jsonOf(EDITABLE_FIELDS.map((field) => [field, emptyValue(field)]))
/** The values of `before`, for every editable column. */
export const restoredValues: SQL = list(
  EDITABLE_FIELDS.map((field) =>
    isTags(field)
      ? sql`before->${sql.raw(`'${field}'`)}`
      : sql`(before->>${sql.raw(`'${field}'`)})::${typeOf(field)}`
  )
)

const LIST_FIELDS = fieldsWith('inList')
type ListRow = {
  [F in FieldsWith<'inList'>]: ReturnType<typeof column.jsonb<EditValues[F]>>
}
const ROW_TYPES = {
  category: nullable(column.text),
  text: nullable(column.text),
  flag: nullable(column.bool),
  tags: column.jsonb<string[]>()
}
/** Row type of the columns that a list row carries (`inList`). */
export const LIST_ROW = Object.fromEntries(
  LIST_FIELDS.map((field) => [field, ROW_TYPES[columnOf(field).kind]])
) as ListRow
/** Values of a split `p` that take precedence over those of its transaction. */
const SPLIT_VALUES: Partial<Record<EditableField, SQL>> = { note: sql`p.note` }
/** The columns of `LIST_ROW`; `e` is absent for a transaction without edits. */
export const listValues: SQL = list(
  LIST_FIELDS.map((field) => {
    const split = SPLIT_VALUES[field]
    const sources = [...(split ? [split] : []), storedValue(field), emptyValue(field)]
    return sql`coalesce(${list(sources)}) as ${sql.identifier(field)}`
  })
)

/** The user's own values, as JSON. */
export const ownValues: SQL = jsonOf(SINGLE_FIELDS.map((field) => [field, storedValue(field)]))

const RULE_FIELDS = fieldsWith('inRules')
const ruleColumn = (field: FieldsWith<'inRules'>, alias: string): SQL =>
  sql`${sql.identifier(alias)}.${nameOf(RULE_COLUMNS[field])}`
const ruledColumn = (field: FieldsWith<'inRules'>, alias: string): SQL =>
  sql`${sql.identifier(alias)}.${nameOf(RULED_COLUMNS[field])}`

/** The rules' values, as JSON. */
export const ruleValues: SQL = jsonOf(RULE_FIELDS.map((field) => [field, ruledColumn(field, 'e')]))
/** The columns of `rules` that say what a rule sets, without alias. */
export const ruleActionColumns: SQL = list(RULE_FIELDS.map((field) => nameOf(RULE_COLUMNS[field])))
/** The same, named as in `RuleAction`. */
export const ruleActionFields: SQL = list(
  RULE_FIELDS.map((field) => sql`${nameOf(RULE_COLUMNS[field])} as ${sql.identifier(field)}`)
)
export const ruleActionValues = (action: RuleAction): SQL =>
  list(RULE_FIELDS.map((field) => sql`${action[field]}::${typeOf(field)}`))
/** For each action the value of the newest of the rules `r` that sets it. */
export const newestRuleActions: SQL = list(
  RULE_FIELDS.map((field) => {
    const column = ruleColumn(field, 'r')
    return sql`(array_agg(${column} order by r.created_at desc, r.id) filter (where ${column} is not null))[1] as ${nameOf(RULE_COLUMNS[field])}`
  })
)
/** The columns of `transaction_edits` that rules write. */
export const ruledColumns: SQL = list(RULE_FIELDS.map((field) => nameOf(RULED_COLUMNS[field])))
/** The same with an alias. */
export const ruledColumnsOf = (alias: 'e' | 'excluded'): SQL =>
  list(RULE_FIELDS.map((field) => ruledColumn(field, alias)))
export const noRuledValues: SQL = list(RULE_FIELDS.map((field) => emptyValue(field)))

/** @throws Error for a field that has no column: it would be stored nowhere. */
export function requireKnownFields(edit: object): void {
  const known: ReadonlySet<string> = new Set([...EDITABLE_FIELDS, 'addTags', 'removeTags'])
  const unknown = Object.keys(edit).filter((field) => !known.has(field))
  if (unknown.length > 0) throw new Error(`No column stores ${unknown.join(', ')}`)
}
