import { describe, expect, it } from 'vitest'
import { addDays } from '@/lib/domain/periods'
import { BILL, everyDays, found, MEDIA, monthly, on, SHOP, times } from '@/tests/support/payments'

describe('among several payments in reach', () => {
  it('the same amount is preferred to the better day', () => {
    const fees = [...monthly(5, times(5, -1_000)).slice(0, -1), on('2026-11-08', -1_000)]
    expect(found([...fees, on('2026-10-08', -1_010)], MEDIA)).toEqual([
      'monthly exact 5, next 2026-12-05'
    ])
  })

  it('the nearer amount is preferred where none is equal', () => {
    const bills = monthly(5, [-8_100, -8_000, -8_300, -8_200, -8_500])
    expect(found([...bills, on('2026-10-06', -30_000)], BILL)).toEqual([
      'monthly steady 5, next 2026-12-05'
    ])
  })

  it('the better day is preferred where amounts are equal', () => {
    const payments = [...monthly(5, times(4, -700)), on('2026-10-11', -700)]
    expect(found(payments, MEDIA)).toEqual(['monthly exact 4, next 2026-12-05'])
  })

  it('up to eight series of one payee are told apart', () => {
    const plans = (count: number) =>
      Array.from({ length: count }, (_, n) => monthly(3 * n + 1, times(4, -(n + 1) * 1_000))).flat()
    expect(found(plans(8), MEDIA)).toHaveLength(8)
    expect(found(plans(9), MEDIA)).toHaveLength(8)
  })
})

describe('beside other payments to the same payee', () => {
  /** Purchases between the payments, each of its own amount and at its own distance. */
  const purchases = (count: number, from: string) =>
    Array.from({ length: count }, (_, n) =>
      on(addDays(from, n * n * 2 + 3 * n + 1), -(20_000 + 7_919 * n))
    )

  it('a price that changed rarely is found among many purchases', () => {
    const membership = (changes: number[]) => monthly(5, [...changes, ...times(3, -1_500)])
    const bought = purchases(5, '2026-09-06')
    expect(found([...membership([-1_400]), ...bought], SHOP)).toEqual([
      'monthly exact 4, next 2026-12-05'
    ])
    expect(found([...membership([]), ...bought], SHOP)).toEqual([
      'monthly exact 3, next 2026-12-05'
    ])
    expect(found([...membership([-1_300, -1_400, -1_400]), ...bought], SHOP)).toEqual([])
    expect(found([...membership([-1_300, -1_400, -1_400]), ...bought], MEDIA)).toEqual([])
  })

  it('amounts that vary must be four fifths of the payments', () => {
    const bills = monthly(
      5,
      [-8_000, -8_300, -9_200, -8_500, -9_000, -8_800, -9_400, -8_600, -9_100]
    )
    expect(found([...bills, ...purchases(2, '2026-08-06')], MEDIA)).toEqual([
      'monthly loose 9, next 2026-12-05'
    ])
    expect(found([...bills, ...purchases(3, '2026-08-06')], MEDIA)).toEqual([])
    for (const day of ['2026-03-05', '2026-11-05'])
      expect(found([...bills, ...purchases(2, '2026-08-06'), on(day, -31_000)], MEDIA)).toEqual([])
    for (const from of ['2025-08-06', '2026-11-06'])
      expect(found([...bills, ...purchases(3, from)], MEDIA)).toEqual([
        'monthly loose 9, next 2026-12-05'
      ])
  })

  it('a price paid on other days too is no subscription', () => {
    const plan = monthly(5, times(4, -1_500))
    const between = ['2026-09-17', '2026-10-20'].map((date) => on(date, -1_500))
    expect(found([...plan, ...between.slice(1)], MEDIA)).toEqual([
      'monthly exact 4, next 2026-12-05'
    ])
    expect(found([...plan, ...between], MEDIA)).toEqual([])
  })

  it('a price paid before at other times is a subscription in fewer shops than elsewhere', () => {
    const plan = monthly(5, times(4, -1_500))
    const earlier = (count: number) =>
      ['2026-05-14', '2026-05-17', '2026-03-01', '2026-02-24', '2026-02-03']
        .slice(0, count)
        .map((date) => on(date, -1_500))
    expect(found([...plan, ...earlier(2)], SHOP)).toHaveLength(1)
    expect(found([...plan, ...earlier(3)], SHOP)).toEqual([])
    expect(found([...plan, ...earlier(3)], null)).toEqual([])
    expect(found([...plan, ...earlier(4)], MEDIA)).toHaveLength(1)
    expect(found([...plan, ...earlier(5)], MEDIA)).toEqual([])
  })

  it('a weekly price may have half as many other payments, and pay any number', () => {
    const weeks = (minor: number) => everyDays(7, times(6, minor))
    const others = (count: number, sign: number) =>
      [10, 16, 19, 24]
        .slice(0, count)
        .map((day, n) => on(addDays('2026-10-14', day), sign * (20_000 + 7_919 * n)))
    expect(found([...weeks(-700), ...others(3, -1)], MEDIA)).toHaveLength(1)
    expect(found([...weeks(-700), ...others(4, -1)], MEDIA)).toEqual([])
    expect(found([...weeks(70_000), ...others(4, 1)], 'INCOME')).toHaveLength(1)
    expect(found([...monthly(5, times(6, -700)), ...others(4, -1)], MEDIA)).toHaveLength(1)
  })

  it('weekly amounts that vary a little are a bill for rent, utilities and loans only', () => {
    const weeks = everyDays(7, [-9_900, -10_000, -9_800, -9_950, -9_990])
    expect(found(weeks, BILL)).toEqual(['weekly steady 5, next 2026-11-27'])
    expect(found(weeks, MEDIA)).toEqual([])
    expect(found(weeks, null)).toEqual([])
  })

  it('a weekly price in a shop needs four payments', () => {
    expect(found(everyDays(7, times(3, -400)), 'FOOD_AND_DRINK')).toEqual([])
    expect(found(everyDays(7, times(4, -400)), 'FOOD_AND_DRINK')).toHaveLength(1)
    expect(found(everyDays(7, times(3, -400)), null)).toHaveLength(1)
    expect(found(everyDays(7, times(3, -400)), MEDIA)).toHaveLength(1)
    expect(found(monthly(5, times(3, -400)), 'FOOD_AND_DRINK')).toHaveLength(1)
  })

  it('two varying bills of one utility are told apart, but not three, and not elsewhere', () => {
    const power = monthly(5, [-8_000, -9_800, -11_500, -9_000, -10_200])
    const gas = monthly(19, [-3_000, -3_900, -4_400, -3_500, -4_000])
    const water = monthly(12, [-1_000, -1_310, -1_470, -1_170, -1_340])
    expect(found([...power, ...gas], BILL)).toEqual([
      'monthly loose 5, next 2026-12-19',
      'monthly loose 5, next 2026-12-05'
    ])
    expect(found([...power, ...gas, ...water], BILL)).toEqual([])
    expect(found([...power, ...gas], MEDIA)).toEqual([])
    expect(found([...power, ...gas, ...monthly(12, times(5, -1_500))], BILL)).toHaveLength(3)
  })
})
