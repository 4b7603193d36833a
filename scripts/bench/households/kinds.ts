import {
  add,
  amountOf,
  type Build,
  months,
  PEOPLE,
  SHOPS,
  transfer
} from '@/scripts/bench/households/builder'
import { workday } from '@/scripts/bench/random'

/** The postings of every household: pay, rent, shopping, card payments, savings and transfers. */
export function everyday(build: Build): void {
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
export const KINDS: Record<string, (build: Build) => void> = {
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
