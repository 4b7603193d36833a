/**
 * Payment histories with known results, for measuring the detector of recurring payments, which it
 * does not import. The next due date comes from the schedule that generated the payments.
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

export type Paid = { date: string; minor: number; name: string; category: string | null }
export type Truth = { cadence: string; minor: number; name: string; nextOn: string }
export type History = { kind: string; today: string; paid: Paid[]; truth: Truth[] }

type Draft = { paid: (Omit<Paid, 'date'> & { day: Day })[]; truth: Truth[] }
/** The dates of a schedule in order, from the past to after today. */
type Schedule = (random: Random, today: Day) => Day[]

const NAMES = [
  'Riverbend',
  'Streamwell',
  'Elm Court',
  'Northlight',
  'Harborview',
  'Quillpay',
  'Fernway',
  'Coppergate',
  'Bluefin',
  'Oakline',
  'Moss & Co',
  'Tandem'
]
const LINES = [
  'Media',
  'Insurance',
  'Fitness',
  'Telecom',
  'Holdings',
  'Services',
  'Energy',
  'Payroll',
  'Market',
  'Store'
]
const nameOf = ({ pick }: Random) => `${pick(NAMES)} ${pick(LINES)}`
const BILLS = ['RENT_AND_UTILITIES', 'GENERAL_SERVICES', 'ENTERTAINMENT', 'LOAN_PAYMENTS', null]
const cents = ({ int, pick }: Random, from: number, to: number) =>
  int(from, to) * 100 + pick([0, 0, 50, 95, 99, 99, int(1, 98)])

const everyDays =
  (days: number, shift: 1 | -1 | 0 = 0): Schedule =>
  ({ int }, today) => {
    const start = today - int(0, days - 1) - days * 80
    const move = (day: Day) => (shift === 0 ? day : workday(day, shift))
    // A payday on a weekday moves only for holidays.
    const first = shift === 0 ? start : workday(start, 1)
    return Array.from({ length: 90 }, (_, n) => move(first + n * days))
  }

const monthlyOn = (
  months: number,
  day: number,
  shift: 1 | -1 | 0,
  late: (random: Random) => number = () => 0
): Schedule => {
  return (source, today) => {
    const offset = source.int(0, months - 1)
    return Array.from({ length: Math.floor(72 / months) }, (_, n) => {
      const nominal = dayOfMonth(today, offset - 48 + n * months, day)
      return (shift === 0 ? nominal : workday(nominal, shift)) + late(source)
    })
  }
}

const twiceMonthly =
  (one: number, other: number, shift: 1 | -1): Schedule =>
  (_, today) =>
    Array.from({ length: 48 }, (_, n) =>
      workday(dayOfMonth(today, Math.floor(n / 2) - 20, n % 2 === 0 ? one : other), shift)
    )

type Terms = {
  cadence: string
  schedule: Schedule
  amount: (random: Random, n: number) => number
  /** Minimum and maximum number of payments. */
  count: [number, number]
  name: string
  /** The bank's description of each payment, if it differs from the name. */
  written?: (random: Random, n: number) => string
  category: string | null
  /** One payment in so many is missing. */
  skips?: number
}

/** The newest payments of a schedule up to today, and the next due one. */
function series(
  source: Random,
  today: Day,
  { cadence, schedule, amount, count, name, written, category, skips }: Terms
): Draft {
  const days = schedule(source, today)
  const paidDays = days.filter((day) => day <= today && day > today - 400)
  const next = days.find((day) => day > today)
  const kept = paidDays
    .slice(-source.int(...count))
    .filter((_, n, { length }) => !skips || n % skips !== skips - 1 || n > length - 4)
  const paid = kept.map((day, n) => ({
    day,
    minor: amount(source, n - kept.length),
    name: written?.(source, n) ?? name,
    category
  }))
  if (paid.length === 0 || next === undefined) return { paid, truth: [] }
  return { paid, truth: [{ cadence, minor: paid.at(-1)?.minor ?? 0, name, nextOn: toDate(next) }] }
}

const fixed = (minor: number) => () => minor
/** A price increase so many payments ago. */
const raised = (before: number, now: number, ago: number) => (_: Random, n: number) =>
  n < -ago ? before : now
const around = (middle: number, spread: number) => (source: Random) =>
  Math.round(middle * (1 + (source.next() * 2 - 1) * spread))
const both = (...drafts: Draft[]): Draft => ({
  paid: drafts.flatMap(({ paid }) => paid),
  truth: drafts.flatMap(({ truth }) => truth)
})

/** Irregular purchases: none of them recurs. */
function purchases(
  source: Random,
  today: Day,
  terms: {
    name: string
    category: string | null
    count: number
    amount: (random: Random, n: number) => number
  }
): Draft {
  const { name, category, count, amount } = terms
  return {
    paid: Array.from({ length: count }, (_, n) => ({
      day: today - source.int(0, 390),
      minor: amount(source, n),
      name,
      category
    })),
    truth: []
  }
}

