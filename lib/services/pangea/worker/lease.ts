/** Leases: short and renewed while the work runs, so that the work of a killed process resumes soon. */
import 'server-only'
import { now, uptime } from '@/lib/platform/clock'
import { IntegrationError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'

export const LEASE_MS = 6_000
const RENEW_MS = LEASE_MS / 3

export type Lease = {
  /**
   * Checks, without a query, that no other process can have taken over. Call it right before
   * sending a request that must not be sent by two processes.
   * @throws IntegrationError ABANDONED if a renewal was refused or is late, as after the process
   * was suspended.
   */
  requireHeld: () => void
}

/** Renews for `LEASE_MS`. @returns whether the lease is still held. */
type Renew = (options: { leaseMs: number }) => Promise<boolean>

/** Neither clock alone is safe: one stops while the machine sleeps, the other can be set back. */
const elapsed = (from: { up: number; at: number }): number =>
  Math.max(uptime() - from.up, now().getTime() - from.at)
const reading = () => ({ up: uptime(), at: now().getTime() })

/** Renews a lease that was just taken until `stop`. */
export function startRenewal(renew: Renew): Lease & { stop: () => void } {
  let from = reading()
  let lost = false
  const isLost = () => {
    lost ||= elapsed(from) >= LEASE_MS
    return lost
  }
  const timer = setInterval(() => {
    isLost()
    const asked = reading()
    renew({ leaseMs: LEASE_MS })
      .then((held) => {
        if (held) from = asked
        else lost = true
      })
      // The next renewal makes up for a failed one; the commit notices a lost lease.
      .catch(() => {})
  }, RENEW_MS)
  return {
    requireHeld: () => {
      if (isLost())
        throw new IntegrationError({ service: 'xata', code: 'ABANDONED', retryable: true })
    },
    stop: () => clearInterval(timer)
  }
}

/** Runs `work` while its lease is renewed. */
export async function withLease<T>(renew: Renew, work: (lease: Lease) => Promise<T>): Promise<T> {
  const lease = startRenewal(renew)
  try {
    return await work(lease)
  } finally {
    lease.stop()
  }
}

/** Runs a job that was just claimed while its lease is renewed. */
export const withJobLease = <T>(
  job: DataService.Job,
  work: (lease: Lease) => Promise<T>
): Promise<T> => withLease((options) => DataService.renewJob(job, options), work)
