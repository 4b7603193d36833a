import {
  around,
  BILLS,
  both,
  cents,
  day,
  everyDays,
  fixed,
  type Maker,
  monthlyOn,
  nameOf,
  purchases,
  raised,
  reference,
  series,
  twiceMonthly,
  yearly
} from '@/scripts/bench/recurring/schedules'

/** Histories that recur. */
export const RECURRING: Record<string, Maker> = {
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
