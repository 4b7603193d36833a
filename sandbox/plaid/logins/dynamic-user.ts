/**
 * user_transactions_dynamic: two accounts, a short history, amounts with odd decimals, and changes
 * at every refresh.
 */

import type { GeneratedData } from '@/sandbox/plaid/logins/bank-data'
import {
  type BankAccount,
  DEFAULT_OWNER,
  type Posting,
  round
} from '@/sandbox/plaid/logins/bank-data'
import { SPENDING } from '@/sandbox/plaid/logins/merchants'

const account = (
  key: string,
  name: string,
  mask: string,
  subtype: string,
  currency: string | null
): BankAccount => ({
  key,
  name,
  officialName: null,
  mask,
  type: 'depository',
  subtype,
  limit: null,
  currency,
  unofficialCurrency: null,
  opening: key === 'checking' ? 5_400 : 9_800,
  numbers: { account: `111122223333${mask}`, routing: '011401533', wire: '021000021' }
})

/** @param linkedOn day the Item was made: the history is counted back from there. */
export function dynamicUserData(
  brand: string,
  currency: string | null,
  random: () => number,
  linkedOn: number
): GeneratedData {
  const accounts = [
    account('checking', `${brand} Checking`, '0000', 'checking', currency),
    account('saving', `${brand} Saving`, '1111', 'savings', currency)
  ]
  const postings = Array.from({ length: 54 }, (_, i) =>
    makePosting(random, `d${i}`, linkedOn - Math.floor((53 - i) * 1.6), i > 49)
  )
  return { accounts, postings, owner: DEFAULT_OWNER }
}

/** A purchase; every third amount carries more decimals than cents. */
export function makePosting(
  random: () => number,
  key: string,
  day: number,
  pending: boolean
): Posting {
  const shops = SPENDING[Math.floor(random() * SPENDING.length)]?.shops ?? []
  const shop = shops[Math.floor(random() * shops.length)]
  const raw = (shop?.min ?? 5) + random() * ((shop?.max ?? 50) - (shop?.min ?? 5))
  return {
    key,
    account: random() < 0.8 ? 'checking' : 'saving',
    amount: round(raw, random() < 0.34 ? 4 + Math.floor(random() * 4) : 2),
    authorized: day,
    // Pending until a refresh books it.
    posted: pending ? Number.MAX_SAFE_INTEGER : day,
    name: shop?.statement ?? 'PURCHASE',
    merchant: shop?.name ?? null,
    website: shop?.website ?? null,
    category: shop?.category ?? null,
    channel: shop?.channel ?? 'other',
    code: null
  }
}
