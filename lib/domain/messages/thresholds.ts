/** From when on a user is told about money at linked banks. */

/** A payment of this much is large, in US cents. */
export const LARGE_PAYMENT_MINOR = 100_000n
/** A payment that is older when it is first seen is no news. */
export const LARGE_PAYMENT_DAYS = 7
/** A checking account with less is running low, in US cents. */
export const LOW_BALANCE_MINOR = 10_000n
