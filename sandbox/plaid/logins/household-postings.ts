import {
  type BankAccount,
  type Category,
  isDebt,
  type Posting,
  round
} from '@/sandbox/plaid/logins/bank-data'
import { type Merchant, RECURRING_CATEGORIES } from '@/sandbox/plaid/logins/merchants'

export type HouseholdState = {
  random: () => number
  accounts: Map<string, BankAccount>
  balances: Map<string, number>
  postings: Posting[]
  sums: { wage: number; rent: number; subscriptions: number[]; bills: number[] }
  names: { employer: string; landlord: string }
  /** Card balance at the end of the last month. */
  statement: number
}

type PostingInput = {
  account: string
  amount: number
  name: string
  category: Category
  lag?: number
  hidden?: boolean
  merchant?: Merchant
  code?: string
}

export const cents = (value: number) => round(value, 2)
export const pick = <T>(from: readonly T[], random: () => number, fallback: T): T =>
  from[Math.floor(random() * from.length)] ?? fallback
export const between = (random: () => number, min: number, max: number) =>
  cents(min + random() * random() * (max - min))

export function post(life: HouseholdState, day: number, entry: PostingInput): void {
  const account = life.accounts.get(entry.account)
  if (!account) return
  const held = life.balances.get(entry.account) ?? 0
  life.balances.set(
    entry.account,
    cents(isDebt(account.type) ? held + entry.amount : held - entry.amount)
  )
  life.postings.push({
    key: `${day}.${life.postings.length}`,
    account: entry.account,
    amount: cents(entry.amount),
    authorized: day,
    posted: day + (entry.lag ?? 0),
    name: entry.name,
    merchant: entry.merchant?.name ?? null,
    website: entry.merchant?.website ?? null,
    category: entry.category,
    channel: entry.merchant?.channel ?? 'other',
    code: entry.code ?? null,
    ...(entry.hidden ? { hidden: true } : {})
  })
}

export function postPurchase(
  life: HouseholdState,
  day: number,
  account: string,
  merchant: Merchant,
  amount: number,
  lag: number
): void {
  post(life, day, {
    account,
    amount,
    name: merchant.statement,
    category: merchant.category,
    lag,
    merchant
  })
}

const LABELS = new Map([
  ['checking', 'CHECKING'],
  ['saving', 'SAVINGS'],
  ['invest', 'INVESTMENTS']
])

export function postTransfer(
  life: HouseholdState,
  day: number,
  from: string,
  to: string,
  amount: number,
  category: Category
): void {
  post(life, day, {
    account: from,
    amount,
    name: `TRANSFER TO ${LABELS.get(to)}`,
    category: to === 'checking' ? RECURRING_CATEGORIES.toSavings : category
  })
  post(life, day, {
    account: to,
    amount: -amount,
    name: `TRANSFER FROM ${LABELS.get(from)}`,
    category: RECURRING_CATEGORIES.fromAccount,
    hidden: to === 'invest'
  })
}
