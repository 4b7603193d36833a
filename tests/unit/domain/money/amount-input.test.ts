import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountHint,
  formatAmountInput,
  formatTypedAmount,
  parseAmount
} from '@/lib/domain/money/amount-input'
import { formatMoney, toDecimal, toMoney } from '@/lib/domain/money/money'
import { textIn } from '@/lib/domain/text/catalogs'
import { LOCALES } from '@/lib/domain/users/preferences'

const anyLocale = fc.constantFrom(...LOCALES)
const anyMoney = fc.record({
  minor: fc.bigInt({ min: 0n, max: 10n ** 14n }),
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'INR', 'CHF', 'PLN', 'SEK', 'BTC')
})

describe('a typed amount', () => {
  it('is parsed in the format that the app displays, in every locale', () => {
    fc.assert(
      fc.property(anyLocale, anyMoney, (locale, money) => {
        const read = parseAmount(formatMoney(money, locale), { locale, currency: money.currency })
        expect(read && toMoney(read, money.currency)).toEqual(money)
      })
    )
  })

  it('is parsed without group separators too', () => {
    fc.assert(
      fc.property(anyLocale, anyMoney, (locale, money) => {
        expect(
          parseAmount(formatAmountInput(toDecimal(money), { locale }), {
            locale,
            currency: money.currency
          })
        ).toBe(toDecimal(money))
      })
    )
  })

  it.each([
    ['de-DE', '1.234,56', '1234.56'],
    ['de-DE', '1234,5', '1234.5'],
    ['de-DE', '1.234', '1234'],
    ['de-DE', '250.000 €', '250000'],
    ['de-CH', 'CHF 18’500.50', null],
    ['de-CH', "18'500.50", '18500.50'],
    ['de-CH', '18’500.50', '18500.50'],
    ['fr-FR', '1 234,56', '1234.56'],
    ['en-IN', '12,34,567', '1234567'],
    ['en-US', '$18,500.00', '18500.00'],
    ['en-US', ' 250000 ', '250000']
  ])('%s %s', (locale, typed, read) =>
    expect(parseAmount(typed, { locale, currency: 'USD' })).toBe(read)
  )

  it('may name a currency that is not in ISO 4217', () =>
    expect(parseAmount('5 USDC', { locale: 'en-US', currency: 'USDC' })).toBe('5'))

  it.each([
    ['de-DE', '1234.56'],
    ['de-DE', '1,234.56'],
    ['de-DE', '1.23'],
    ['en-US', '1.234,56'],
    ['en-US', '12,50'],
    ['en-US', '1.234'],
    ['en-US', '-5'],
    ['en-US', '(5)'],
    ['en-US', '1e5'],
    ['en-US', '5 dollars'],
    ['en-US', ''],
    ['fr-FR', '1.5'],
    ['de-CH', '1’5']
  ])('is not guessed: %s %s', (locale, typed) =>
    expect(parseAmount(typed, { locale, currency: 'USD' })).toBeNull()
  )

  it('has no cents when the currency has none, and no more decimals than the currency', () => {
    expect(parseAmount('1500', { locale: 'en-US', currency: 'JPY' })).toBe('1500')
    expect(parseAmount('1500.5', { locale: 'en-US', currency: 'JPY' })).toBeNull()
    expect(parseAmount('1.234', { locale: 'en-US', currency: 'KWD' })).toBe('1.234')
    expect(parseAmount('0.12345678', { locale: 'en-US' })).toBe('0.12345678')
  })

  it('may include its currency code', () =>
    expect(parseAmount('CHF 18’500.50', { locale: 'de-CH', currency: 'CHF' })).toBe('18500.50'))

  it('is requested in the user’s number format', () => {
    expect(amountHint({ locale: 'de-DE', currency: 'EUR' }, textIn('en'))).toBe(
      'Enter an amount such as 12.500 or 12.500,50, without a minus'
    )
    expect(amountHint({ locale: 'en-US', currency: 'JPY' }, textIn('en'))).toBe(
      'Enter an amount such as 12,500, without a minus'
    )
    expect(amountHint({ locale: 'es-US', currency: 'USD' }, textIn('es'))).toBe(
      'Escriba un monto como 12,500 o 12,500.50, sin signo menos'
    )
  })
})

describe('an amount that is typed', () => {
  const typeKeys = (keys: string, locale: string) =>
    [...keys].reduce((text, key) => formatTypedAmount(text + key, text, { locale }), '')

  it.each([
    ['12500', 'en-US', '12,500'],
    ['1234567.89', 'en-US', '1,234,567.89'],
    ['12500,5', 'de-DE', '12.500,5'],
    ['1,5', 'en-US', '1,5'],
    ['1,500', 'en-US', '1,500'],
    ['12345', 'fr-FR', '12345'],
    ['12345', 'de-CH', '12345'],
    ['007', 'en-US', '007'],
    ['a lot', 'en-US', 'a lot']
  ])('%s in %s is shown as %s', (keys, locale, shown) => {
    expect(typeKeys(keys, locale)).toBe(shown)
  })

  it('keeps its groups while digits are removed', () => {
    expect(formatTypedAmount('12,50', '12,500', { locale: 'en-US' })).toBe('1,250')
  })
})
