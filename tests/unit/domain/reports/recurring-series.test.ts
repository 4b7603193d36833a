import { describe, expect, it } from 'vitest'
import { addDays, addMonths } from '@/lib/domain/periods'
import { BILL, everyDays, found, MEDIA, monthly, on, SHOP, times } from '@/tests/support/payments'

describe('one price', () => {
  it('is found from three payments, and may change once in three', () => {
    expect(found(monthly(5, [-999, -999]), MEDIA)).toEqual([])
    expect(found(monthly(5, [-999, -999, -999]), MEDIA)).toEqual([
      'monthly exact 3, next 2026-12-05'
    ])
    expect(found(monthly(5, [-900, -999, -999]), SHOP)).toEqual([])
    expect(found(monthly(5, [-900, -999, -999, -999]), SHOP)).toEqual([
      'monthly exact 4, next 2026-12-05'
    ])
  })

  it.each([
    ['half as much again and more: the old price is another payment', -401, 3],
    ['exactly doubled: the same payment', -400, 6]
  ])('may change moderately: %s', (_, after, payments) => {
    const prices = [...times(3, -200), ...times(3, after)]
    expect(found(monthly(5, prices), MEDIA)[0]).toBe(`monthly exact ${payments}, next 2026-12-05`)
  })

  it('counts only as far back as it changed rarely', () => {
    const prices = [-10_000, -9_000, -8_000, -7_000, ...times(4, -6_500)]
    expect(found(monthly(5, prices), MEDIA)).toEqual(['monthly exact 6, next 2026-12-05'])
  })
})

describe('amounts within five percent', () => {
  it('are steady up to exactly five percent', () => {
    expect(found(monthly(5, [-10_000, -9_500, -9_900]), MEDIA)).toEqual([
      'monthly steady 3, next 2026-12-05'
    ])
    expect(found(monthly(5, [-10_000, -9_499, -9_900]), MEDIA)).toEqual([
      'monthly loose 3, next 2026-12-05'
    ])
  })

  it.each([
    ['SHOP', SHOP],
    ['no category', null]
  ])('need four payments where purchases are likely: %s', (_, category) => {
    const four = monthly(5, [-9_900, -10_000, -9_800, -9_950])
    expect(found(four, category)).toEqual(['monthly steady 4, next 2026-12-05'])
    expect(found(four.slice(1), category)).toEqual(
      category ? [] : ['monthly loose 3, next 2026-12-05']
    )
  })

  it('need more than half of the payments where purchases are likely', () => {
    const varied = [-6_500, -9_000, -6_000, -7_000]
    const steady = [-9_900, -10_000, -9_800, -9_950]
    expect(found(monthly(5, [...varied, ...steady]), SHOP)).toEqual([])
    expect(found(monthly(5, [...varied.slice(1), ...steady]), SHOP)).toEqual([
      'monthly steady 4, next 2026-12-05'
    ])
  })
})

