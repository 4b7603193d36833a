/**
 * A mutant that no test can kill, because the program behaves the same with it. It is not counted.
 * An entry that a test does kill, or that matches no mutant, fails the suite.
 */
export type EquivalentMutant = {
  file: string
  /** The source line before and after the mutation, as the suite prints it. */
  from: string
  to: string
  reason: string
}

/** The mutants of one file in lib/domain that are equivalent for one reason. */
export const inDomain = (
  file: string,
  reason: string,
  mutants: readonly { from: string; to: string }[]
): EquivalentMutant[] => mutants.map((one) => ({ file: `lib/domain/${file}`, reason, ...one }))
