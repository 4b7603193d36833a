import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  currencyExponent,
  formatMoney,
  formatMoneyCompact,
  isStorable,
  toDecimal,
  toMoney,
  toPlainDecimal
} from '@/lib/domain/money/money'

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'BTC', 'CLF', 'DOGE', 'XXX')
const minor = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })

describe('toMoney and toDecimal', () => {
  test('every amount survives the conversion to text and back', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(toMoney(toDecimal({ minor: amount, currency: code }), code).minor).toBe(amount)
      })
    )
  })

  test('a text with at most the currency’s decimals loses nothing, whatever zeros follow', () => {
    fc.assert(
      fc.property(minor, currency, fc.nat({ max: 6 }), (amount, code, zeros) => {
        const decimal = toDecimal({ minor: amount, currency: code })
        const padded = `${decimal}${decimal.includes('.') ? '' : '.0'}${'0'.repeat(zeros)}`
        expect(toMoney(padded, code).minor).toBe(amount)
      })
    )
  })

  test('rounding is never off by more than half a minor unit, and a negative amount rounds as its mirror image', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.integer({ min: 0, max: 999_999 }),
        currency,
        (whole, rest, code) => {
          const text = `${whole}.${String(rest).padStart(6, '0')}`
          const { minor: rounded } = toMoney(text, code)
          const digits = BigInt(currencyExponent(code))
          const exact = (whole * 1_000_000n + BigInt(rest)) * 10n ** digits
          const error = rounded * 1_000_000n - exact
          expect((error < 0n ? -error : error) * 2n <= 1_000_000n).toBe(true)
          expect(toMoney(`-${text}`, code).minor).toBe(-rounded)
        }
      )
    )
  })

  test('an exponent equals the digits written out', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 999_999 }),
        fc.integer({ min: -12, max: 12 }),
        currency,
        (digits, exponent, code) => {
          const written =
            exponent >= 0
              ? `${digits}${'0'.repeat(exponent)}`
              : `${digits}`
                  .padStart(1 - exponent, '0')
                  .replace(new RegExp(`(\\d{${-exponent}})$`), '.$1')
          expect(toMoney(`${digits}e${exponent}`, code)).toEqual(toMoney(written, code))
        }
      )
    )
  })

  test.each([
    ['0.005', 'USD', 1n],
    ['-0.005', 'USD', -1n],
    ['0.0049999', 'USD', 0n],
    ['1.5', 'JPY', 2n],
    ['0.0005', 'KWD', 1n],
    ['1e-7', 'BTC', 10n],
    ['0.000000005', 'BTC', 1n],
    ['1E+3', 'USD', 100_000n],
    ['9007199254740993.01', 'USD', 900_719_925_474_099_301n]
  ])('%s %s is %s minor units', (decimal, code, expected) => {
    expect(toMoney(decimal, code)).toEqual({ minor: expected, currency: code })
  })

  test.each(['', ' ', '1,5', 'NaN', 'Infinity', '--1', '+1', '.5', '5.', '0x10', '1e', '1.2.3'])(
    '"%s" is not an amount',
    (text) => {
      expect(() => toMoney(text, 'USD')).toThrow(RangeError)
    }
  )
})

describe('scaleOf', () => {
  test.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['BTC', 8],
    ['ETH', 8],
    ['DOGE', 8],
    ['usd', 8]
  ])('%s has %i decimals', (code, decimals) => {
    expect(currencyExponent(code)).toBe(decimals)
  })
})

describe('formatMoney', () => {
  test.each([
    [{ minor: 123_450n, currency: 'USD' }, '$1,234.50'],
    [{ minor: -1_200n, currency: 'USD' }, '-$12.00'],
    [{ minor: 5n, currency: 'JPY' }, '¥5'],
    [{ minor: 900_719_925_474_099_301n, currency: 'USD' }, '$9,007,199,254,740,993.01'],
    [{ minor: 150_000_000n, currency: 'DOGE' }, '1.5 DOGE']
  ])('%o reads %s', (money, expected) => {
    expect(formatMoney(money)).toBe(expected)
  })
})

describe('money in a chart', () => {
  test.each([
    [{ minor: 4_812_345n, currency: 'USD' }, '$48.1K'],
    [{ minor: -4_800_000n, currency: 'USD' }, '-$48K'],
    [{ minor: 1_234_567n, currency: 'JPY' }, '¥1.2M'],
    [{ minor: 150_000_000_000n, currency: 'DOGE' }, '1.5K DOGE'],
    [{ minor: 150_000_000_000n, currency: 'dUSD' }, '1.5K dUSD']
  ])('%o reads %s', (money, text) => {
    expect(formatMoneyCompact(money)).toBe(text)
  })

  test('is written as the locale writes it', () => {
    expect(formatMoneyCompact({ minor: 123_456_700n, currency: 'EUR' }, 'de-DE')).toMatch(
      /^1,2\sMio\.\s€$/
    )
  })
})

test('an unofficial currency shows all of its decimals', () => {
  expect(formatMoney({ minor: 12_345_678n, currency: 'DOGE' })).toBe('0.12345678 DOGE')
  expect(formatMoney({ minor: 12_345_678n, currency: 'MYUSD' })).toBe('0.12345678 MYUSD')
})

test('an amount of 37 digits can be stored, and one more cannot', () => {
  const limit = 10n ** 37n
  expect([limit - 1n, 1n - limit, 0n].map((minor) => isStorable({ minor }))).toEqual([
    true,
    true,
    true
  ])
  expect([limit, -limit].map((minor) => isStorable({ minor }))).toEqual([false, false])
})

test('a text that is no decimal number is refused with a reason', () => {
  expect(() => toMoney('1,5', 'USD')).toThrow(new RangeError('not a decimal amount'))
})

test('an amount of zero has no sign', () => {
  expect(toDecimal({ minor: 0n, currency: 'USD' })).toBe('0.00')
})

describe('toPlainDecimal', () => {
  test.each([
    ['1.5e-7', '0.00000015'],
    ['1e-7', '0.0000001'],
    ['-2.5E-8', '-0.000000025'],
    ['12e-1', '1.2'],
    ['1.25e+21', '1250000000000000000000'],
    ['1.25e1', '12.5'],
    ['47.74104242992852', '47.74104242992852'],
    ['-3', '-3'],
    ['x1e5', 'x1e5'],
    ['1e5 units', '1e5 units']
  ])('writes %s as %s', (exponential, plain) => {
    expect(toPlainDecimal(exponential)).toBe(plain)
  })

  test('keeps the value of every number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(toPlainDecimal(String(value))).not.toContain('e')
        expect(Number(toPlainDecimal(String(value)))).toBe(value === 0 ? 0 : value)
      })
    )
  })
})
