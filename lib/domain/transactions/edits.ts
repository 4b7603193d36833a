/** The editable columns of a transaction, and the limits of edits. */
import type { Money } from '@/lib/domain/money/money'

/** Longest texts in characters (an emoji is one), and the most items. */
export const EDIT_LIMITS = {
  note: 2_000,
  merchant: 100,
  tag: 40,
  tags: 20,
  splits: 20,
  splitNote: 100,
  rules: 100,
  selected: 500
} as const

/**
 * How an editable column is stored and validated; `category`, `text` and `flag` are null until the
 * user sets them.
 */
type ColumnKind = 'category' | 'text' | 'flag' | 'tags'
export type EditableColumn = {
  kind: ColumnKind
  maxLength?: number
  multiline?: true
  /** Can be set for many transactions at once; tags can always be added and removed. */
  inBulk?: true
  /**
   * Rules can set it: `rules` has a column of this name and `transaction_edits` one with the prefix
   * `rule_`.
   */
  inRules?: true
  /** Included in list rows and their API response; CSV files have a column for it. */
  inList?: true
}

/**
 * The columns of `transaction_edits` that a user sets. The request and response schemas, the SQL of
 * editing, undoing and reading, the rules and the export are built from this list. An entry without
 * a column in the table does not compile.
 */
export const EDITABLE_COLUMNS = {
  category: { kind: 'category', inBulk: true, inRules: true },
  merchant: { kind: 'text', maxLength: EDIT_LIMITS.merchant, inBulk: true, inRules: true },
  note: { kind: 'text', maxLength: EDIT_LIMITS.note, multiline: true, inList: true },
  excluded: { kind: 'flag', inBulk: true, inRules: true },
  tags: { kind: 'tags', inList: true }
} as const satisfies Record<string, EditableColumn>

type Columns = typeof EDITABLE_COLUMNS
type ValueOf = {
  category: string | null
  text: string | null
  flag: boolean | null
  tags: string[]
}
export type EditableField = keyof Columns
export type EditValues = { [F in EditableField]: ValueOf[Columns[F]['kind']] }
type Trait = 'inBulk' | 'inRules' | 'inList'
export type FieldsWith<T extends Trait> = {
  [F in EditableField]: Columns[F] extends Record<T, true> ? F : never
}[EditableField]
/** Fields whose value is null until the user sets it. */
export type SingleField = {
  [F in EditableField]: Columns[F]['kind'] extends 'tags' ? never : F
}[EditableField]

export const EDITABLE_FIELDS = Object.keys(EDITABLE_COLUMNS) as EditableField[]
export const columnOf = (field: EditableField): EditableColumn => EDITABLE_COLUMNS[field]
export const fieldsWith = <T extends Trait>(trait: T): FieldsWith<T>[] =>
  EDITABLE_FIELDS.filter((field): field is FieldsWith<T> => columnOf(field)[trait] === true)
export const SINGLE_FIELDS = EDITABLE_FIELDS.filter(
  (field): field is SingleField => columnOf(field).kind !== 'tags'
)

export type ListValues = Pick<EditValues, FieldsWith<'inList'>>
/** The edited values of a list row. */
export function listValuesOf(row: ListValues): ListValues {
  const values: Partial<Record<keyof ListValues, unknown>> = {}
  for (const field of LIST_FIELDS) values[field] = row[field]
  return values as ListValues
}
const LIST_FIELDS = fieldsWith('inList')

/** Absent fields stay as they are; null falls back to the rules and the bank. */
export type TransactionEdit = { [F in EditableField]?: EditValues[F] | undefined } & {
  addTags?: string[] | undefined
  removeTags?: string[] | undefined
}

/** One split of a transaction; without a category it has the transaction's. */
export type Split = { minor: bigint; category: string | null; note: string | null }

/** Whether the splits add up to the whole, to the last minor unit. */
export const splitsAddUp = (
  splits: readonly Pick<Split, 'minor'>[],
  { minor }: Pick<Money, 'minor'>
): boolean => splits.reduce((total, part) => total + part.minor, 0n) === minor

/**
 * Whether the splits after the first reach or exceed the whole amount. The remainder, which is the
 * first split, would then change its sign.
 */
export function splitsExceedTotal(
  splits: readonly Pick<Split, 'minor'>[],
  { minor: whole }: Pick<Money, 'minor'>
): boolean {
  const others = splits.slice(1)
  const taken = others.reduce((total, { minor }) => total + minor, 0n)
  if (others.some(({ minor }) => minor > 0n !== whole > 0n)) return false
  return whole > 0n ? taken >= whole : taken <= whole
}

/** Which transactions a rule matches; at least one field is not null. */
export type RuleCondition = {
  match: 'contains' | 'equals' | null
  /** The institution's merchant name, case-insensitive. */
  text: string | null
  accountId: string | null
  flow: 'in' | 'out' | null
}
/** The values that a rule sets; at least one is not null. */
export type RuleAction = Pick<EditValues, FieldsWith<'inRules'>>
export type Rule = { id: string; createdAt: string } & RuleCondition & RuleAction
