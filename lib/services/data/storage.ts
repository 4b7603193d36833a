/** The one way the services' queries run: every fault is ours, and what only lost a race is tried again. */
import 'server-only'
import type { SQLWrapper } from 'drizzle-orm'
import { database } from '../../../xata/client'
import { IntegrationError } from '../../platform/errors'

const RACES = 5
/** Serialization failure, deadlock, and two rows for one place in a partial index: undone as a whole, and different the next time. */
const LOST_RACE = new Set(['40001', '40P01', '23505'])
/** Connection trouble, no resources, shutting down, could not get a lock. */
const PASSES = /^(08|53|57P|55P|40)/

/** Runs one statement. @throws IntegrationError with the SQLSTATE, TIMEOUT or UNREACHABLE. */
export const rows = <T>(query: SQLWrapper): Promise<T[]> => guarded(() => database().rows<T>(query))

/** As `rows`, for a statement that answers one row at most. */
export const row = async <T>(query: SQLWrapper): Promise<T | null> => (await rows<T>(query))[0] ?? null

/** Runs statements in one transaction; answers the rows of each. */
export const atomic = (queries: SQLWrapper[]) => guarded(() => database().atomic(queries))

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (thrown) {
      const code = codeOf(thrown)
      if (!LOST_RACE.has(code) || attempt >= RACES) throw toFault(code)
    }
  }
}

const codeOf = (thrown: unknown): string => {
  const code = (thrown as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'UNKNOWN'
}

/** The driver's error may quote rows, so only its code goes on. */
function toFault(code: string): IntegrationError {
  const down = code === 'TIMEOUT' || code === 'UNREACHABLE' || code === 'BAD_RESPONSE'
  const passes = down || PASSES.test(code)
  return new IntegrationError({ service: 'xata', code, retryable: passes, outage: passes && !code.startsWith('40') })
}
