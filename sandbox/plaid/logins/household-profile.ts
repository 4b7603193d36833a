/**
 * A household's money, simulated day by day from a fixed first day, so that the past is always the
 * same.
 */
import type { BankAccount, Category, Posting } from '@/sandbox/plaid/logins/bank-data'
import {
  dayOfMonth,
  isLastOfMonth,
  monthOf,
  toDay,
  weekday,
  yearOf
} from '@/sandbox/plaid/logins/calendar'
import {
  between,
  cents,
  type HouseholdState,
  pick,
  post,
  postPurchase,
  postTransfer
} from '@/sandbox/plaid/logins/household-postings'
import {
  EMPLOYERS,
  LANDLORDS,
  RECURRING_CATEGORIES,
  SPENDING,
  SUBSCRIPTIONS,
  UTILITIES
} from '@/sandbox/plaid/logins/merchants'

export const FIRST_DAY = toDay('2020-01-01')

/**
 * Every posting that happened up to and including `through`; some are booked a day or two later.
 */
export function simulateHousehold(
  accounts: BankAccount[],
  random: () => number,
  through: number
): Posting[] {
  const life: HouseholdState = {
    random,
    accounts: new Map(accounts.map((account) => [account.key, account])),
    balances: new Map(accounts.map((account) => [account.key, account.opening])),
    postings: [],
    sums: {
      wage: cents(1_980 + random() * 1_150),
      rent: Math.round(1_350 + random() * 700),
      subscriptions: SUBSCRIPTIONS.map(({ merchant }) =>
        cents(Math.floor(merchant.min + random() * (merchant.max - merchant.min)) + 0.99)
      ),
      bills: UTILITIES.map(({ merchant }) =>
        cents(merchant.min + random() * (merchant.max - merchant.min))
      )
    },
    names: {
      employer: pick(EMPLOYERS, random, 'Brightwater Design'),
      landlord: pick(LANDLORDS, random, 'Elm Court Apartments')
    },
    statement: 0
  }
  for (let day = FIRST_DAY; day <= through; day++) {
    fixedPayments(life, day)
    dailySpending(life, day)
    if (isLastOfMonth(day)) monthEnd(life, day)
  }
  return life.postings
}

function fixedPayments(life: HouseholdState, day: number): void {
  const date = dayOfMonth(day)
  const years = yearOf(day) - 2020
  if (weekday(day) === 5 && Math.floor((day - FIRST_DAY) / 7) % 2 === 0) {
    const wage = life.sums.wage * 1.03 ** years
    post(life, day, {
      account: 'checking',
      amount: -wage,
      name: `${life.names.employer.toUpperCase()} PAYROLL`,
      category: RECURRING_CATEGORIES.wages
    })
  }
  if (date === 1)
    post(life, day, {
      account: 'checking',
      amount: Math.round(life.sums.rent * 1.02 ** years),
      name: life.names.landlord,
      category: RECURRING_CATEGORIES.rent
    })
  for (const [i, { day: due, merchant }] of SUBSCRIPTIONS.entries()) {
    if (due === date)
      postPurchase(
        life,
        day,
        'card',
        merchant,
        cents((life.sums.subscriptions[i] ?? 0) + Math.floor(years / 2)),
        1
      )
  }
  for (const [i, { day: due, merchant }] of UTILITIES.entries()) {
    const season = merchant.category.detailed.endsWith('ELECTRICITY')
      ? 1 + 0.35 * Math.cos(((monthOf(day) - 1) / 12) * 4 * Math.PI)
      : 1
    if (due === date)
      postPurchase(life, day, 'checking', merchant, cents((life.sums.bills[i] ?? 0) * season), 0)
  }
  if (date === 17) payLoan(life, day)
  if (date === 22) payCard(life, day)
}

