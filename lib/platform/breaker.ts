import 'server-only'
import { uptime } from './clock'

/** Plain data, because every module graph of the built server shares it. */
export type Breaker = { failures: number; openedAt: number | null; probing: boolean }

const BREAK_AFTER = 5
const HALF_OPEN_AFTER_MS = 10_000

export const newBreaker = (): Breaker => ({ failures: 0, openedAt: null, probing: false })

export function breakerState({ openedAt }: Breaker): 'closed' | 'open' | 'half_open' {
  if (openedAt === null) return 'closed'
  return uptime() - openedAt < HALF_OPEN_AFTER_MS ? 'open' : 'half_open'
}

/** Whether a call may be made now. Half open, one call at a time finds out whether the vendor is back. */
export function admits(breaker: Breaker): boolean {
  const state = breakerState(breaker)
  if (state === 'open' || (state === 'half_open' && breaker.probing)) return false
  breaker.probing = state === 'half_open'
  return true
}

/** Five outages in a row open it, and so does one after it was half open; any other answer closes it. */
export function settle(breaker: Breaker, { outage }: { outage: boolean }): void {
  breaker.failures = outage ? breaker.failures + 1 : 0
  breaker.openedAt = breaker.failures >= BREAK_AFTER ? uptime() : null
  breaker.probing = false
}
