/**
 * Households with known own transfers, for measuring the detector of pairs, which it does not
 * import.
 */
import {
  type Day,
  dayOfMonth,
  type Random,
  random,
  toDate,
  toDay,
  workday
} from '@/scripts/bench/random'

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

const BANKS = [
  'First Platypus Bank',
  'Tartan Bank',
  'Houndstooth Bank',
  'Tattersall Federal Credit Union',
  'Windowpane Bank',
  'Harborview Trust'
]
const SHOPS = [
  'Corner Market',
  'Riverbend Books',
  'Fernway Coffee',
  'Oakline Hardware',
  'Bluefin Sushi',
  'Moss & Co',
  'Quillpay Store'
]
const PEOPLE = ['Alex', 'Sam', 'Robin', 'Kim', 'Jo']

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

type Build = { s: Random; today: Day; categories: Categories; household: Household; count: number }
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

function add(
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
const amountOf = ({ int, chance }: Random, round: number) =>
  chance(round) ? int(1, 40) * 5_000 : int(2_000, 300_000)

/** Adds a transfer between two of the household's accounts. */
function transfer(
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

const months = (build: Build, day: number) =>
  Array.from({ length: 10 }, (_, n) => dayOfMonth(build.today, -n - 1, day))

/** The postings of every household: pay, rent, shopping, card payments, savings and transfers. */
function everyday(build: Build): void {
  const { s, today } = build
  const [pay, rent] = [s.int(150_000, 400_000), s.int(80_000, 250_000)]
  for (const day of months(build, 15))
    add(build, {
      account: 'checking',
      minor: pay,
      day: workday(day, -1),
      name: 'NORTHLIGHT PAYROLL',
      category: ['INCOME', 'INCOME_WAGES']
    })
  for (const day of months(build, 1))
    add(build, {
      account: 'checking',
      minor: -rent,
      day,
      name: 'ELM COURT RENT',
      category: ['RENT_AND_UTILITIES', 'RENT_AND_UTILITIES_RENT']
    })
  for (let n = 0; n < 120; n++) {
    const shop = s.pick(SHOPS)
    add(build, {
      account: s.pick(['checking', 'card', 'card', 'other']),
      minor: -s.pick([s.int(300, 20_000), s.int(1, 40) * 500]),
      day: today - s.int(0, 300),
      name: shop.toUpperCase(),
      merchant: shop,
      category: ['GENERAL_MERCHANDISE', 'GENERAL_MERCHANDISE_OTHER']
    })
  }
  for (const day of months(build, s.int(3, 25)))
    transfer(build, 'checking', 'card', s.int(10_000, 250_000), day)
  const saved = amountOf(s, 0.8)
  for (const day of months(build, s.int(2, 27))) transfer(build, 'checking', 'savings', saved, day)
  for (let n = s.int(3, 8); n > 0; n--) {
    const [from, to] = s.pick([
      ['checking', 'other'],
      ['other', 'checking'],
      ['savings', 'checking'],
      ['other', 'savings']
    ] as const)
    transfer(build, from, to, amountOf(s, 0.6), today - s.int(6, 300))
  }
}

/** Each adds a false positive or a transfer that is hard to detect. */
const KINDS: Record<string, (build: Build) => void> = {
  plain: () => {},
  'brokerage contributions': (build) => {
    for (const day of months(build, 12)) transfer(build, 'checking', 'shares', 50_000, day)
  },
  'equal transfers in one week': (build) => {
    for (const day of [100, 101, 102])
      transfer(build, 'checking', 'savings', 20_000, build.today - day)
    transfer(build, 'checking', 'other', 20_000, build.today - 101)
  },
  'rent equal to a part of the pay': (build) => {
    const minor = build.s.int(10, 30) * 10_000
    for (const day of months(build, 28)) {
      add(build, {
        account: 'other',
        minor,
        day: workday(day, -1),
        name: 'COPPERGATE PAYROLL',
        category: ['INCOME', 'INCOME_WAGES']
      })
      add(build, {
        account: 'checking',
        minor: -minor,
        day: day + 2,
        name: 'Check 1204',
        category: ['RENT_AND_UTILITIES', 'RENT_AND_UTILITIES_RENT']
      })
    }
  },
  'equal purchases': (build) => {
    for (const account of ['checking', 'card', 'other'])
      add(build, {
        account,
        minor: -4_250,
        day: build.today - 40,
        name: 'FERNWAY COFFEE',
        merchant: 'Fernway Coffee',
        category: ['FOOD_AND_DRINK', 'FOOD_AND_DRINK_COFFEE']
      })
  },
  'a refund on another card': (build) => {
    for (let n = 0; n < 4; n++) {
      const [minor, day, shop] = [
        build.s.int(2_000, 30_000),
        build.today - build.s.int(10, 200),
        build.s.pick(SHOPS)
      ]
      const category: [string, string] = ['GENERAL_MERCHANDISE', 'GENERAL_MERCHANDISE_OTHER']
      add(build, {
        account: 'checking',
        minor: -minor,
        day,
        name: shop.toUpperCase(),
        merchant: shop,
        category
      })
      add(build, {
        account: 'card',
        minor,
        day: day + build.s.int(1, 5),
        name: shop.toUpperCase(),
        merchant: shop,
        category
      })
    }
  },
  'a card that is not linked': (build) => {
    for (const day of months(build, 9))
      add(build, {
        account: 'checking',
        minor: -build.s.int(5_000, 90_000),
        day,
        name: 'GRIDLINE CARD AUTOPAY',
        category: ['LOAN_PAYMENTS', 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT']
      })
  },
  'friends on Venmo': (build) => {
    for (let n = 0; n < 6; n++) {
      const [minor, day] = [build.s.int(1, 10) * 1_000, build.today - build.s.int(10, 250)]
      add(build, {
        account: 'checking',
        minor: -minor,
        day,
        name: `VENMO PAYMENT ${build.s.pick(PEOPLE)}`,
        merchant: 'Venmo',
        category: ['TRANSFER_OUT', 'TRANSFER_OUT_ACCOUNT_TRANSFER']
      })
      add(build, {
        account: 'other',
        minor,
        day: day + build.s.int(0, 3),
        name: `Zelle from ${build.s.pick(PEOPLE)}`,
        category: ['TRANSFER_IN', 'TRANSFER_IN_ACCOUNT_TRANSFER']
      })
    }
  },
  'the same amount by chance': (build) => {
    for (let n = 0; n < 6; n++) {
      const [minor, day] = [build.s.int(1, 60) * 1_000, build.today - build.s.int(10, 250)]
      add(build, {
        account: 'checking',
        minor: -minor,
        day,
        name: `Check ${build.s.int(100, 999)}`,
        category: ['GENERAL_SERVICES', 'GENERAL_SERVICES_OTHER']
      })
      add(build, {
        account: 'other',
        minor,
        day: day + build.s.int(-1, 4),
        name: build.s.pick(['MOBILE DEPOSIT', 'INSURANCE CLAIM', 'BRANCH DEPOSIT']),
        category: ['INCOME', 'INCOME_OTHER']
      })
    }
  },
  'a fee on the way': (build) => {
    for (let n = 0; n < 3; n++) {
      const [minor, day] = [build.s.int(100, 900) * 1_000, build.today - build.s.int(10, 250)]
      add(build, {
        account: 'checking',
        minor: -minor,
        day,
        name: 'WIRE OUT',
        category: ['TRANSFER_OUT', 'TRANSFER_OUT_WIRE']
      })
      add(build, {
        account: 'other',
        minor: minor - 2_500,
        day: day + 1,
        name: 'WIRE IN',
        category: ['TRANSFER_IN', 'TRANSFER_IN_WIRE']
      })
    }
  },
  'pending on both sides': (build) => {
    for (const [account, minor] of [
      ['checking', -30_000],
      ['savings', 30_000]
    ] as const)
      add(build, { account, minor, day: build.today - 1, name: 'ONLINE TRANSFER', pending: true })
  },
  'another currency': (build) => {
    add(build, {
      account: 'checking',
      minor: -50_000,
      day: build.today - 20,
      name: 'TRANSFER TO EUROS'
    })
    add(build, {
      account: 'euros',
      minor: 50_000,
      day: build.today - 20,
      name: 'TRANSFER FROM CHECKING',
      currency: 'EUR'
    })
  },
  'an account that is hidden': (build) => {
    for (const day of months(build, 20)) transfer(build, 'checking', 'hidden', 15_000, day, false)
  },
  'a mortgage here and there': (build) => {
    for (const day of months(build, 5)) {
      add(build, {
        account: 'checking',
        minor: -180_000,
        day,
        name: 'MORTGAGE PAYMENT',
        category: ['LOAN_PAYMENTS', 'LOAN_PAYMENTS_MORTGAGE_PAYMENT']
      })
      add(build, {
        account: 'mortgage',
        minor: 180_000,
        day,
        name: 'PAYMENT RECEIVED',
        category: ['LOAN_PAYMENTS', 'LOAN_PAYMENTS_MORTGAGE_PAYMENT']
      })
    }
  }
}

function accountsOf({ int }: Random): HouseholdAccount[] {
  const account = (
    id: string,
    bank: number,
    type: string,
    subtype: string,
    name: string,
    more: Partial<HouseholdAccount> = {}
  ): HouseholdAccount => ({
    id,
    bank,
    type,
    subtype,
    name,
    mask: String(int(1000, 9999)),
    currency: 'USD',
    hidden: false,
    ...more
  })
  return [
    account('checking', 0, 'depository', 'checking', 'Everyday Checking'),
    account('savings', 0, 'depository', 'savings', 'High Yield Savings'),
    account('mortgage', 0, 'loan', 'mortgage', 'Home Loan'),
    account('hidden', 0, 'depository', 'checking', 'Joint Account', { hidden: true }),
    account('other', 1, 'depository', 'checking', 'Total Checking'),
    account('card', 1, 'credit', 'credit card', 'Rewards Card'),
    account('euros', 1, 'depository', 'checking', 'Euro Account', { currency: 'EUR' }),
    account('shares', 1, 'investment', 'brokerage', 'Brokerage')
  ]
}

/** Creates `ofEach` households of each kind, alternating with, without and mixed categories. */
export function makeHouseholds(seed: number, ofEach: number): Household[] {
  const s = random(seed)
  return Object.entries(KINDS).flatMap(([kind, addKind]) =>
    Array.from({ length: ofEach }, (_, n) => {
      const categories = (['without', 'with', 'mixed'] as const)[n % 3] ?? 'without'
      const today = toDay('2025-06-01') + s.int(0, 400)
      const first = s.int(0, BANKS.length - 1)
      const banks = [
        BANKS[first] ?? '',
        BANKS[(first + s.int(1, BANKS.length - 1)) % BANKS.length] ?? ''
      ]
      const household: Household = {
        kind: `${kind}, ${categories} categories`,
        today: toDate(today),
        banks,
        accounts: accountsOf(s),
        rows: [],
        pairs: []
      }
      const build: Build = { s, today, categories, household, count: 0 }
      everyday(build)
      addKind(build)
      return household
    })
  )
}
