/** How long ago a user last verified who they are: what reading secrets and moving money depend on. */

export type Reverification = {
  /** Whole minutes since each factor (password or code; second factor) was verified in this session; null = never in it. */
  firstFactorAge: number | null
  secondFactorAge: number | null
  /** The earliest moment at which that can have been for the second factor, in epoch milliseconds. */
  secondFactorVerifiedAt?: number | null
  /** Whether the user has a second factor, as Clerk says now. Absent until asked (AuthService.requireLive), and then nothing counts as recent. */
  enrolled?: boolean
}

export const REVERIFICATION_MINUTES = 10

/**
 * The proof as it counts for this user. Under Clerk's device trust an e-mail code sets the second age, also for users without a second factor:
 * it counts only for an enrolled user, in a session that began after the enrolment or verified the factor after it.
 * @param enrolledAt when the second factor was turned on (epoch milliseconds, 0 where Clerk does not know); null without one.
 */
export function reverificationFor(
  proof: Reverification,
  { enrolledAt, sessionAt }: { enrolledAt: number | null; sessionAt: number }
): Reverification {
  const enrolled = enrolledAt !== null
  const counts =
    enrolled && (sessionAt >= enrolledAt || (proof.secondFactorVerifiedAt ?? 0) >= enrolledAt)
  return { ...proof, secondFactorAge: counts ? proof.secondFactorAge : null, enrolled }
}

/**
 * Whether the proof is younger than ten minutes, by the second factor where the user has one, else by the first: Clerk's `strict`.
 * A fresh password alone is not enough for a user with an authenticator app.
 */
export function isFresh({
  firstFactorAge: first,
  secondFactorAge: second,
  enrolled
}: Reverification): boolean {
  if (enrolled === undefined) return false
  const age = enrolled ? second : first
  return age !== null && age < REVERIFICATION_MINUTES
}
