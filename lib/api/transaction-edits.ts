/** What may be said about transactions over /api/v1. */
import { z } from 'zod'
import { MoneyResponse, TransactionResponse } from '@/lib/api/responses'
import { FilterInput } from '@/lib/api/transactions'
import { CATEGORIES, UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { EDIT_LIMITS } from '@/lib/domain/transactions/edits'

/** Letters as people count them: an emoji is one or two, not four. */
const lengthOf = (text: string): number => [...text].length
/** What storage cannot hold (NUL, half of a pair) is no loss to anybody; control signs other than the line feed are blanks. */
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

const category = z.enum([...CATEGORIES, UNCATEGORIZED], 'Choose one of the categories.').nullable()
const merchant = emptyToNull(textUpTo(EDIT_LIMITS.merchant, oneLine))
const tag = textUpTo(EDIT_LIMITS.tag, oneLine).refine(
  (name) => name.length > 0,
  'A tag needs a name.'
)
const tags = z.array(tag).max(EDIT_LIMITS.tags, `Use at most ${EDIT_LIMITS.tags} tags.`)
const minor = z
  .string()
  .regex(/^-?[1-9]\d{0,17}$/, 'Each part needs an amount.')
  .transform((digits) => BigInt(digits))
const part = z.strictObject({
  minor,
  category: category.default(null),
  note: emptyToNull(textUpTo(EDIT_LIMITS.splitNote, oneLine)).default(null)
})
const hasChange = (input: object): boolean =>
  Object.values(input).some((value) => value !== undefined)

/** The body of PATCH /api/v1/transactions/:id: what is absent stays; null is the bank's word again; no parts join what was split. */
export const TransactionEditInput = z
  .strictObject({
    category: category.optional(),
    merchant: merchant.optional(),
    note: emptyToNull(textUpTo(EDIT_LIMITS.note, clean)).optional(),
    excluded: z.boolean().nullable().optional(),
    tags: tags.optional(),
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

/** The body of POST /api/v1/transactions/changes; `id` names the act, so that it is done once and can be taken back. */
export const BulkEditInput = z
  .strictObject({
    id: z.uuid(),
    ids: ids.min(1).optional(),
    filter: FilterInput.optional(),
    except: ids.optional(),
    change: z
      .strictObject({
        category: category.optional(),
        merchant: merchant.optional(),
        excluded: z.boolean().nullable().optional(),
        addTags: tags.optional(),
        removeTags: tags.optional()
      })
      .refine(hasChange, 'Choose what to change.')
  })
  .refine(
    (input) => (input.ids === undefined) !== (input.filter === undefined),
    'Choose transactions by id or by filter.'
  )

const ruleFields = {
  match: z.enum(['contains', 'equals']).nullable().default('contains'),
  text: emptyToNull(textUpTo(EDIT_LIMITS.merchant, oneLine)).default(null),
  accountId: z.uuid('Choose one of your accounts.').nullable().default(null),
  flow: z.enum(['in', 'out']).nullable().default(null),
  category: category.default(null),
  merchant: merchant.default(null),
  excluded: z.boolean().nullable().default(null)
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
const hasAction = (rule: { category: unknown; merchant: unknown; excluded: unknown }) =>
  [rule.category, rule.merchant, rule.excluded].some((value) => value !== null)
const CONDITION_REQUIRED = {
  path: ['text'],
  message: 'Choose which transactions: by merchant, account or direction.'
}
const ACTION_REQUIRED = {
  path: ['category'],
  message: 'Choose what to change: the category, the name, or whether to exclude them.'
}

/** The body of POST /api/v1/rules; the browser may bring the id, so that a second press makes no second rule. */
export const NewRuleInput = z
  .strictObject({ id: z.uuid().optional(), ...ruleFields })
  .refine(hasCondition, CONDITION_REQUIRED)
  .refine(hasAction, ACTION_REQUIRED)
/** The body of PUT /api/v1/rules/:id. */
export const RuleInput = z
  .strictObject(ruleFields)
  .refine(hasCondition, CONDITION_REQUIRED)
  .refine(hasAction, ACTION_REQUIRED)

const said = { category: z.string().nullable(), merchant: z.string().nullable() }
const saidByUser = { ...said, excluded: z.boolean().nullable() }
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
/** One transaction: its rows in a list, and what the bank, a rule and the user say about it. */
export const TransactionDetailResponse = z.strictObject({
  rows: z.array(TransactionResponse),
  bank: z.strictObject(said),
  rule: z.strictObject(saidByUser),
  own: z.strictObject({ ...saidByUser, note: z.string().nullable() }),
  parts: z.array(SplitResponse),
  /** The amount when it was split, where the bank has changed it since, and whether the splits still count. */
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
  ...saidByUser,
  createdAt: z.string()
})
export type RuleResponse = z.infer<typeof RuleResponse>
/** `matched` is how many transactions the rule matches now. */
export const SavedRuleResponse = z.strictObject({ rule: RuleResponse, matched: z.number() })
export type SavedRuleResponse = z.infer<typeof SavedRuleResponse>

/** What of an address is the beginning of a rule; null where nothing is. */
export function parseRuleDraft(
  search: Record<string, string | string[] | undefined>
): RuleDraft | null {
  const text = emptyToNull(textUpTo(EDIT_LIMITS.merchant, oneLine)).safeParse(search.text)
  if (!text.success || !text.data) return null
  const chosen = category.safeParse(search.category)
  const name = merchant.safeParse(search.merchant)
  return {
    text: text.data,
    category: chosen.data ?? null,
    merchant: name.data ?? null,
    excluded: search.excluded === 'yes' ? true : null
  }
}
export type RuleDraft = {
  text: string
  category: string | null
  merchant: string | null
  excluded: boolean | null
}
