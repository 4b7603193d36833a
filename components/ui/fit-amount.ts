import type { CSSProperties } from 'react'
import type { MoneyResponse } from '@/lib/api/responses'

/** Maximum digit width in em. */
const DIGIT_WIDTH_EM = 0.62

/** Font size of an amount in an inline-size container: shrinks to fit on one line. */
export function fitToWidth({ minor }: MoneyResponse): CSSProperties {
  // Group separators, decimal point, sign and currency.
  const characters = Math.ceil((minor.length * 4) / 3) + 3
  return { fontSize: `min(1em, ${Math.floor(1_000 / (characters * DIGIT_WIDTH_EM)) / 10}cqi)` }
}
