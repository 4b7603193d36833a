import 'server-only'
import { env } from '@/lib/platform/env'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'

const CLERK_API = 'https://api.clerk.com'
const CHECK_EVERY_MS = 60_000
/** The tolerance of Clerk's SDK for token times. */
const MAX_SKEW_MS = 5_000

/** Token errors that clock skew can explain. */
export const CLOCK_SKEW_REASONS = /expired|not-active|nbf|in-the-future/

/**
 * Compares our clock with Clerk's `Date` header, at most once a minute, and logs a difference
 * beyond the SDK's tolerance: every new token is refused then.
 * @returns how many milliseconds our clock is ahead; null if not measured.
 */
export async function checkClockSkew(): Promise<number | null> {
  const state = singleton('clerk.clock', () => ({ checkedAt: 0 }))
  if (Date.now() - state.checkedAt < CHECK_EVERY_MS) return null
  state.checkedAt = Date.now()
  const answer = await fetch(`${env().clerk.apiUrl ?? CLERK_API}/v1/jwks`, {
    method: 'HEAD',
    signal: AbortSignal.timeout(5_000)
  }).catch(() => null)
  const theirs = Date.parse(answer?.headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return null
  const ahead = Date.now() - theirs
  if (Math.abs(ahead) > MAX_SKEW_MS)
    log.error('clerk.clock_skew', { service: 'clerk', durationMs: ahead })
  return ahead
}
