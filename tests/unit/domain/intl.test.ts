import { expect, test } from 'vitest'
import { dateTimeFormat, formatCount, numberFormat } from '@/lib/domain/intl'

test('a formatter is made once per locale and options', () => {
  const euros = { style: 'currency', currency: 'EUR' } as const
  expect(numberFormat('de-DE', euros)).toBe(numberFormat('de-DE', { ...euros }))
  expect(numberFormat('de-DE', euros).format(1234.5)).toBe('1.234,50\u00a0€')
  expect(numberFormat('en-US', euros).format(1234.5)).toBe('€1,234.50')
  expect(numberFormat('en-US', {}).format(1234.5)).toBe('1,234.5')
  expect(formatCount(12_345, 'de-DE')).toBe('12.345')
})

test('other time zones get other formatters', () => {
  const hour = (timeZone: string) =>
    dateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(0)
  expect([hour('UTC'), hour('Asia/Tokyo'), hour('UTC')]).toEqual(['00:00', '09:00', '00:00'])
})

test('formatters of any number of currencies are correct', () => {
  for (let digits = 0; digits < 1_200; digits++) {
    const options = { minimumIntegerDigits: (digits % 20) + 1, maximumFractionDigits: digits % 60 }
    expect(numberFormat('en-US', { ...options, useGrouping: false }).format(7)).toHaveLength(
      (digits % 20) + 1
    )
  }
})

test('an unknown time zone is an error every time', () => {
  for (let time = 0; time < 2; time++)
    expect(() => dateTimeFormat('en-US', { timeZone: 'Moon/Base' })).toThrow(RangeError)
})
