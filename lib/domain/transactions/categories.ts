/** What a bank's category says about money: whether it came in, was spent, or only moved between a person's own pockets. */

/**
 * income: earned · spending: paid for something, refunds included as money back · transfer: moved, neither earned nor spent ·
 * excluded: left out of every number because the person said so.
 */
export const TRANSACTION_KINDS = ['income', 'spending', 'transfer', 'excluded'] as const
/** Those that no sum of income or spending counts. */
export const EXCLUDED_KINDS = ['transfer', 'excluded'] as const satisfies TransactionKind[]
export type TransactionKind = (typeof TRANSACTION_KINDS)[number]

/** Stands for rows that the bank's data gives no category. */
export const UNCATEGORIZED = 'UNCATEGORIZED'

/** Primary categories of money that stays with its owner or comes as a debt. */
export const TRANSFER_CATEGORIES = ['TRANSFER_IN', 'TRANSFER_OUT', 'LOAN_DISBURSEMENTS'] as const
/** Paying the card moves money; what was bought with the card has been counted when it was bought. */
export const TRANSFER_DETAILED_CATEGORIES = ['LOAN_PAYMENTS_CREDIT_CARD_PAYMENT'] as const
/** Accounts whose rows mirror what other accounts show: a payment that arrives at a loan, a trade inside a brokerage. */
export const MIRROR_ACCOUNT_TYPES = ['loan', 'investment', 'brokerage'] as const
/** Says where money came from or went no better than no category does. */
export const AMBIGUOUS = ['OTHER'] as const
/** Accounts where money in is a refund or a payment, never earned. */
export const DEBT_ACCOUNT_TYPES = ['credit'] as const
/** In a card's own description: the card was paid. */
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
  /** Of a part, what the whole came to: a part of a payment is never earned. */
  whole?: { minor: bigint }
  /** The bank's description. */
  name: string
  excluded?: boolean
  /** One side of a transfer between the user's own accounts. */
  paired?: boolean
}

const includes = (list: readonly string[], word: string | null): boolean =>
  word !== null && list.includes(word)

/** Which of them a transaction is. Every number on every page rests on this one rule. */
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
  const vague = categoryPrimary === null || includes(AMBIGUOUS, categoryPrimary)
  if (categoryPrimary === 'INCOME') return 'income'
  if (!vague || amount.minor <= 0n || whole.minor <= 0n) return 'spending'
  if (!includes(DEBT_ACCOUNT_TYPES, accountType)) return 'income'
  return CARD_PAYMENT_KEYWORDS.some((word) => name.toLowerCase().includes(word))
    ? 'transfer'
    : 'spending'
}

const CATEGORY_NAMES: Record<string, string> = {
  [UNCATEGORIZED]: 'No category',
  BANK_FEES: 'Bank fees',
  GENERAL_MERCHANDISE: 'Shopping',
  GENERAL_SERVICES: 'Services',
  GOVERNMENT_AND_NON_PROFIT: 'Government and giving',
  HOME_IMPROVEMENT: 'Home',
  LOAN_DISBURSEMENTS: 'Loans received',
  MEDICAL: 'Health',
  RENT_AND_UTILITIES: 'Rent and utilities',
  TRANSFER_IN: 'Transfer in',
  TRANSFER_OUT: 'Transfer out',
  TRANSPORTATION: 'Getting around'
}

/** The categories people can choose from; what banks add to them later shows under its own name. */
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

const toSentenceCase = (word: string): string => {
  const words = word.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A category as people write it: FOOD_AND_DRINK is "Food and drink". */
export const categoryName = (category: string): string =>
  CATEGORY_NAMES[category] ?? toSentenceCase(category)

/** The finer category without the coarse one it starts with: FOOD_AND_DRINK_COFFEE is "Coffee". */
export function detailedCategoryName(detailed: string, primary: string | null): string {
  const short =
    primary && detailed.startsWith(`${primary}_`) ? detailed.slice(primary.length + 1) : detailed
  return toSentenceCase(short.replace(/^OTHER_.+$/, 'OTHER'))
}
