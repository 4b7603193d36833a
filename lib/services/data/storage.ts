/** The one way the services' queries run: every fault is ours, and what only lost a race is tried again. */
import 'server-only'
import type { SQLWrapper } from 'drizzle-orm'
import { database } from '../../../xata/client'
import { IntegrationError } from '../../platform/errors'
import { meaningOf } from './sqlstate'

const RACES = 5

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
      if (meaningOf(code) !== 'race' || attempt >= RACES) throw toFault(code)
    }
  }
}

const codeOf = (thrown: unknown): string => {
  const code = (thrown as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'UNKNOWN'
}

/** The driver's error may quote rows, so only its code goes on. */
function toFault(code: string): IntegrationError {
  const meaning = meaningOf(code)
  // A value that is taken stays taken; every other lost race may be won later.
  const retryable = meaning !== 'fault' && code !== '23505'
  return new IntegrationError({ service: 'xata', code, retryable, outage: meaning === 'outage' })
}