const reference = ({ int, pick, next }: Random, day: number): string =>
  pick([
    () => `${int(100_000, 9_999_999)}`,
    () => `REF ${int(1_000, 99_999)}`,
    () => `#${int(100, 99_999)}`,
    () => `ID:${next().toString(36).slice(2, 5).toUpperCase()}${int(1_000, 9_999)}`,
    () => `${String((day % 12) + 1).padStart(2, '0')}/${int(10, 28)}`
  ])()

type Maker = (source: Random, today: Day) => Draft
const day = ({ int }: Random) => int(1, 28)

/** Histories that recur. */
const RECURRING: Record<string, Maker> = {
  'weekly, one price': (s, t) =>
    series(s, t, {
      cadence: 'weekly',
      schedule: everyDays(7),
      amount: fixed(-cents(s, 5, 80)),
      count: [4, 40],
      name: nameOf(s),
      category: s.pick(['GENERAL_SERVICES', 'ENTERTAINMENT', null])
    }),
  'pay every two weeks': (s, t) =>
    series(s, t, {
      cadence: 'biweekly',
      schedule: everyDays(14, -1),
      amount: fixed(cents(s, 900, 4_000)),
      count: [4, 26],
      name: nameOf(s),
      category: 'INCOME'
    }),
  'pay by the hour, every week': (s, t) =>
    series(s, t, {
      cadence: 'weekly',
      schedule: everyDays(7, -1),
      amount: around(cents(s, 400, 900), 0.25),
      count: [5, 50],
      name: nameOf(s),
      category: 'INCOME'
    }),
  'pay on the 15th and the last bank day': (s, t) =>
    series(s, t, {
      cadence: 'semimonthly',
      schedule: twiceMonthly(15, 31, -1),
      amount: fixed(cents(s, 900, 4_000)),
      count: [5, 24],
      name: nameOf(s),
      category: 'INCOME'
    }),
  'pay twice a month on other days': (s, t) => {
    const first = s.int(1, 12)
    return series(s, t, {
      cadence: 'semimonthly',
      schedule: twiceMonthly(first, first + s.int(14, 16), s.pick([1, -1] as const)),
      amount: s.chance(0.5) ? fixed(cents(s, 900, 4_000)) : around(cents(s, 900, 4_000), 0.08),
      count: [6, 24],
      name: nameOf(s),
      category: 'INCOME'
    })
  },
  'every four weeks': (s, t) =>
    series(s, t, {
      cadence: 'four_weekly',
      schedule: everyDays(28),
      amount: fixed(-cents(s, 10, 90)),
      count: [4, 14],
      name: nameOf(s),
      category: s.pick(BILLS)
    }),
  'monthly subscription': (s, t) =>
    series(s, t, {
      cadence: 'monthly',
      schedule: monthlyOn(1, s.int(1, 31), 0),
      amount: fixed(-cents(s, 2, 60)),
      count: [3, 13],
      name: nameOf(s),
      category: s.pick(BILLS)
    }),
  'monthly on a bank day': (s, t) =>
    series(s, t, {
      cadence: 'monthly',
      schedule: monthlyOn(1, s.int(1, 31), s.pick([1, -1] as const)),
      amount: fixed(-cents(s, 100, 2_500)),
      count: [4, 13],
      name: nameOf(s),
      category: s.pick(BILLS)
    }),
  'monthly, booked a day or two late now and then': (s, t) =>
    series(s, t, {
      cadence: 'monthly',
      schedule: monthlyOn(1, day(s), 0, ({ pick }) => pick([0, 0, 0, 0, 1, 2])),
      amount: fixed(-cents(s, 10, 300)),
      count: [4, 13],
      name: nameOf(s),
      category: s.pick(BILLS)
    }),
  'a bill that moves with the season': (s, t) => {
    const middle = cents(s, 60, 200)
    return series(s, t, {
      cadence: 'monthly',
      schedule: monthlyOn(1, day(s), 1),
      amount: (source, n) =>
        -Math.round(middle * (1 + 0.25 * Math.sin(n / 2) + (source.next() - 0.5) * 0.1)),
      count: [4, 13],
      name: nameOf(s),
      category: 'RENT_AND_UTILITIES'
    })
  },
  quarterly: (s, t) =>
    series(s, t, {
      cadence: 'quarterly',
      schedule: monthlyOn(3, day(s), 0),
      amount: fixed(-cents(s, 30, 500)),
      count: [4, 5],
      name: nameOf(s),
      category: s.pick(BILLS)
    }),
  'quarterly next to yearly': (s, t) => {
    const [name, category] = [nameOf(s), s.pick(BILLS)]
    return both(
      series(s, t, {
        cadence: 'quarterly',
        schedule: monthlyOn(3, day(s), 0),
        amount: fixed(-cents(s, 30, 200)),
        count: [4, 5],
        name,
        category
      }),
      series(s, t, {
        cadence: 'yearly',
        schedule: yearly(s),
        amount: fixed(-cents(s, 220, 900)),
        count: [2, 2],
        name,
        category
      })
    )
  },
  yearly: (s, t) => {
    const before = cents(s, 30, 400)
    return series(s, t, {
      cadence: 'yearly',
      schedule: yearly(s),
      amount: s.chance(0.5) ? fixed(-before) : raised(-before, -Math.round(before * 1.12), 1),
      count: [2, 2],
      name: nameOf(s),
      category: s.pick(BILLS)
    })
  },
  'two subscriptions at one merchant': (s, t) => {
    const [name, first, category] = [nameOf(s), s.int(2, 12), s.pick(BILLS)]
    const [one, other] = [cents(s, 1, 9), cents(s, 10, 40)]
    return both(
      series(s, t, {
        cadence: 'monthly',
        schedule: monthlyOn(1, first, 0),
        amount: fixed(-one),
        count: [4, 13],
        name,
        category
      }),
      series(s, t, {
        cadence: 'monthly',
        schedule: monthlyOn(1, first + s.int(0, 16), 0),
        amount: fixed(-other),
        count: [4, 13],
        name,
        category
      })
    )
  },
  'two subscriptions, one with a new price': (s, t) => {
    const [name, first] = [nameOf(s), s.int(2, 12)]
    const [one, other] = [cents(s, 3, 9), cents(s, 14, 40)]
    return both(
      series(s, t, {
        cadence: 'monthly',
        schedule: monthlyOn(1, first, 0),
        amount: fixed(-one),
        count: [5, 13],
        name,
        category: 'ENTERTAINMENT'
      }),
      series(s, t, {
        cadence: 'monthly',
        schedule: monthlyOn(1, first + s.int(3, 16), 0),
        amount: raised(-other, -other - 200, s.int(2, 4)),
        count: [8, 13],
        name,
        category: 'ENTERTAINMENT'
      })
    )
  },
  'monthly and weekly at one merchant': (s, t) => {
    const [name, category] = [nameOf(s), s.pick(BILLS)]
    return both(
      series(s, t, {
        cadence: 'monthly',
        schedule: monthlyOn(1, day(s), 0),
        amount: fixed(-cents(s, 30, 60)),
        count: [4, 13],
        name,
        category
      }),
      series(s, t, {
        cadence: 'weekly',
        schedule: everyDays(7),
        amount: fixed(-cents(s, 4, 20)),
        count: [8, 30],
        name,
        category
      })
    )
  },
  'a change of price': (s, t) => {
    const before = cents(s, 8, 60)
    return series(s, t, {
      cadence: 'monthly',
      schedule: monthlyOn(1, day(s), 0),
      amount: raised(-before, -Math.round(before * (1.1 + s.next() * 0.4)), s.int(1, 6)),
      count: [6, 13],
      name: nameOf(s),
      category: s.pick(BILLS)
    })
  },
  'a reference number in the name': (s, t) => {
    const name = nameOf(s)
    const prefix = s.pick(['', 'ACH DEBIT ', 'POS '])
    return series(s, t, {
      cadence: 'monthly',
      schedule: monthlyOn(1, day(s), 0),
      amount: s.chance(0.7) ? fixed(-cents(s, 10, 300)) : around(-cents(s, 60, 200), 0.15),
      count: [4, 13],
      name,
      written: (source, n) => `${prefix}${name} ${reference(source, n)}`,
      category: s.pick(['RENT_AND_UTILITIES', 'GENERAL_SERVICES', null])
    })
  },
  'a subscription among purchases at one shop': (s, t) => {
    const name = nameOf(s)
    return both(
      series(s, t, {
        cadence: 'monthly',
        schedule: monthlyOn(1, day(s), 0),
        amount: fixed(-cents(s, 9, 19)),
        count: [5, 13],
        name,
        category: 'GENERAL_MERCHANDISE'
      }),
      purchases(s, t, {
        name,
        category: 'GENERAL_MERCHANDISE',
        count: s.int(5, 60),
        amount: (source) => -source.int(500, 15_000)
      })
    )
  },
  'one payment left out': (s, t) =>
    series(s, t, {
      cadence: 'monthly',
      schedule: monthlyOn(1, day(s), 0),
      amount: fixed(-cents(s, 9, 90)),
      count: [9, 13],
      name: nameOf(s),
      category: s.pick(BILLS),
      skips: 5
    })
}

