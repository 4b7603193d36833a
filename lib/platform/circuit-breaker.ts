import 'server-only'
import { uptime } from '@/lib/platform/clock'

/** Plain data and a promise, because every module graph of the built server shares it. */
export type Breaker = {
  failures: number
  openedAt: number | null
  probe: Promise<void> | null
  endProbe: (() => void) | null
}

const FAILURES_TO_OPEN = 5
const HALF_OPEN_AFTER_MS = 10_000

export const createBreaker = (): Breaker => ({
  failures: 0,
  openedAt: null,
  probe: null,
  endProbe: null
})

export function breakerState({ openedAt }: Breaker): 'closed' | 'open' | 'half_open' {
  if (openedAt === null) return 'closed'
  return uptime() - openedAt < HALF_OPEN_AFTER_MS ? 'open' : 'half_open'
}

/**
 * Whether a call may be made now: `yes`, `no`, or `wait` for the probe. Half open, one call (the probe) finds out whether the
 * vendor is back; the others wait for its end and ask again.
 */
export function admit(breaker: Breaker): 'yes' | 'no' | 'wait' {
  const state = breakerState(breaker)
  if (state !== 'half_open') return state === 'open' ? 'no' : 'yes'
  if (breaker.probe) return 'wait'
  breaker.probe = new Promise((resolve) => {
    breaker.endProbe = resolve
  })
  return 'yes'
}

/** Five outages in a row open it, and so does one after it was half open; any other answer closes it. */
export function recordResult(breaker: Breaker, { outage }: { outage: boolean }): void {
  breaker.failures = outage ? breaker.failures + 1 : 0
  breaker.openedAt = breaker.failures >= FAILURES_TO_OPEN ? uptime() : null
  breaker.endProbe?.()
  breaker.probe = null
  breaker.endProbe = null
}
