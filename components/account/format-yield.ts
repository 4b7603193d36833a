/** A yield such as "0.0412" as people read it, or null where it is not a number. The text is the bank's and is not rounded up. */
export function formatYield(yieldToMaturity: string | null, locale = 'en-US'): string | null {
  if (!yieldToMaturity || !/^-?\d+(\.\d+)?$/.test(yieldToMaturity)) return null
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    roundingMode: 'trunc'
  } as Intl.NumberFormatOptions).format(Number(yieldToMaturity))
}
