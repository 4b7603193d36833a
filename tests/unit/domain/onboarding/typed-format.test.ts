import { describe, expect, test } from 'vitest'
import { formatTypedPhone, formatTypedSsn } from '@/lib/domain/onboarding/typed-format'

/** Types a text key by key. */
const typeWith = (format: (text: string) => string, keys: string) =>
  [...keys].reduce((text, key) => format(text + key), '')

describe('a phone number that is typed', () => {
  test.each([
    ['415', '415'],
    ['4155', '(415) 5'],
    ['4155550132', '(415) 555-0132'],
    ['14155550132', '(415) 555-0132'],
    ['+14155550132', '(415) 555-0132'],
    ['+1415555013', '+1415555013'],
    ['+442079460000', '+442079460000'],
    ['415.555.0132', '(415) 555-0132'],
    ['41555501329', '(415) 555-01329'],
    ['4155550132x2', '(415) 555-0132x2']
  ])('%s is shown as %s', (keys, shown) => {
    expect(typeWith(formatTypedPhone, keys)).toBe(shown)
  })

  test('loses its format with its digits', () => {
    expect(formatTypedPhone('(415) ')).toBe('415')
    expect(formatTypedPhone('')).toBe('')
  })
})

test.each([
  ['219', '219'],
  ['2190', '219-0'],
  ['219099999', '219-09-9999'],
  ['219 09 9999', '219-09-9999'],
  ['2190999991', '219-09-99991'],
  ['21909999a', '219-09-999a']
])('a Social Security number typed as %s is shown as %s', (keys, shown) => {
  expect(typeWith(formatTypedSsn, keys)).toBe(shown)
})

test('a Social Security number that is pasted has its dashes, and one that is too long stays', () => {
  expect(formatTypedSsn('219099999')).toBe('219-09-9999')
  expect(formatTypedSsn('2190999991')).toBe('2190999991')
})
