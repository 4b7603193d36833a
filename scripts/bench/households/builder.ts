import { type Day, dayOfMonth, type Random, toDate, workday } from '@/scripts/bench/random'

export type HouseholdAccount = {
  id: string
  bank: number
  type: string
  subtype: string
  name: string
  mask: string
  currency: string
  hidden: boolean
}
export type HouseholdRow = {
  id: string
  account: string
  minor: number
  currency: string
  date: string
  name: string
  merchant: string | null
  primary: string | null
  detailed: string | null
  pending: boolean
}
/** `pairs` are row ids, the outgoing one first. */
export type Household = {
  kind: string
  today: string
  banks: string[]
  accounts: HouseholdAccount[]
  rows: HouseholdRow[]
  pairs: [string, string][]
}

export const BANKS = [
  'First Platypus Bank',
  'Tartan Bank',
  'Houndstooth Bank',
  'Tattersall Federal Credit Union',
  'Windowpane Bank',
  'Harborview Trust'
]
export const SHOPS = [
  'Corner Market',
  'Riverbend Books',
  'Fernway Coffee',
  'Oakline Hardware',
  'Bluefin Sushi',
  'Moss & Co',
  'Quillpay Store'
]
export const PEOPLE = ['Alex', 'Sam', 'Robin', 'Kim', 'Jo']

/** How banks describe the two sides of a transfer. */
const WORDS: [out: string, into: string][] = [
  ['Online Transfer to SAV {in}', 'Online Transfer from CHK {out}'],
  ['TRANSFER TO SAVINGS', 'TRANSFER FROM CHECKING'],
  ['INTERNET XFER {n}', 'INTERNET XFER {n}'],
  ['ACH WITHDRAWAL {bank}', 'ACH DEPOSIT {other}'],
  ['WITHDRAWAL', 'DEPOSIT'],
  ['{bank} TRANSFER {n}', 'FUNDS TRANSFER'],
  ['EXT TRNSFR {n}', 'ACH CREDIT {n}']
]
const CARD_WORDS: [out: string, into: string][] = [
  ['{bank} CARD AUTOPAY {n}', 'AUTOPAY PAYMENT - THANK YOU'],
  ['CREDIT CRD AUTOPAY', 'Payment Thank You-Mobile'],
  ['BILL PAYMENT {bank}', 'PAYMENT RECEIVED'],
  ['ONLINE PMT {n}', 'ONLINE PAYMENT, THANK YOU']
]

/** with: Plaid's categories · without: none · mixed: on one side or neither. */
type Categories = 'with' | 'without' | 'mixed'

export type Build = {
  s: Random
  today: Day
  categories: Categories
  household: Household
  count: number
}
type Terms = {
  account: string
  minor: number
  day: Day
  name: string
  merchant?: string | null
  category?: [string, string]
  pending?: boolean
  currency?: string
}

export function add(
  build: Build,
  { account, minor, day, name, merchant = null, category, pending = false, currency = 'USD' }: Terms
): string {
  const id = `r${build.count++}`
  const shown =
    category &&
    (build.categories === 'with' || (build.categories === 'mixed' && build.s.chance(0.5)))
      ? category
      : null
  build.household.rows.push({
    id,
    account,
    minor,
    currency,
    date: toDate(day),
    name,
    merchant,
    primary: shown?.[0] ?? null,
    detailed: shown?.[1] ?? null,
    pending
  })
  return id
}

const bankOf = ({ household: { accounts, banks } }: Build, account: string) =>
  banks[accounts.find(({ id }) => id === account)?.bank ?? 0] ?? ''
const maskOf = ({ household: { accounts } }: Build, account: string) =>
  accounts.find(({ id }) => id === account)?.mask ?? ''
const lag = ({ pick }: Random) => pick([0, 0, 0, 0, 1, 1, 1, 2, 3])
export const amountOf = ({ int, chance }: Random, round: number) =>
  chance(round) ? int(1, 40) * 5_000 : int(2_000, 300_000)

/** Adds a transfer between two of the household's accounts. */
export function transfer(
  build: Build,
  from: string,
  to: string,
  minor: number,
  day: Day,
  known = true
): void {
  const { s, household } = build
  const card = to === 'card'
  const [outWords, inWords] = s.pick(card ? CARD_WORDS : WORDS)
  const number = String(s.int(1_000_000, 9_999_999))
  const write = (words: string) =>
    words
      .replace('{bank}', bankOf(build, to))
      .replace('{other}', bankOf(build, from))
      .replace('{in}', maskOf(build, to))
      .replace('{out}', maskOf(build, from))
      .replace('{n}', number)
  const arrives = workday(day + lag(s), 1)
  const out = add(build, {
    account: from,
    minor: -minor,
    day,
    name: write(outWords),
    category: card
      ? ['LOAN_PAYMENTS', 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT']
      : ['TRANSFER_OUT', 'TRANSFER_OUT_ACCOUNT_TRANSFER']
  })
  const into = add(build, {
    account: to,
    minor,
    day: Math.min(arrives, build.today),
    name: write(inWords),
    category: card
      ? ['LOAN_PAYMENTS', 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT']
      : ['TRANSFER_IN', 'TRANSFER_IN_ACCOUNT_TRANSFER']
  })
  if (known) household.pairs.push([out, into])
}

export const months = (build: Build, day: number) =>
  Array.from({ length: 10 }, (_, n) => dayOfMonth(build.today, -n - 1, day))
