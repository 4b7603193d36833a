/** Statements of a user without the application's filter by user, to show that the database has its own. */
import { createHash } from 'node:crypto'
import type { Statement, Transport } from '@/xata/drivers/transport'

const COMPARISON = /(?:"?\w+"?\.)?"?\w+"? = \$(\d+)(?:::text)?/g

export type Mutant = {
  /** The statement as the application sends it. */
  sql: string
  /** Which of its filters is removed, in the order of the text; null removes all. */
  filter: number | null
}

type Mutator = {
  transport: Transport
  /** The removed filter; null sends statements unchanged. */
  mutant: Mutant | 'all' | null
  /** Whether the statements of users run without policies, which shows what the mutants find. */
  unprotected: boolean
  /** Every statement with a filter since this was emptied, with the number of its filters. */
  seen: Map<string, number>
}

/** A transport whose statements of users are changed as `mutant` says. */
export function createMutator(inner: Transport): Mutator {
  const mutator: Mutator = {
    mutant: null,
    unprotected: false,
    seen: new Map(),
    transport: {
      batch: (statements, first) => {
        const [role, userId] = first?.params ?? []
        if (!first || role !== 'pangea_app' || !userId) return inner.batch(statements, first)
        const scope = mutator.unprotected ? { ...first, params: ['pangea_worker', userId] } : first
        return inner.batch(
          statements.map((statement) => change(mutator, statement, userId)),
          scope
        )
      },
      close: () => inner.close()
    }
  }
  return mutator
}

function change({ mutant, seen }: Mutator, { sql, params }: Statement, userId: string): Statement {
  const own = [userId, createHash('sha256').update(userId).digest('hex')]
  const isRemoved = (filter: number) =>
    mutant === 'all' ||
    (mutant !== null && mutant.sql === sql && (mutant.filter === null || mutant.filter === filter))
  let filters = 0
  const text = sql.replace(COMPARISON, (comparison, n: string) => {
    if (!own.includes(params[Number(n) - 1] ?? '')) return comparison
    // The parameter stays, because Postgres needs to know its type.
    return isRemoved(filters++) ? `$${n}::text is not null` : comparison
  })
  if (filters > 0) seen.set(sql, filters)
  return { sql: text, params }
}
