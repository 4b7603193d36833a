/** How long ago a person last proved who they are: what reading secrets and moving money depend on. */

/** Whole minutes since each factor (password or code; authenticator app) was proven in this session; null = never in it. */
export type Proof = { first: number | null; second: number | null }

export const PROOF_MINUTES = 10

/**
 * Whether the proof is younger than ten minutes, by the second factor where the session has one, else by the first: Clerk's `strict`.
 * A fresh password alone does not stand in for an authenticator app that was used to get in.
 */
export function isRecent({ first, second }: Proof): boolean {
  const age = second ?? first
  return age !== null && age < PROOF_MINUTES
}
