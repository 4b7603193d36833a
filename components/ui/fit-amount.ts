import type { CSSProperties } from 'react'
import type { MoneyResponse } from '@/lib/api/responses'

/** No digit is wider than this share of the font size. */
const DIGIT_WIDTH_EM = 0.62

/** The font size of an amount inside an inline-size container: its own, or as much as fits on one line. */
export function fitToWidth({ minor }: MoneyResponse): CSSProperties {
  // A separator for every three digits, a decimal point, a sign and the currency.
  const characters = Math.ceil((minor.length * 4) / 3) + 3
  return { fontSize: `min(1em, ${Math.floor(1_000 / (characters * DIGIT_WIDTH_EM)) / 10}cqi)` }
}
