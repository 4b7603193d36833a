/** Parses typed amounts in the user's locale. Ambiguous input is refused, never guessed. */
import { numberFormat } from '@/lib/domain/intl'
import { currencyExponent } from '@/lib/domain/money/money'
import type { TextKey } from '@/lib/domain/text/text'

type AmountFormat = { locale: string; currency?: string | undefined }

const MAX_DECIMALS = 8
const scale = (currency: string | undefined) =>
  currency ? currencyExponent(currency) : MAX_DECIMALS

function separatorsOf(locale: string): { group: string; decimal: string } {
  const parts = numberFormat(locale, {}).formatToParts(12_345_678.9)
  const sign = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''
  return { group: stripSymbols(sign('group')), decimal: sign('decimal') }
}

/**
 * Removes spaces and currency marks, and normalises the typed apostrophe to the locale's group
 * separator.
 */
const stripSymbols = (text: string): string =>
  text.replace(/[\s\p{Sc}]/gu, '').replaceAll('\u2019', "'")

/** Removes the currency's symbol or code, such as "zł", "US$" or "USD". */
function stripCurrency(typed: string, locale: string, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return typed.replace(currency, '')
  const written = numberFormat(locale, { style: 'currency', currency })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')
  return typed.replace(currency, '').replace(written?.value ?? '', '')
}

/**
 * Converts typed text to plain decimal text, such as "1.234,5 €" to "1234.5". Null if it is not an
 * amount in this locale, has a sign, or has more decimals than the currency.
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

/** Plain decimal text in the locale's input format. */
export function formatAmountInput(plain: string, { locale }: AmountFormat): string {
  return plain.replace('.', separatorsOf(locale).decimal)
}

/** The validation message for an unreadable amount, with an example in the locale's format. */
export function amountHint(
  { locale, currency }: AmountFormat,
  text: (key: TextKey<'common'>, values: Record<string, string>) => string
): string {
  const cents = Math.min(2, scale(currency))
  const sample = (of: number, digits: number) =>
    numberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits
    }).format(of)
  const whole = sample(12_500, 0)
  return cents > 0
    ? text('Enter an amount such as {whole} or {exact}, without a minus', {
        whole,
        exact: sample(12_500.5, cents)
      })
    : text('Enter an amount such as {whole}, without a minus', { whole })
}

/**
 * The typed amount with group separators, such as 12,500. A text in which the user typed a separator
 * stays as it is: 1,5 could mean one and a half.
 */
export function formatTypedAmount(typed: string, before: string, { locale }: AmountFormat): string {
  const { group, decimal } = separatorsOf(locale)
  const count = (text: string) => text.split(group).length
  const regroup = (text: string): string => {
    const [, whole, rest = ''] =
      new RegExp(`^(0|[1-9]\\d*)([${decimal}]\\d*)?$`).exec(text.replaceAll(group, '')) ?? []
    return whole ? numberFormat(locale, {}).format(BigInt(whole)) + rest : text
  }
  if (group !== ',' && group !== '.') return typed
  return count(typed) > count(before) || regroup(before) !== before ? typed : regroup(typed)
}