function dailySpending(life: HouseholdState, day: number): void {
  for (const kind of SPENDING) {
    if (life.random() >= kind.perMonth / 30.4) continue
    const merchant = kind.shops[Math.floor(life.random() * kind.shops.length)]
    if (!merchant) continue
    const account = life.random() < 0.72 ? 'card' : 'checking'
    const amount = between(life.random, merchant.min, merchant.max)
    postPurchase(life, day, account, merchant, amount, 1 + Math.floor(life.random() * 2))
    const returned = kind.name === 'shopping' && life.random() < 0.12
    if (returned)
      post(life, day + 5, {
        account,
        amount: -amount,
        name: `${merchant.statement} REFUND`,
        category: merchant.category,
        merchant,
        code: 'refund'
      })
  }
  if (life.random() < 1 / 20) {
    const notes = 20 * (1 + Math.floor(life.random() * 6))
    post(life, day, {
      account: 'checking',
      amount: notes,
      name: 'ATM WITHDRAWAL',
      category: RECURRING_CATEGORIES.cash
    })
    if (life.random() < 0.25)
      post(life, day, {
        account: 'checking',
        amount: 3,
        name: 'ATM FEE',
        category: RECURRING_CATEGORIES.atmFee
      })
  }
}

function payCard(life: HouseholdState, day: number): void {
  if (life.statement <= 0) return
  post(life, day, {
    account: 'checking',
    amount: life.statement,
    name: 'CREDIT CARD AUTOPAY',
    category: RECURRING_CATEGORIES.cardPayment
  })
  post(life, day, {
    account: 'card',
    amount: -life.statement,
    name: 'AUTOPAY PAYMENT - THANK YOU',
    category: RECURRING_CATEGORIES.cardPayment
  })
}

type LoanTerms = { rate: number; payment: number; name: string; category: Category }

/** Yearly rate as a fraction and monthly payment, by the account's subtype. */
export const LOANS = {
  student: {
    rate: 0.049,
    payment: 320,
    name: 'STUDENT LOAN PAYMENT',
    category: RECURRING_CATEGORIES.studentLoan
  },
  auto: {
    rate: 0.061,
    payment: 410,
    name: 'AUTO LOAN PAYMENT',
    category: RECURRING_CATEGORIES.carLoan
  },
  mortgage: {
    rate: 0.034,
    payment: 1_180,
    name: 'MORTGAGE PAYMENT',
    category: RECURRING_CATEGORIES.mortgage
  }
} satisfies Record<string, LoanTerms>

function payLoan(life: HouseholdState, day: number): void {
  const kind = life.accounts.get('loan')?.subtype ?? ''
  const terms: LoanTerms | undefined = kind in LOANS ? LOANS[kind as keyof typeof LOANS] : undefined
  const owed = life.balances.get('loan') ?? 0
  if (!terms || owed <= 0) return
  const hidden = kind !== 'student'
  const interest = cents((owed * terms.rate) / 12)
  post(life, day, {
    account: 'loan',
    amount: interest,
    name: 'INTEREST CHARGE',
    category: RECURRING_CATEGORIES.loanInterest,
    hidden
  })
  const payment = Math.min(terms.payment, cents(owed + interest))
  post(life, day, {
    account: 'checking',
    amount: payment,
    name: terms.name,
    category: terms.category
  })
  post(life, day, {
    account: 'loan',
    amount: -payment,
    name: 'PAYMENT RECEIVED',
    category: terms.category,
    hidden
  })
}

/**
 * Interest, the surplus into savings, a full savings account into investments, and market changes.
 */
function monthEnd(life: HouseholdState, day: number): void {
  const balance = (key: string) => life.balances.get(key) ?? 0
  life.statement = Math.max(0, balance('card'))
  post(life, day, {
    account: 'saving',
    amount: -cents((balance('saving') * 0.036) / 12),
    name: 'INTEREST PAID',
    category: RECURRING_CATEGORIES.interest
  })
  const surplus = Math.floor((balance('checking') - life.statement - 3_200) / 50) * 50
  if (surplus > 0)
    postTransfer(life, day, 'checking', 'saving', surplus, RECURRING_CATEGORIES.toSavings)
  if (balance('checking') < life.statement + 1_500 && balance('saving') > 2_000)
    postTransfer(life, day, 'saving', 'checking', 1_500, RECURRING_CATEGORIES.fromAccount)
  if (balance('saving') > 26_000)
    postTransfer(life, day, 'saving', 'invest', 10_000, RECURRING_CATEGORIES.toInvestments)
  const market = cents(balance('invest') * (life.random() * 0.07 - 0.029))
  post(life, day, {
    account: 'invest',
    amount: -market,
    name: 'MARKET CHANGE',
    category: RECURRING_CATEGORIES.interest,
    hidden: true
  })
}
