import { describe, expect, it } from 'vitest'
import { type Mutant, type MutationReport, scoreMutants } from '@/scripts/suites/mutation/report'

const SOURCE = 'const a = 1\nif (age > 300)\n  throw late()\n'
const FILE = 'lib/domain/users/age.ts'
const mutant = (status: string, more: Partial<Mutant> = {}): Mutant => ({
  status,
  replacement: 'age >= 300',
  location: { start: { line: 2, column: 5 }, end: { line: 2, column: 14 } },
  ...more
})
const report = (mutants: Mutant[], file = FILE): MutationReport => ({
  files: { [file]: { source: SOURCE, mutants } }
})
const equivalent = {
  file: FILE,
  from: 'if (age > 300)',
  to: 'if (age >= 300)',
  reason: 'for this test'
}

describe('the score of a mutation run', () => {
  it('counts killed mutants per folder, and leaves out those that could not run', () => {
    const reports = [
      report(['Killed', 'Timeout', 'Survived', 'RuntimeError', 'Ignored'].map((s) => mutant(s))),
      report([mutant('NoCoverage')], 'lib/services/plaid/webhook.ts')
    ]
    expect(scoreMutants(reports, [])).toMatchObject({
      killed: 2,
      total: 4,
      notRun: 1,
      folders: [
        { folder: 'lib/domain/users', killed: 2, total: 3 },
        { folder: 'lib/services/plaid', killed: 0, total: 1 }
      ]
    })
  })

  it('shows a survivor as its line before and after', () => {
    const { survivors } = scoreMutants([report([mutant('Survived')])], [])
    expect(survivors).toEqual([
      { file: FILE, line: 2, from: 'if (age > 300)', to: 'if (age >= 300)' }
    ])
  })

  it('shows a mutation of several lines as one line', () => {
    const whole = { start: { line: 2, column: 1 }, end: { line: 3, column: 15 } }
    const { survivors } = scoreMutants(
      [report([mutant('NoCoverage', { replacement: ';', location: whole })])],
      []
    )
    expect(survivors).toMatchObject([{ from: 'if (age > 300) throw late()', to: ';' }])
  })

  it('does not count an equivalent mutant', () => {
    expect(scoreMutants([report([mutant('Survived')])], [equivalent])).toMatchObject({
      killed: 0,
      total: 0,
      survivors: [],
      equivalent: 1,
      stale: []
    })
  })

  it('reports a listed mutant that a test kills, only if its file was mutated', () => {
    expect(scoreMutants([report([mutant('Killed')])], [equivalent]).stale).toEqual([equivalent])
    expect(scoreMutants([report([mutant('Killed')], 'lib/other.ts')], [equivalent]).stale).toEqual(
      []
    )
  })
})
