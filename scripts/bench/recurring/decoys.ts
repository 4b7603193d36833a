import type { Day, Random } from '@/scripts/bench/random'
import {
  around,
  BILLS,
  cents,
  type Draft,
  day,
  fixed,
  type Maker,
  monthlyOn,
  nameOf,
  purchases,
  series
} from '@/scripts/bench/recurring/schedules'

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
export const DECOYS: Record<string, Maker> = {
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
