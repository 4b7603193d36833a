/**
 * When a user last verified their identity. Revealing secrets and moving money require a fresh
 * verification.
 */

export type Reverification = {
  /** Minutes since each factor was verified in this session; null means never. */
  firstFactorAge: number | null
  secondFactorAge: number | null
  /** The earliest instant of the second factor's verification, in epoch milliseconds. */
  secondFactorVerifiedAt?: number | null
  /**
   * Whether the user has a second factor, read live from Clerk. Absent until
   * AuthService.requireLiveSession; the verification is not fresh then.
   */
  enrolled?: boolean
}

/** How old a verification may be, in minutes. Clerk's ages are whole minutes. */
export const STEP_UP_MINUTES = { '1m': 1, '10m': 10 } as const
export type StepUpAge = keyof typeof STEP_UP_MINUTES

/**
 * The verification as it counts for this user. Under Clerk's device trust an e-mail code sets the
 * second factor's age even without a second factor, so it counts only for an enrolled user whose
 * session started, or whose factor was verified, after enrolment.
 * @param enrolledAt when the second factor was enabled (epoch milliseconds, 0 if unknown to
 * Clerk); null without one.
 */
export function reverificationFor(
  reverification: Reverification,
  { enrolledAt, sessionAt }: { enrolledAt: number | null; sessionAt: number }
): Reverification {
  const enrolled = enrolledAt !== null
  const counts =
    enrolled &&
    (sessionAt >= enrolledAt || (reverification.secondFactorVerifiedAt ?? 0) >= enrolledAt)
  return {
    ...reverification,
    secondFactorAge: counts ? reverification.secondFactorAge : null,
    enrolled
  }
}

/**
 * Whether the verification is younger than `within`: the second factor if the user has one, else
 * the first (Clerk's `strict`). A fresh password alone is not enough for a user with an
 * authenticator app.
 */
export function isFresh(
  { firstFactorAge: first, secondFactorAge: second, enrolled }: Reverification,
  within: StepUpAge
): boolean {
  if (enrolled === undefined) return false
  const age = enrolled ? second : first
  return age !== null && age < STEP_UP_MINUTES[within]
}
