/** The names of categories as users read them. */
import type { Text, TextKey } from '@/lib/domain/text/text'
import { isOwnCategory, ownCategoryName, UNCATEGORIZED } from '@/lib/domain/transactions/categories'

const CATEGORY_LABELS: Record<string, TextKey<'transactions'>> = {
  [UNCATEGORIZED]: 'No category',
  BANK_FEES: 'Bank fees',
  ENTERTAINMENT: 'Entertainment',
  FOOD_AND_DRINK: 'Food and drink',
  GENERAL_MERCHANDISE: 'Shopping',
  GENERAL_SERVICES: 'Services',
  GOVERNMENT_AND_NON_PROFIT: 'Government and giving',
  HOME_IMPROVEMENT: 'Home',
  INCOME: 'Income',
  LOAN_DISBURSEMENTS: 'Loans received',
  LOAN_PAYMENTS: 'Loan payments',
  MEDICAL: 'Health',
  OTHER: 'Other',
  PERSONAL_CARE: 'Personal care',
  RENT_AND_UTILITIES: 'Rent and utilities',
  TRANSFER_IN: 'Transfer in',
  TRANSFER_OUT: 'Transfer out',
  TRANSPORTATION: 'Transportation',
  TRAVEL: 'Travel'
}

/** Plaid's detailed categories without their primary prefix, as `toSentenceCase` writes them. */
const DETAILED_LABELS = [
  'Account transfer',
  'Accounting and financial planning',
  'Atm fees',
  'Automotive',
  'Beer wine and liquor',
  'Bikes and scooters',
  'Bookstores and newsstands',
  'Car payment',
  'Cash advances and loans',
  'Casinos and gambling',
  'Childcare',
  'Clothing and accessories',
  'Coffee',
  'Consulting and legal',
  'Convenience stores',
  'Credit card payment',
  'Dental care',
  'Department stores',
  'Deposit',
  'Discount stores',
  'Dividends',
  'Donations',
  'Education',
  'Electronics',
  'Eye care',
  'Fast food',
  'Flights',
  'Foreign transaction fees',
  'Furniture',
  'Gas',
  'Gas and electricity',
  'Gifts and novelties',
  'Government departments and agencies',
  'Groceries',
  'Gyms and fitness centers',
  'Hair and beauty',
  'Hardware',
  'Insufficient funds',
  'Insurance',
  'Interest charge',
  'Interest earned',
  'Internet and cable',
  'Investment and retirement funds',
  'Laundry and dry cleaning',
  'Lodging',
  'Mortgage payment',
  'Music and audio',
  'Nursing care',
  'Office supplies',
  'Online marketplaces',
  'Other',
  'Overdraft fees',
  'Parking',
  'Personal loan payment',
  'Pet supplies',
  'Pharmacies and supplements',
  'Postage and shipping',
  'Primary care',
  'Public transit',
  'Rent',
  'Rental cars',
  'Repair and maintenance',
  'Restaurant',
  'Retirement pension',
  'Savings',
  'Security',
  'Sewage and waste management',
  'Sporting events amusement parks and museums',
  'Sporting goods',
  'Storage',
  'Student loan payment',
  'Superstores',
  'Tax payment',
  'Tax refund',
  'Taxis and ride shares',
  'Telephone',
  'Tobacco and vape',
  'Tolls',
  'Tv and movies',
  'Unemployment',
  'Vending machines',
  'Veterinary services',
  'Video games',
  'Wages',
  'Water',
  'Withdrawal'
] as const satisfies TextKey<'transactions'>[]

const toSentenceCase = (word: string): string => {
  const words = word.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** In English, for the API and exports: FOOD_AND_DRINK is "Food and drink". */
export const categoryName = (category: string): string =>
  isOwnCategory(category)
    ? ownCategoryName(category)
    : (CATEGORY_LABELS[category] ?? toSentenceCase(category))

/** In the user's language. An own category has the name that the user gave it. */
export function categoryLabel(category: string, text: Text<'transactions'>): string {
  const label = isOwnCategory(category) ? undefined : CATEGORY_LABELS[category]
  return label ? text(label) : categoryName(category)
}

/**
 * The label of a detailed category without its primary prefix: FOOD_AND_DRINK_COFFEE is "Coffee".
 * Categories that Plaid adds later are in English.
 */
export function detailedCategoryLabel(
  detailed: string,
  primary: string | null,
  text: Text<'transactions'>
): string {
  const short =
    primary && detailed.startsWith(`${primary}_`) ? detailed.slice(primary.length + 1) : detailed
  const name = toSentenceCase(short.replace(/^OTHER_.+$/, 'OTHER'))
  const label = DETAILED_LABELS.find((known) => known === name)
  return label ? text(label) : name
}
