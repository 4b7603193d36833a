/** Bar lengths as percentages of the longest bar with one decimal, computed from bigints. */
export function percentOf(part: bigint, whole: bigint): number {
  if (whole <= 0n || part <= 0n) return 0
  const share = Number((part * 1_000n) / whole) / 10
  return Math.min(share, 100)
}

/** The largest amount, at least 0. */
export function maxAmount(amounts: readonly bigint[]): bigint {
  let max = 0n
  for (const amount of amounts) if (amount > max) max = amount
  return max
}