describe('amounts that vary', () => {
  it('are a bill up to 45 percent from the median', () => {
    const sizes = (most: number, least: number) => [-10_000, least, -10_000, most, -10_000]
    expect(found(monthly(5, sizes(-14_500, -5_500)), MEDIA)).toEqual([
      'monthly loose 5, next 2026-12-05'
    ])
    expect(found(monthly(5, sizes(-14_501, -5_500)), MEDIA)).toEqual([])
    expect(found(monthly(5, sizes(-14_500, -5_499)), MEDIA)).toEqual([
      'monthly loose 3, next 2026-12-05'
    ])
  })

  it('take the median by size, whatever the order', () => {
    expect(found(monthly(5, [-5_600, -14_000, -10_000, -6_000, -13_000]), MEDIA)).toEqual([
      'monthly loose 5, next 2026-12-05'
    ])
    expect(found(monthly(5, [-14_000, -5_600, -9_900]), MEDIA)).toEqual([
      'monthly loose 3, next 2026-12-05'
    ])
  })

  it.each([
    ['FOOD_AND_DRINK'],
    ['GENERAL_MERCHANDISE'],
    ['TRANSPORTATION'],
    ['TRAVEL'],
    ['PERSONAL_CARE'],
    ['HOME_IMPROVEMENT']
  ])('are purchases in the category %s', (category) => {
    const amounts = [-8_000, -10_000, -11_500, -9_000]
    expect(found(monthly(5, amounts), category)).toEqual([])
    expect(found(monthly(5, amounts), null)).toEqual(['monthly loose 4, next 2026-12-05'])
  })

  it('come more often than monthly only for rent, utilities and loans', () => {
    const weeks = everyDays(28, [-8_000, -10_000, -11_500, -9_000, -8_500, -9_500])
    expect(found(weeks, BILL)).toEqual(['four_weekly loose 6, next 2026-12-18'])
    expect(found(weeks, 'LOAN_PAYMENTS')).toEqual(['four_weekly loose 6, next 2026-12-18'])
    expect(found(weeks, MEDIA)).toEqual([])
    expect(found(weeks, null)).toEqual([])
    expect(found(everyDays(7, [-8_000, -10_000, -11_500, -9_000]), BILL)).toEqual([
      'weekly loose 4, next 2026-11-27'
    ])
  })

  it('do not come twice a month', () => {
    const two = [
      ...monthly(3, [-8_000, -10_000, -11_500]),
      ...monthly(19, [-9_000, -12_000, -8_500])
    ]
    expect(found(two, BILL).filter((one) => one.startsWith('semimonthly'))).toEqual([])
  })

  it('are pay after more than three payments', () => {
    const pay = [80_000, 100_000, 115_000, 90_000]
    expect(found(everyDays(7, pay), 'INCOME')).toEqual(['weekly loose 4, next 2026-11-27'])
    expect(found(everyDays(7, pay.slice(1)), 'INCOME')).toEqual([])
    expect(found(monthly(5, pay.slice(1)), 'INCOME')).toEqual([])
  })

  it('count for less than one price: six of them lose to the last four, which changed once', () => {
    const amounts = (varying: number[]) => monthly(5, [...varying, ...times(3, -10_000)])
    const six = amounts([-9_000, -11_500, -8_000])
    expect(found(six, BILL)).toEqual(['monthly exact 4, next 2026-12-05'])
    expect(found(amounts([-12_000, -9_000, -11_500, -8_000]), BILL)).toEqual([
      'monthly loose 7, next 2026-12-05'
    ])
  })
})

