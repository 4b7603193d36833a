/** Whether an account at another bank belongs to the applicant. */

export type OwnerMatch = 'same' | 'different'

/**
 * Plaid's threshold for names: 100 is equal, 85 and more a strong match, 70 and more a partial one,
 * less is none (contracts: Plaid, /identity/match).
 */
const MATCH_SCORE = 70

/** null without a score: one side has no name, so nothing was compared. */
export function ownerMatch(score: number | null): OwnerMatch | null {
  if (score === null) return null
  return score >= MATCH_SCORE ? 'same' : 'different'
}

/** Jiko's verification of an account whose user entered the code of a small deposit. */
export const CONFIRMED_BY_DEPOSIT = 'MANUALLY_VERIFIED'
