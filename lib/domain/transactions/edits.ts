/** What a person may say about a transaction, and how much of it. */
import type { Money } from '@/lib/domain/money/money'

/** Longest texts, in characters as people count them, and how many of a thing there may be. */
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

/** What is left out stays as it is; null is the bank's word, or that of a rule, again. */
export type TransactionEdit = {
  category?: string | null | undefined
  merchant?: string | null | undefined
  note?: string | null | undefined
  excluded?: boolean | null | undefined
  /** All of them. */
  tags?: string[] | undefined
  addTags?: string[] | undefined
  removeTags?: string[] | undefined
}

/** One of several that a transaction is split into; without a category it has that of the whole. */
export type Split = { minor: bigint; category: string | null; note: string | null }

/** Whether parts are the whole, to the last unit. */
export const splitsAddUp = (
  splits: readonly Pick<Split, 'minor'>[],
  { minor }: Pick<Money, 'minor'>
): boolean => splits.reduce((total, part) => total + part.minor, 0n) === minor

/**
 * Whether all parts but the first, which is what they leave, go the way of the whole and take all of it or more. What is left would then come back as
 * money that nobody got.
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

/** Which transactions a rule is about; at least one part is there. */
export type RuleCondition = {
  match: 'contains' | 'equals' | null
  /** What the bank calls the merchant, in any case. */
  text: string | null
  /** Our id of an account. */
  accountId: string | null
  flow: 'in' | 'out' | null
}
/** What it says about them; at least one part is there. */
export type RuleAction = {
  category: string | null
  merchant: string | null
  excluded: boolean | null
}
export type Rule = { id: string; createdAt: string } & RuleCondition & RuleAction
