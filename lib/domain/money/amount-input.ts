/** Amounts as people type them: in the way they read them everywhere else, and never guessed. */
import { currencyExponent } from '@/lib/domain/money/money'

type AmountFormat = { locale: string; currency?: string | undefined }

const MAX_DECIMALS = 8
const scale = (currency: string | undefined) =>
  currency ? currencyExponent(currency) : MAX_DECIMALS

function separatorsOf(locale: string): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(
    12_345_678.9
  )
  const sign = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''
  return { group: stripSymbols(sign('group')), decimal: sign('decimal') }
}

/** Without blanks and signs of money, which part nothing, and with the apostrophe that keyboards have. */
const stripSymbols = (text: string): string =>
  text.replace(/[\s\p{Sc}]/gu, '').replaceAll('\u2019', "'")

/** It may stand there as the app writes it, such as "zł" or "US$", or by its code. */
function stripCurrency(typed: string, locale: string, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return typed.replace(currency, '')
  const written = new Intl.NumberFormat(locale, { style: 'currency', currency })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')
  return typed.replace(currency, '').replace(written?.value ?? '', '')
}

/**
 * What was typed as plain decimal text, such as "1234.5" from "1.234,5 €" where that is the way to write; null where it is no amount in that way, has
 * a sign, or is finer than the currency.
 */
export function parseAmount(typed: string, { locale, currency }: AmountFormat): string | null {
  const { group, decimal } = separatorsOf(locale)
  const bare = stripSymbols(currency ? stripCurrency(typed, locale, currency) : typed)
  const whole = group ? `(\\d{1,3}(?:[${group}]\\d{2,3})*[${group}]\\d{3}|\\d+)` : '(\\d+)'
  const read = new RegExp(
    `^${whole}(?:[${decimal}](\\d{1,${Math.max(1, scale(currency))}}))?$`
  ).exec(bare)
  if (!read || (read[2] && scale(currency) === 0)) return null
  const digits = (read[1] ?? '').replaceAll(group, '')
  return read[2] ? `${digits}.${read[2]}` : digits
}

/** Plain decimal text as one would type it. */
export function formatAmountInput(plain: string, { locale }: AmountFormat): string {
  return plain.replace('.', separatorsOf(locale).decimal)
}

/** What to say about an amount that could not be read. */
export function amountHint({ locale, currency }: AmountFormat): string {
  const cents = Math.min(2, scale(currency))
  const sample = (of: number, digits: number) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits
    }).format(of)
  return `Enter an amount such as ${sample(12_500, 0)}${cents > 0 ? ` or ${sample(12_500.5, cents)}` : ''}, without a minus`
}
