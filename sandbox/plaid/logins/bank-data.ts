/**
 * A bank's data about a user: accounts, postings, owner. Amounts carry Plaid's sign: positive =
 * money out (or debt).
 */

export type Category = {
  primary: string
  detailed: string
  confidence: 'VERY_HIGH' | 'HIGH' | 'MEDIUM' | 'LOW'
}

export type Channel = 'online' | 'in store' | 'other'

export type BankAccount = {
  /** Stable name of the account within the user's data at this bank. */
  key: string
  name: string
  officialName: string | null
  mask: string | null
  type: string
  subtype: string | null
  limit: number | null
  currency: string | null
  unofficialCurrency: string | null
  /** Balance before the first posting. */
  opening: number
  numbers: {
    account: string
    routing: string
    wire: string
    iban?: string
    bic?: string
    sortCode?: string
    eftInstitution?: string
    eftBranch?: string
  }
  /** Balances that do not follow the postings (custom documents, odd data). */
  fixed?: { current: number | null; available: number | null }
  owner?: Owner
}

export type Posting = {
  /** Stable within the generated data: the same purchase always has the same key. */
  key: string
  account: string
  amount: number
  /** Day it happened. */
  authorized: number
  /** Day the bank booked it; pending in between. */
  posted: number
  name: string
  merchant: string | null
  website: string | null
  category: Category | null
  channel: Channel
  code: string | null
  /** Changes the balance but is not a transaction Plaid shows (markets, car loans). */
  hidden?: true
  /** Set when it differs from the account's own. */
  currency?: string
}

export type Owner = {
  names: string[]
  emails: { data: string; primary: boolean; type: string }[]
  phone_numbers: { data: string; primary: boolean; type: string }[]
  addresses: {
    data: {
      street: string
      city: string | null
      region: string | null
      postal_code: string | null
      country: string | null
    }
    primary?: boolean | undefined
  }[]
}

export type GeneratedData = { accounts: BankAccount[]; postings: Posting[]; owner: Owner }

/** Whether postings lower the balance (an asset) or raise it (a debt). */
export const isDebt = (type: string) => type === 'credit' || type === 'loan'

/** Adds decimals without floating-point noise; the vendor sends at most seven decimals. */
export const round = (value: number, decimals = 7): number => {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}

/** The balance after every posting booked up to and including `day`. */
export function balanceAt(account: BankAccount, postings: Posting[], day: number): number {
  const sum = postings.reduce(
    (total, p) => (p.account === account.key && p.posted <= day ? total + p.amount : total),
    0
  )
  return round(isDebt(account.type) ? account.opening + sum : account.opening - sum)
}

/** The owner of every account, for Identity. */
export const DEFAULT_OWNER: Owner = {
  names: ['Alberta Bobbeth Charleson'],
  emails: [
    { data: 'accountholder0@example.com', primary: true, type: 'primary' },
    { data: 'accountholder1@example.com', primary: false, type: 'secondary' }
  ],
  phone_numbers: [
    { data: '1112223333', primary: false, type: 'home' },
    { data: '1112224444', primary: true, type: 'mobile1' }
  ],
  addresses: [
    {
      data: {
        street: '2992 Cameron Road',
        city: 'Malakoff',
        region: 'NY',
        postal_code: '14236',
        country: 'US'
      },
      primary: true
    }
  ]
}