/**
 * Two yearly payments fit into 400 days only if the last one was recent, so its anniversary lies
 * ahead.
 */
const yearly =
  (outer: Random): Schedule =>
  (_, today) => {
    const last = today - outer.int(0, 30)
    const anniversary = Number(toDate(last).slice(8))
    return [-24, -12, 0, 12].map((by) => dayOfMonth(last, by, anniversary))
  }

const everyNow = (gap: number, jitter: number, count: number) => (source: Random, today: Day) =>
  Array.from({ length: count }, (_, n) => today - n * gap - source.int(0, jitter))
const bought = (
  days: Day[],
  source: Random,
  name: string,
  category: string | null,
  amount: (random: Random) => number
): Draft => ({
  paid: days.map((at) => ({ day: at, minor: amount(source), name, category })),
  truth: []
})

/** Histories that only look recurring. */
const DECOYS: Record<string, Maker> = {
  'weekly groceries': (s, t) =>
    bought(
      everyNow(7, s.pick([0, 0, 1, 2]), s.int(5, 50))(s, t),
      s,
      nameOf(s),
      s.pick(['FOOD_AND_DRINK', 'FOOD_AND_DRINK', null]),
      around(-cents(s, 60, 120), 0.35)
    ),
  'groceries every two weeks': (s, t) =>
    bought(
      everyNow(14, s.pick([0, 0, 1]), s.int(5, 25))(s, t),
      s,
      nameOf(s),
      s.pick(['FOOD_AND_DRINK', null]),
      around(-cents(s, 60, 120), 0.3)
    ),
  'a big shop once a month': (s, t) =>
    bought(
      everyNow(30, 2, s.int(4, 12))(s, t),
      s,
      nameOf(s),
      'GENERAL_MERCHANDISE',
      around(-cents(s, 150, 250), 0.35)
    ),
  'coffee at one price': (s, t) =>
    purchases(s, t, {
      name: nameOf(s),
      category: 'FOOD_AND_DRINK',
      count: s.int(20, 150),
      amount: fixed(-s.pick([350, 450, 475, 500]))
    }),
  'lunch at a few prices': (s, t) =>
    purchases(s, t, {
      name: nameOf(s),
      category: 'FOOD_AND_DRINK',
      count: s.int(30, 150),
      amount: ({ pick }) => -pick([950, 1_100, 1_250, 1_400])
    }),
  fuel: (s, t) =>
    bought(
      everyNow(s.int(6, 12), 3, s.int(10, 30))(s, t),
      s,
      nameOf(s),
      'TRANSPORTATION',
      around(-4_500, 0.25)
    ),
  'purchases now and then': (s, t) =>
    purchases(s, t, {
      name: nameOf(s),
      category: 'GENERAL_MERCHANDISE',
      count: s.int(2, 80),
      amount: (source) => -source.int(500, 15_000)
    }),
  'a subscription that has stopped': (s, t) => {
    const stopped = s.int(60, 200)
    return {
      ...series(s, t - stopped, {
        cadence: 'monthly',
        schedule: monthlyOn(1, day(s), 0),
        amount: fixed(-cents(s, 9, 40)),
        count: [3, 6],
        name: nameOf(s),
        category: 'ENTERTAINMENT'
      }),
      truth: []
    }
  },
  'invoices of a freelancer': (s, t) =>
    purchases(s, t, {
      name: nameOf(s),
      category: 'INCOME',
      count: s.int(3, 9),
      amount: (source) => source.int(20_000, 300_000)
    }),
  'paid twice': (s, t) =>
    bought(
      [t - s.int(1, 10), t - s.int(30, 42)],
      s,
      nameOf(s),
      s.pick(BILLS),
      fixed(-cents(s, 20, 90))
    ),
  'gifts at the end of the year': (s, t) =>
    bought(
      [t - s.int(1, 12), t - s.int(360, 380)],
      s,
      nameOf(s),
      'GENERAL_MERCHANDISE',
      around(-cents(s, 60, 150), 0.4)
    ),
  'money sent to a friend': (s, t) =>
    purchases(s, t, {
      name: `Sent to ${nameOf(s)}`,
      category: null,
      count: s.int(4, 25),
      amount: ({ pick }) => -pick([1_000, 2_000, 2_500, 4_000, 5_000])
    })
}

/** Creates `ofEach` histories of each kind. */
export function makeHistories(seed: number, ofEach: number): History[] {
  const source = random(seed)
  return Object.entries({ ...RECURRING, ...DECOYS }).flatMap(([kind, make]) =>
    Array.from({ length: ofEach }, () => {
      const today = toDay('2025-06-01') + source.int(0, 500)
      const { paid, truth } = make(source, today)
      const shown = paid
        .filter(({ day: at }) => at <= today && at > today - 400)
        .toSorted((a, b) => a.day - b.day)
      return {
        kind,
        today: toDate(today),
        paid: shown.map(({ day: at, ...rest }) => ({ date: toDate(at), ...rest })),
        truth
      }
    })
  )
}
