/** Limits that protect a user's money from an attacker with their session. */

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** An account at another bank counts as new for this long after it was linked. */
export const NEW_COUNTERPARTY_MS = 7 * DAY_MS
/** The most that new counterparties receive together in any 24 hours, in US cents. */
export const NEW_COUNTERPARTY_LIMIT_MINOR = 100_000n

/**
 * The most in each direction in any 24 hours with accounts whose owner has another name and that
 * no small deposit confirmed, in US cents.
 */
export const OTHER_OWNER_LIMIT_MINOR = 100_000n

/** Withdrawals in any 24 hours by the age of the Jiko account, youngest first, in US cents. */
export const WITHDRAWAL_LIMITS: readonly { untilMs: number; minor: bigint }[] = [
  { untilMs: 7 * DAY_MS, minor: 500_000n },
  { untilMs: 30 * DAY_MS, minor: 2_500_000n }
]

/** The most withdrawals that may be confirmed within each period, including failed ones. */
export const WITHDRAWAL_COUNTS: readonly { withinMs: number; count: number }[] = [
  { withinMs: HOUR_MS, count: 5 },
  { withinMs: DAY_MS, count: 10 }
]
