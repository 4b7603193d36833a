import { describe, expect, it } from 'vitest'
import {
  findRecurring,
  lookbackStart,
  type MerchantPayments,
  monthlyAmount
} from '@/lib/domain/reports/recurring'

const ON = '2026-11-28'
type Some = Partial<Omit<MerchantPayments, 'payments'>>

const series = (
  dates: string[],
  minors: bigint | bigint[] = -1_000n,
  more: Some = {}
): MerchantPayments => ({
  merchant: 'streamwell',
  name: 'Streamwell',
  currency: 'USD',
  category: 'ENTERTAINMENT',
  ...more,
  payments: dates.map((date, n) => ({
    date,
    minor: Array.isArray(minors) ? (minors[n] ?? 0n) : minors
  }))
})
const found = (dates: string[], on: string, minors?: bigint | bigint[], more?: Some) =>
  findRecurring([series(dates, minors, more)], on).map(({ cadence, nextOn, minor }) => [
    cadence,
    nextOn,
    minor
  ])

describe('recurring payments', () => {
  it.each<[string, string[], string, string, string]>([
    ['weekly', ['2026-03-15', '2026-03-08', '2026-03-01'], '2026-03-16', 'weekly', '2026-03-22'],
    [
      'every second week',
      ['2026-03-20', '2026-03-06', '2026-02-20'],
      '2026-03-21',
      'biweekly',
      '2026-04-03'
    ],
    [
      'monthly, a day or two late now and then',
      ['2026-03-07', '2026-02-05', '2026-01-05', '2025-12-06'],
      '2026-03-21',
      'monthly',
      '2026-04-06'
    ],
    [
      'monthly on the last day',
      ['2026-03-31', '2026-02-28', '2026-01-31'],
      '2026-04-02',
      'monthly',
      '2026-04-30'
    ],
    [
      'quarterly',
      ['2026-03-01', '2025-12-01', '2025-09-01'],
      '2026-03-21',
      'quarterly',
      '2026-06-01'
    ],
    ['yearly, after two', ['2026-03-01', '2025-03-01'], '2026-03-21', 'yearly', '2027-03-01'],
    [
      'monthly, with one month left out',
      ['2026-03-05', '2026-02-05', '2026-01-05', '2025-11-05', '2025-10-05'],
      '2026-03-21',
      'monthly',
      '2026-04-05'
    ],
    // The 5th was a Saturday in September and a Sunday in July.
    [
      'monthly on a bank day',
      ['2026-09-07', '2026-08-05', '2026-07-06', '2026-06-05', '2026-05-05'],
      '2026-09-10',
      'monthly',
      '2026-10-05'
    ]
  ])('find %s', (_name, dates, on, cadence, next) => {
    expect(found(dates, on)).toEqual([[cadence, next, -1_000n]])
  })

  it('exclude two payments, uneven gaps, and amounts far apart', () => {
    expect(found([], '2026-03-21')).toEqual([])
    expect(found(['2026-03-05', '2026-02-05'], '2026-03-21')).toEqual([])
    expect(found(['2026-03-15', '2026-03-02', '2026-02-27', '2026-02-01'], '2026-03-21')).toEqual(
      []
    )
    expect(
      found(['2026-03-05', '2026-02-05', '2026-01-05'], '2026-03-21', [-1_000n, -9_000n, -1_000n])
    ).toEqual([])
  })

  it('drop one that has stopped, and keep one that is a few days late', () => {
    const dates = ['2026-03-05', '2026-02-05', '2026-01-05']
    expect(found(dates, '2026-04-10')).toEqual([['monthly', '2026-04-05', -1_000n]])
    expect(found(dates, '2026-04-14')).toEqual([])
  })

  it('include a bill that varies by season, and mark it as varying', () => {
    const [one] = findRecurring(
      [series(['2026-03-08', '2026-02-08', '2026-01-08'], [-8_000n, -10_000n, -11_500n])],
      '2026-03-21'
    )
    expect([one?.minor, one?.fixed]).toEqual([-8_000n, false])
  })

  it('treat pay on the 15th and the last bank day as 24 a year, and name the bank day of the next', () => {
    const days = [
      '07-15',
      '07-31',
      '08-14',
      '08-31',
      '09-15',
      '09-30',
      '10-15',
      '10-30',
      '11-13'
    ].map((day) => `2026-${day}`)
    expect(found(days, ON, 200_000n, { category: 'INCOME' })).toEqual([
      ['semimonthly', '2026-11-30', 200_000n]
    ])
    expect(monthlyAmount({ minor: 200_000n, cadence: 'semimonthly' })).toBe(400_000n)
  })

  it.each([['FOOD_AND_DRINK'], [null]])(
    'do not treat the weekly shop as a bill, category %s',
    (category) => {
      const days = ['10-10', '10-17', '10-24', '10-31', '11-07', '11-14', '11-21'].map(
        (day) => `2026-${day}`
      )
      expect(
        found(days, ON, [-6_210n, -8_840n, -7_125n, -9_502n, -5_890n, -7_999n, -8_330n], {
          category
        })
      ).toEqual([])
    }
  )

  it('distinguish two subscriptions at one merchant, also after a price change', () => {
    const days = ['08-05', '08-20', '09-05', '09-20', '10-05', '10-20', '11-05', '11-20'].map(
      (day) => `2026-${day}`
    )
    const two = (last: bigint) => days.map((_, n) => (n % 2 === 0 ? -299n : n === 7 ? last : -999n))
    expect(found(days, ON, two(-999n))).toEqual([
      ['monthly', '2026-12-05', -299n],
      ['monthly', '2026-12-20', -999n]
    ])
    const [, dearer] = findRecurring([series(days, two(-1_199n))], ON)
    expect(dearer).toMatchObject({ nextOn: '2026-12-20', minor: -1_199n, fixed: false })
  })

  it('distinguish every four weeks from monthly', () => {
    const days = ['07-17', '08-14', '09-11', '10-09', '11-06'].map((day) => `2026-${day}`)
    expect(found(days, ON, -3_000n, { category: 'RENT_AND_UTILITIES' })).toEqual([
      ['four_weekly', '2026-12-04', -3_000n]
    ])
  })

  it('distinguish quarterly from yearly at one merchant', () => {
    const days = [
      '2025-11-10',
      '2025-11-15',
      '2026-02-15',
      '2026-05-15',
      '2026-08-15',
      '2026-11-10',
      '2026-11-15'
    ]
    expect(
      found(days, ON, [-30_000n, -4_500n, -4_500n, -4_500n, -4_500n, -30_000n, -4_500n], {
        category: 'GENERAL_SERVICES'
      })
    ).toEqual([
      ['quarterly', '2027-02-15', -4_500n],
      ['yearly', '2027-11-10', -30_000n]
    ])
  })

  it('group payees that differ in a reference number, under a name without it', () => {
    const rows = ['2026-09-03 104233', '2026-10-03 REF 8871', '2026-11-03 #55012'].map((row) => {
      const name = `City Water ${row.slice(11)}`
      return series([row.slice(0, 10)], -6_000n, {
        merchant: name.toLowerCase(),
        name,
        category: null
      })
    })
    expect(findRecurring(rows, ON)).toMatchObject([
      {
        merchant: null,
        words: 'city water',
        name: 'City Water',
        cadence: 'monthly',
        nextOn: '2026-12-03'
      }
    ])
  })

  it('are not looked for among over 200 payments to one payee, even if each name has its own number', () => {
    const monthly = series(['2026-09-05', '2026-10-05', '2026-11-05'])
    const visits = (count: number) =>
      Array.from({ length: count }, (_, n) =>
        series(['2025-10-25'], -100n - BigInt(n), { merchant: `streamwell ${1_000 + n}` })
      )
    expect(findRecurring([monthly, ...visits(197)], ON)).toHaveLength(1)
    expect(findRecurring([monthly, ...visits(198)], ON)).toEqual([])
  })

  const MONTHS = ['2026-09-05', '2026-10-05', '2026-11-05']

  it('keep money in, money out and currencies of one payee apart', () => {
    const all = [
      series(MONTHS, -1_000n),
      series(MONTHS, 1_000n),
      series(MONTHS, -1_000n, { currency: 'EUR' })
    ]
    expect(findRecurring(all, ON).map(({ minor, currency }) => `${minor} ${currency}`)).toEqual([
      '-1000 EUR',
      '-1000 USD',
      '1000 USD'
    ])
  })

  it('keep the merchant of payments that came in several groups', () => {
    const [first = '', ...rest] = MONTHS
    const groups = [series([first]), series(rest, -1_000n, { category: null })]
    expect(findRecurring(groups, ON)).toMatchObject([
      { merchant: 'streamwell', name: 'Streamwell', category: 'ENTERTAINMENT' }
    ])
  })

  it('sort what is due first, then by payee, then by currency', () => {
    const all = [
      series(['2026-09-20', '2026-10-20', '2026-11-20'], -1n, { merchant: 'late' }),
      series(MONTHS, -1_000n, { merchant: 'zebra' }),
      series(MONTHS, -1_000n, { merchant: 'apple' })
    ]
    expect(findRecurring(all, ON).map(({ words }) => words)).toEqual(['apple', 'zebra', 'late'])
  })

  it('do not call a varying bill fixed because its last two amounts are equal', () => {
    const [bill] = findRecurring(
      [
        series(
          ['2026-05-05', '2026-06-05', '2026-07-05', '2026-08-05', ...MONTHS],
          [-8_000n, -11_000n, -9_000n, -11_000n, -9_000n, -10_000n, -10_000n],
          { category: 'RENT_AND_UTILITIES' }
        )
      ],
      ON
    )
    expect([bill?.minor, bill?.fixed, bill?.lastOn]).toEqual([-10_000n, false, '2026-11-05'])
  })

  it('are looked for in 400 days', () => {
    expect(lookbackStart(ON)).toBe('2025-10-24')
  })

  it('spread a yearly and a weekly amount over months', () => {
    expect([
      monthlyAmount({ minor: -12_000n, cadence: 'yearly' }),
      monthlyAmount({ minor: -1_200n, cadence: 'weekly' })
    ]).toEqual([-1_000n, -5_200n])
  })
})
