/**
 * Money is an integer count of minor units and a currency, parsed once from the vendor's decimal
 * text.
 */
import { numberFormat } from '@/lib/domain/intl'

export type Money = { minor: bigint; currency: string }

/** Decimals of unofficial currencies (crypto): eight, the finest any vendor reports. */
const UNOFFICIAL_EXPONENT = 8

/** Codes that look like ISO 4217 but are not part of it. */
export const UNOFFICIAL_CURRENCIES: ReadonlySet<string> = new Set(
  'ADA BAT BCH BNB BSV BTC BTG CNH ETC ETH GBX LSK LTC NEO OMG XLM XMR XRP ZEC ZRX'.split(' ')
)

/** ISO 4217 exponents that differ from 2. */
export const CURRENCY_EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0
}

/** Returns the number of decimals of the currency's minor unit. */
export function currencyExponent(currency: string): number {
  return (
    CURRENCY_EXPONENTS[currency] ??
    (/^[A-Z]{3}$/.test(currency) && !UNOFFICIAL_CURRENCIES.has(currency) ? 2 : UNOFFICIAL_EXPONENT)
  )
}

/**
 * Parses vendor decimal text, such as "-12.345" or "1e-7", into minor units, rounding half away
 * from zero.
 * @throws RangeError if the text is not a decimal number.
 */
export function toMoney(decimal: string, currency: string): Money {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal)
  if (!parts) throw new RangeError('not a decimal amount')
  const [, sign, whole = '0', fraction = '', exponent] = parts
  const digits = whole + fraction
  const point = whole.length + Number(exponent ?? 0) + currencyExponent(currency)
  const kept = digits.slice(0, Math.max(0, point)).padEnd(point, '0')
  const magnitude = BigInt(kept) + (Number(digits[point]) >= 5 ? 1n : 0n)
  return { minor: sign ? -magnitude : magnitude, currency }
}

/** Decimal text without an exponent: "1.5e-7" becomes "0.00000015". Other text is unchanged. */
export function toPlainDecimal(decimal: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(decimal)
  if (!parts) return decimal
  const [, sign, whole = '0', fraction = '', exponent] = parts
  const point = whole.length + Number(exponent)
  const digits = (whole + fraction).padStart(
    whole.length + fraction.length - Math.min(0, point - 1),
    '0'
  )
  const at = Math.max(1, point)
  const padded = digits.padEnd(at, '0')
  return `${sign}${padded.slice(0, at)}${padded.length > at ? `.${padded.slice(at)}` : ''}`
}

/** Columns hold 38 digits; one digit is reserved for sums. */
const MAX_MINOR = 10n ** 37n

/** Whether the amount fits its column. */
export const isStorable = ({ minor }: Pick<Money, 'minor'>): boolean =>
  minor < MAX_MINOR && minor > -MAX_MINOR

/** Plain decimal text, such as "-12.35". */
export function toDecimal({ minor, currency }: Money): string {
  const scale = currencyExponent(currency)
  const digits = minor
    .toString()
    .replace('-', '')
    .padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return minor < 0n ? `-${text}` : text
}

/** Money for display, such as "$1,234.50" or "−$12.00". Unofficial currencies show their code. */
export function formatMoney(money: Money, locale = 'en-US'): string {
  const scale = currencyExponent(money.currency)
  const decimal = toDecimal(money) as Intl.StringNumericLiteral
  if (!/^[A-Z]{3}$/.test(money.currency))
    return `${numberFormat(locale, { maximumFractionDigits: scale }).format(decimal)} ${money.currency}`
  return numberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: scale,
    maximumFractionDigits: scale
  }).format(decimal)
}

/** Money for chart axes, such as "$48K". */
export function formatMoneyCompact(money: Money, locale = 'en-US'): string {
  const decimal = toDecimal(money) as Intl.StringNumericLiteral
  const compact = { notation: 'compact', maximumFractionDigits: 1 } as const
  if (!/^[A-Z]{3}$/.test(money.currency))
    return `${numberFormat(locale, compact).format(decimal)} ${money.currency}`
  return numberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    ...compact
  }).format(decimal)
}
