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

const LIFESPANS = 'lib/domain/reports/account-lifespans.ts'
const HISTORY = 'lib/domain/reports/net-worth-history.ts'
const ALWAYS_SET = 'the map has an entry for every account'
const SAME_LENGTH = 'every line has one entry for each day'

export const EQUIVALENT_MUTANTS: readonly EquivalentMutant[] = [
  {
    file: LIFESPANS,
    from: 'if (closed.closedAt === null) continue',
    to: 'if (false) continue',
    reason: 'no account is listed near a time that is not a number'
  },
  {
    file: LIFESPANS,
    from: 'spans.set(closed.id, { since: spans.get(closed.id)?.since ?? null, until: day })',
    to: 'spans.set(closed.id, { since: spans.get(closed.id).since ?? null, until: day })',
    reason: ALWAYS_SET
  },
  {
    file: LIFESPANS,
    from: 'spans.set(successor.id, { since: day, until: spans.get(successor.id)?.until ?? null })',
    to: 'spans.set(successor.id, { since: day, until: spans.get(successor.id).until ?? null })',
    reason: ALWAYS_SET
  },
  {
    file: HISTORY,
    from: 'lines.reduce((sum, line) => sum + (line[n]?.minor ?? 0n), 0n) +',
    to: 'lines.reduce((sum, line) => sum + (line[n].minor ?? 0n), 0n) +',
    reason: SAME_LENGTH
  },
  {
    file: HISTORY,
    from: 'estimated: lines.some((line) => line[n]?.estimated)',
    to: 'estimated: lines.some((line) => line[n].estimated)',
    reason: SAME_LENGTH
  },
  {
    file: HISTORY,
    from: "const today = days.at(-1) ?? ''",
    to: 'const today = days.at(-1) ?? "Stryker was here!"',
    reason: 'there is always a day'
  },
  {
    file: HISTORY,
    from: 'const found: { minor: bigint; estimated: boolean }[] = []',
    to: 'const found: { minor: bigint; estimated: boolean }[] = ["Stryker was here"]',
    reason: 'an entry after the last day is never read'
  }
]
