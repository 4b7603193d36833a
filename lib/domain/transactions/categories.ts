/** Classifies transactions by category: income, spending or a transfer between own accounts. */

/**
 * income: earned · spending: purchases and refunds · transfer: moved between own accounts ·
 * excluded: left out of every sum by the user.
 */
export const TRANSACTION_KINDS = ['income', 'spending', 'transfer', 'excluded'] as const
/** Kinds that no income or spending sum includes. */
export const EXCLUDED_KINDS = ['transfer', 'excluded'] as const satisfies TransactionKind[]
export type TransactionKind = (typeof TRANSACTION_KINDS)[number]

/** For rows without a category. */
export const UNCATEGORIZED = 'UNCATEGORIZED'

/** Primary categories of moves between own accounts and of borrowed money. */
export const TRANSFER_CATEGORIES = ['TRANSFER_IN', 'TRANSFER_OUT', 'LOAN_DISBURSEMENTS'] as const
/** Paying a card is a transfer: the purchases were counted when made. */
export const TRANSFER_DETAILED_CATEGORIES = ['LOAN_PAYMENTS_CREDIT_CARD_PAYMENT'] as const
/**
 * Accounts whose rows mirror other accounts, such as a loan payment arriving or a trade inside a
 * brokerage.
 */
export const MIRROR_ACCOUNT_TYPES = ['loan', 'investment', 'brokerage'] as const
/** Categories that say nothing about the direction or purpose. */
export const AMBIGUOUS = ['OTHER'] as const
/** Accounts where money in is a refund or a payment, never income. */
export const DEBT_ACCOUNT_TYPES = ['credit'] as const
/** Keywords in a card's own description of a payment to the card. */
export const CARD_PAYMENT_KEYWORDS = [
  'payment',
  'autopay',
  'auto pay',
  'auto-pay',
  'thank you',
  'pymt',
  'pmt',
  'epay',
  'e-pay'
] as const

export type Categorized = {
  categoryPrimary: string | null
  categoryDetailed: string | null
  accountType: string
  amount: { minor: bigint }
  /** The whole amount of a split transaction: a split of a payment is never income. */
  whole?: { minor: bigint }
  /** The institution's description. */
  name: string
  excluded?: boolean
  /** Whether it is one side of a transfer between own accounts. */
  paired?: boolean
}

const includes = (list: readonly string[], word: string | null): boolean =>
  list.includes(word ?? '')

/** The kind of a transaction. Every sum in the app uses this rule. */
export function kindOf({
  categoryPrimary,
  categoryDetailed,
  accountType,
  amount,
  whole = amount,
  name,
  excluded = false,
  paired = false
}: Categorized): TransactionKind {
  if (excluded) return 'excluded'
  if (
    paired ||
    includes(MIRROR_ACCOUNT_TYPES, accountType) ||
    includes(TRANSFER_CATEGORIES, categoryPrimary) ||
    includes(TRANSFER_DETAILED_CATEGORIES, categoryDetailed)
  )
    return 'transfer'
  if (categoryPrimary === 'INCOME') return 'income'
  const vague = categoryPrimary === null || includes(AMBIGUOUS, categoryPrimary)
  if (!vague || amount.minor <= 0n || whole.minor <= 0n) return 'spending'
  if (!includes(DEBT_ACCOUNT_TYPES, accountType)) return 'income'
  return CARD_PAYMENT_KEYWORDS.some((word) => name.toLowerCase().includes(word))
    ? 'transfer'
    : 'spending'
}

/** The categories a user can choose. Plaid's later additions show under their own name. */
export const CATEGORIES = [
  'BANK_FEES',
  'ENTERTAINMENT',
  'FOOD_AND_DRINK',
  'GENERAL_MERCHANDISE',
  'GENERAL_SERVICES',
  'GOVERNMENT_AND_NON_PROFIT',
  'HOME_IMPROVEMENT',
  'INCOME',
  'LOAN_PAYMENTS',
  'MEDICAL',
  'PERSONAL_CARE',
  'RENT_AND_UTILITIES',
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'TRANSPORTATION',
  'TRAVEL'
] as const

/** Starts a category that a user named; the vendor's are in capitals. */
const OWN_PREFIX = 'own:'
/** Longest name of an own category in characters. */
export const OWN_CATEGORY_LENGTH = 40

/** The category with a name of the user's own. It counts as spending. */
export const ownCategory = (name: string): string => OWN_PREFIX + name
export const isOwnCategory = (category: string): boolean => category.startsWith(OWN_PREFIX)
/** The name that the user gave an own category. */
export const ownCategoryName = (category: string): string => category.slice(OWN_PREFIX.length)
