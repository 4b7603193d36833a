/** Lengths of bars, as shares of the longest in hundredths with one decimal: bigints in, what CSS takes out. */
export function percentOf(part: bigint, whole: bigint): number {
  if (whole <= 0n || part <= 0n) return 0
  const share = Number((part * 1_000n) / whole) / 10
  return Math.min(share, 100)
}

/** The largest of the amounts, at least nothing. */
export function maxAmount(amounts: readonly bigint[]): bigint {
  let max = 0n
  for (const amount of amounts) if (amount > max) max = amount
  return max
}
