import { expect, test, vi } from 'vitest'
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

test('500 formatters are kept; the next one makes room for others', async () => {
  vi.resetModules()
  const fresh = await import('@/lib/domain/intl')
  const formatAt = (n: number) =>
    fresh.numberFormat('en-US', {
      minimumIntegerDigits: (n % 20) + 1,
      maximumFractionDigits: Math.floor(n / 20)
    })
  const kept = Array.from({ length: 500 }, (_, n) => formatAt(n))
  expect(kept.map((_, n) => formatAt(n) === kept[n])).not.toContain(false)
  expect(formatAt(500).format(7)).toBe('7')
  expect(formatAt(0)).not.toBe(kept[0])
  expect(formatAt(500)).toBe(formatAt(500))
})

test('an unknown time zone is an error every time', () => {
  for (let time = 0; time < 2; time++)
    expect(() => dateTimeFormat('en-US', { timeZone: 'Moon/Base' })).toThrow(RangeError)
})
