/**
 * Formats a yield such as "0.0412" as a percentage, rounded down; null where it is not a number.
 */
import { numberFormat } from '@/lib/domain/intl'

export function formatYield(yieldToMaturity: string | null, locale = 'en-US'): string | null {
  if (!yieldToMaturity || !/^-?\d+(\.\d+)?$/.test(yieldToMaturity)) return null
  return numberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    roundingMode: 'trunc'
  } as Intl.NumberFormatOptions).format(Number(yieldToMaturity))
}