describe('the schedule', () => {
  it('is every four weeks rather than monthly after three payments', () => {
    expect(found(everyDays(28, times(3, -3_000)), MEDIA)).toEqual([
      'four_weekly exact 3, next 2026-12-18'
    ])
    const february = ['2026-01-29', '2026-02-26', '2026-03-26'].map((date) => on(date, -3_000))
    expect(found(february, MEDIA, '2026-03-28')).toEqual(['four_weekly exact 3, next 2026-04-23'])
  })

  it('allows weeks of six to eight days', () => {
    const dates = (days: number[]) => days.map((day) => on(addDays('2026-10-30', day), -500))
    expect(found(dates([0, 8, 14, 21]), MEDIA)).toEqual(['weekly exact 4, next 2026-11-27'])
    expect(found(dates([0, 6, 14, 21]), MEDIA)).toEqual(['weekly exact 4, next 2026-11-27'])
    expect(found(dates([0, 5, 14, 23]), MEDIA)).toEqual([])
  })

  it('allows a day of deviation for each payment', () => {
    const dates = (days: number[]) =>
      days.map((day, n) =>
        on(`2026-${String(8 + n).padStart(2, '0')}-${String(day).padStart(2, '0')}`, -500)
      )
    expect(found(dates([10, 13, 10, 11]), MEDIA)).toHaveLength(1)
    expect(found(dates([10, 14, 10, 11]), MEDIA)).toEqual([])
  })

  it.each([
    [7, 4, 'weekly'],
    [14, 5, 'biweekly'],
    [28, 5, 'four_weekly']
  ])(
    'of every %i days is over when a payment is more than %i days late',
    (days, grace, cadence) => {
      const payments = everyDays(days, times(5, -500))
      const due = addDays('2026-11-20', days)
      expect(found(payments, MEDIA, addDays(due, grace))).toEqual([
        `${cadence} exact 5, next ${due}`
      ])
      const later = found(payments, MEDIA, addDays(due, grace + 1))
      expect(later.filter((one) => one.startsWith(cadence))).toEqual([])
    }
  )

  it.each([
    [1, 7, 'monthly'],
    [3, 11, 'quarterly'],
    [12, 15, 'yearly']
  ])(
    'of every %i months is over when a payment is more than %i days late',
    (months, grace, cadence) => {
      const payments = [-3, -2, -1, 0].map((n) =>
        on(`${addMonths('2026-11', n * months)}-10`, -500)
      )
      const due = `${addMonths('2026-11', months)}-10`
      expect(found(payments, MEDIA, addDays(due, grace))).toEqual([
        `${cadence} exact 4, next ${due}`
      ])
      const later = found(payments, MEDIA, addDays(due, grace + 1))
      expect(later.filter((one) => one.startsWith(cadence))).toEqual([])
    }
  )

  it('keeps a payment that came late in its series', () => {
    const payments = [...monthly(5, times(6, -999)).slice(0, -1), on('2026-11-09', -999)]
    expect(found(payments, MEDIA, '2026-11-10')).toEqual(['monthly exact 6, next 2026-12-05'])
  })

  it('ends with the last payment that belongs to it, whatever came later', () => {
    const payments = [...monthly(5, times(4, -999)), on('2026-11-20', -45_000)]
    expect(found(payments, MEDIA)).toEqual(['monthly exact 4, next 2026-12-05'])
  })
})

describe('a missing payment', () => {
  const months = (list: number[]) =>
    list.map((month) => on(`${addMonths('2026-11', month)}-05`, -999))

  it('is bridged after three payments, and again after six', () => {
    expect(found(months([0, -1, -3, -4]), MEDIA)).toEqual([])
    expect(found(months([0, -1, -2, -4, -5]), MEDIA)).toEqual(['monthly exact 5, next 2026-12-05'])
    expect(found(months([0, -1, -2, -4, -6, -7, -8]), MEDIA)).toEqual([
      'monthly exact 4, next 2026-12-05'
    ])
    expect(found(months([0, -1, -2, -4, -5, -6, -8, -9]), MEDIA)).toEqual([
      'monthly exact 8, next 2026-12-05'
    ])
  })

  it('is bridged after five payments without a gap', () => {
    expect(found(months([0, -1, -2, -3, -4, -6, -7]), MEDIA)).toEqual([
      'monthly exact 7, next 2026-12-05'
    ])
  })

  it('is not bridged where payments are a quarter apart', () => {
    expect(found(months([0, -3, -6, -12, -15]), MEDIA)).toEqual([
      'quarterly exact 3, next 2027-02-05'
    ])
  })

  it('is a whole month: half as long again ends the series', () => {
    const earlier = ['2026-07-22', '2026-06-22', '2026-05-22'].map((date) => on(date, -999))
    expect(found([...earlier, ...months([0, -1, -2])], MEDIA)).toEqual([
      'monthly exact 3, next 2026-12-05'
    ])
  })

  it('is bridged to the payment nearest to two months before', () => {
    const payments = [...months([0, -1, -2, -4, -5]), on('2026-07-11', -999)]
    expect(found(payments, MEDIA)).toEqual(['monthly exact 5, next 2026-12-05'])
  })
})
