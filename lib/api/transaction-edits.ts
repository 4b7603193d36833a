/** Edits, splits and rules of transactions over /api/v1. */
import { z } from 'zod'
import {
  category,
  inputFields,
  inputFieldsOrNull,
  responseFields,
  tags
} from '@/lib/api/editable-columns'
import { MoneyResponse, TransactionResponse } from '@/lib/api/responses'
import { lineUpTo } from '@/lib/api/text-fields'
import { FilterInput } from '@/lib/api/transactions'
import {
  EDIT_LIMITS,
  EDITABLE_FIELDS,
  fieldsWith,
  type RuleAction,
  SINGLE_FIELDS
} from '@/lib/domain/transactions/edits'

const minor = z
  .string()
  .regex(/^-?[1-9]\d{0,17}$/, 'Each part needs an amount.')
  .transform((digits) => BigInt(digits))
const part = z.strictObject({
  minor,
  category: category.default(null),
  note: lineUpTo(EDIT_LIMITS.splitNote).default(null)
})
const hasChange = (input: object): boolean =>
  Object.values(input).some((value) => value !== undefined)

/**
 * The body of PATCH /api/v1/transactions/:id. A missing field stays unchanged, null restores the
 * institution's value, and an empty list of splits undoes a split.
 */
export const TransactionEditInput = z
  .strictObject({
    ...z.object(inputFields(EDITABLE_FIELDS)).partial().shape,
    /** Whether a pair is one transfer between own accounts: false undoes it. */
    ownTransfer: z.boolean().optional(),
    parts: z
      .array(part)
      .max(EDIT_LIMITS.splits, `Use at most ${EDIT_LIMITS.splits} parts.`)
      .refine(({ length }) => length !== 1, 'Add at least one more part.')
      .optional()
  })
  .refine(hasChange, 'Choose what to change.')

const ids = z
  .array(z.uuid())
  .max(
    EDIT_LIMITS.selected,
    `Choose at most ${EDIT_LIMITS.selected} one by one, or all that match a filter.`
  )

/** The body of POST /api/v1/transactions/changes. `id` makes it idempotent and undoable. */
export const BulkEditInput = z
  .strictObject({
    id: z.uuid(),
    ids: ids.min(1).optional(),
    filter: FilterInput.optional(),
    except: ids.optional(),
    change: z
      .strictObject({
        ...z.object(inputFields(fieldsWith('inBulk'))).partial().shape,
        addTags: tags.optional(),
        removeTags: tags.optional()
      })
      .refine(hasChange, 'Choose what to change.')
  })
  .refine(
    (input) => (input.ids === undefined) !== (input.filter === undefined),
    'Choose transactions by id or by filter.'
  )

const ruleActions = inputFieldsOrNull(fieldsWith('inRules'))
const ruleFields = {
  match: z.enum(['contains', 'equals']).nullable().default('contains'),
  text: lineUpTo(EDIT_LIMITS.merchant).default(null),
  accountId: z.uuid('Choose one of your accounts.').nullable().default(null),
  flow: z.enum(['in', 'out']).nullable().default(null),
  ...ruleActions
}
const hasCondition = ({
  text: words,
  accountId,
  flow
}: {
  text: string | null
  accountId: string | null
  flow: string | null
}) => Boolean(words ?? accountId ?? flow)
const hasAction = (rule: RuleAction) => fieldsWith('inRules').some((field) => rule[field] !== null)
const CONDITION_REQUIRED = {
  path: ['text'],
  message: 'Choose which transactions: by merchant, account or direction.'
}
const ACTION_REQUIRED = {
  path: ['category'],
  message: 'Choose what to change: the category, the name, or whether to exclude them.'
}

/** The body of POST /api/v1/rules. A client-provided id prevents duplicates. */
export const NewRuleInput = z
  .strictObject({ id: z.uuid().optional(), ...ruleFields })
  .refine(hasCondition, CONDITION_REQUIRED)
  .refine(hasAction, ACTION_REQUIRED)
/** The body of PUT /api/v1/rules/:id. */
export const RuleInput = z
  .strictObject(ruleFields)
  .refine(hasCondition, CONDITION_REQUIRED)
  .refine(hasAction, ACTION_REQUIRED)

const ruleResponseFields = responseFields(fieldsWith('inRules'))
export const SplitResponse = z.strictObject({
  amount: MoneyResponse,
  category: z.string().nullable(),
  note: z.string().nullable()
})
export type SplitResponse = z.infer<typeof SplitResponse>
export const TransferPairResponse = z.strictObject({
  otherId: z.string(),
  accountName: z.string(),
  accountMask: z.string().nullable(),
  institutionName: z.string(),
  date: z.string(),
  undone: z.boolean()
})
export type TransferPairResponse = z.infer<typeof TransferPairResponse>
/** One transaction: its rows in lists, and the values of the institution, a rule and the user. */
export const TransactionDetailResponse = z.strictObject({
  rows: z.array(TransactionResponse),
  bank: z.strictObject(responseFields(['category', 'merchant'])),
  rule: z.strictObject(ruleResponseFields),
  own: z.strictObject(responseFields(SINGLE_FIELDS)),
  parts: z.array(SplitResponse),
  /** The amount when it was split, if it changed since, and whether the splits still apply. */
  split: z.strictObject({ from: MoneyResponse.nullable(), holds: z.boolean() }),
  /** The other side of a transfer between own accounts. */
  pair: TransferPairResponse.nullable()
})
export type TransactionDetailResponse = z.infer<typeof TransactionDetailResponse>
export const BulkEditResponse = z.strictObject({ id: z.string(), changed: z.number() })
export type BulkEditResponse = z.infer<typeof BulkEditResponse>
export const RuleResponse = z.strictObject({
  id: z.string(),
  match: z.string().nullable(),
  text: z.string().nullable(),
  accountId: z.string().nullable(),
  flow: z.string().nullable(),
  ...ruleResponseFields,
  createdAt: z.string()
})
export type RuleResponse = z.infer<typeof RuleResponse>
/** `matched` is how many transactions the rule matches now. */
export const SavedRuleResponse = z.strictObject({ rule: RuleResponse, matched: z.number() })
export type SavedRuleResponse = z.infer<typeof SavedRuleResponse>

/** Reads a rule draft from query parameters; null if there is none. */
export function parseRuleDraft(
  search: Record<string, string | string[] | undefined>
): RuleDraft | null {
  const text = lineUpTo(EDIT_LIMITS.merchant).safeParse(search.text)
  if (!text.success || !text.data) return null
  const chosen = category.safeParse(search.category)
  const name = ruleActions.merchant.safeParse(search.merchant)
  return {
    text: text.data,
    category: chosen.data ?? null,
    merchant: name.data ?? null,
    excluded: search.excluded === 'yes' ? true : null
  }
}
export type RuleDraft = { text: string } & RuleAction
