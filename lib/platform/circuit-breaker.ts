import 'server-only'
import { uptime } from '@/lib/platform/clock'
import type { Vendor } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'

/** Plain data and a promise: the module graphs of the built server share it through globalThis. */
export type Breaker = {
  failures: number
  openedAt: number | null
  probe: Promise<void> | null
  endProbe: (() => void) | null
}

export type VendorHealth = { state: 'closed' | 'open' | 'half_open' }

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
 * Whether a call may start: `yes`, `no`, or `wait` for the probe. When half open, one call probes
 * the vendor while the others wait for its result.
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

/**
 * Opens after five consecutive outages, or after one while half open. Any other result closes it.
 */
export function recordResult(breaker: Breaker, { outage }: { outage: boolean }): void {
  breaker.failures = outage ? breaker.failures + 1 : 0
  breaker.openedAt = breaker.failures >= FAILURES_TO_OPEN ? uptime() : null
  breaker.endProbe?.()
  breaker.probe = null
  breaker.endProbe = null
}

const breakers = () => singleton('vendors', () => new Map<Vendor, Breaker>())

/** The breaker of a vendor in this process. */
export function breakerOf(service: Vendor): Breaker {
  const known = breakers().get(service)
  if (known) return known
  const breaker = createBreaker()
  breakers().set(service, breaker)
  return breaker
}

/** The circuit breaker's state per vendor in this process. */
export const vendorHealth = (): Partial<Record<Vendor, VendorHealth>> =>
  Object.fromEntries(
    [...breakers()].map(([service, breaker]) => [service, { state: breakerState(breaker) }])
  )
