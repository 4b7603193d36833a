import 'server-only'
import type { Vendor } from '@/lib/domain/jobs/webhook-effects'
import type { SystemActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'
import { withSpan } from '@/lib/platform/telemetry/tracing'
import * as DataService from '@/lib/services/data'
import { holdBack, recentObjects } from '@/lib/services/pangea/webhooks/claim-folded'
import { observeJob } from '@/lib/services/pangea/worker/run-job'

/** How many deliveries one statement completes: a second's worth in a flood. */
const MAX_ROWS = 1_000

const batch = () => singleton('deliveries.fold', () => ({ rows: MAX_ROWS, running: false }))

/**
 * Completes the due deliveries that only ask for a sync, in one statement. Where the storage refuses
 * one of them, the next statements are smaller until that one is alone, and `claimDelivery` takes it:
 * only that one then fails and waits. @returns whether there was a delivery.
 */
export async function foldSyncs(
  app: SystemActor,
  { vendor }: { vendor?: Vendor } = {}
): Promise<boolean> {
  if (vendor && vendor !== 'plaid') return false
  const state = batch()
  // One statement takes all: the lane's other worker looks for other deliveries.
  if (vendor && state.running) return false
  state.running = true
  return fold(app, state, vendor).finally(() => {
    state.running = false
  })
}

async function fold(
  app: SystemActor,
  state: ReturnType<typeof batch>,
  vendor: Vendor | undefined
): Promise<boolean> {
  const startedAt = performance.now()
  const limit = state.rows
  try {
    // Without lanes, all that waits is run at once.
    const except = vendor ? recentObjects() : []
    const folded = await DataService.foldSyncRequests(app, { limit, except })
    state.rows = Math.min(MAX_ROWS, limit * 2)
    const count = folded.reduce((sum, one) => sum + one.count, 0)
    // More is waiting: the next statement takes it at once.
    if (count < limit) holdBack(folded.flatMap(({ plaidItemId }) => plaidItemId ?? []))
    for (const one of folded) await report(one, startedAt)
    return count > 0
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.retryable || limit === 1) return refused(thrown)
    state.rows = Math.max(1, Math.floor(limit / 8))
    return true
  }
}

/** A single delivery that is refused is left to `claimDelivery`, which counts its attempts. */
function refused(thrown: unknown): boolean {
  if (!isIntegrationError(thrown) || thrown.retryable) throw thrown
  return false
}

async function report(
  { plaidItemId, known, waitedMs, traceparent }: DataService.FoldedDeliveries,
  startedAt: number
): Promise<void> {
  observeJob({ kind: 'delivery', waitedMs }, 'completed', startedAt)
  if (plaidItemId && !known)
    log.warn('connection.unknown_item', { service: 'plaid', itemId: plaidItemId })
  if (!traceparent) return
  const startTime = performance.timeOrigin + startedAt
  const attributes = { 'pangea.job.kind': 'delivery' }
  await withSpan(
    'job delivery',
    { kind: 'consumer', parent: traceparent, startTime, attributes },
    async () => {}
  )
}
