/**
 * Mutants that no test can kill, because the program behaves the same with them. They are not
 * counted. An entry that a test does kill, or that matches no mutant, fails the suite.
 */
export type EquivalentMutant = {
  file: string
  /** The source line before and after the mutation, as the suite prints it. */
  from: string
  to: string
  reason: string
}

export const EQUIVALENT_MUTANTS: readonly EquivalentMutant[] = []
