import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { JOB_KINDS, type JobKind, LANES, type Lane } from '@/lib/domain/jobs/job'
import type { Vendor } from '@/lib/domain/jobs/webhook-effects'
import { systemActor } from '@/lib/domain/users/actor'
import { uptime } from '@/lib/platform/clock'
import { isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import { runConnectionJob } from '@/lib/services/pangea/connections/run-connection-job'
import { syncConnection } from '@/lib/services/pangea/connections/sync-connection'
import { sendEmailJob } from '@/lib/services/pangea/messages/send-email'
import { signOutLockedUser } from '@/lib/services/pangea/protection/lock-transfers'
import { submitTransfer } from '@/lib/services/pangea/transfers/submit-transfer'
import { runDeletion } from '@/lib/services/pangea/users/run-deletion'
import { claimFolded, FOLD_MS } from '@/lib/services/pangea/webhooks/claim-folded'
import { foldSyncs } from '@/lib/services/pangea/webhooks/fold-syncs'
import { processDelivery } from '@/lib/services/pangea/webhooks/process-delivery'
import { LEASE_MS, type Lease, withJobLease } from '@/lib/services/pangea/worker/lease'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { runSystemJob } from '@/lib/services/pangea/worker/run-system-job'

const app = systemActor('worker')
const EVERY_MS = 2_000

/**
 * The pause after each look for due jobs. A request wakes the worker at once; in a flood, one look
 * finds what many of them enqueued. On a busy machine looks take longer and are rarer: the pause is
 * ten times as long as the look, at most a quarter of a second.
 */
const LOOK_PAUSE_MS = 50
const LOOK_PAUSES = 10
const MAX_LOOK_PAUSE_MS = 250

type ClaimOptions = { leaseMs: number; vendor?: Vendor }
type Claim<Job> = (actor: typeof app, options: ClaimOptions) => Promise<Job | null>

/** Claims and runs one job of a kind, of one vendor or of all. @returns whether there was one. */
const runner =
  <Job extends DataService.Job>(
    claim: Claim<Job>,
    run: (job: Job, lease: Lease) => Promise<unknown>
  ) =>
  async ({ vendor }: Partial<Lane> = {}): Promise<boolean> => {
    const job = await claim(app, { leaseMs: LEASE_MS, ...(vendor ? { vendor } : {}) })
    if (job) await withJobLease(job, (lease) => run(job, lease))
    return job !== null
  }

const runDelivery = runner(
  (actor, options) =>
    options.vendor ? claimFolded(actor, options) : DataService.claimDelivery(actor, options),
  processDelivery
)

const RUNNERS: Record<JobKind, (lane?: Partial<Lane>) => Promise<boolean>> = {
  lock: runner(DataService.claimLock, signOutLockedUser),
  // A flood of sync requests does not keep the others waiting.
  delivery: async (lane) => {
    const folded = await foldSyncs(app, lane)
    // What was held back meanwhile is due then.
    if (folded) setTimeout(wakeWorker, FOLD_MS).unref()
    const ran = await runDelivery(lane)
    if (!lane?.vendor) return ran || folded
    // The next look finds the syncs, and what arrived meanwhile.
    if (folded) wake(worker().look)
    return ran
  },
  deletion: runner(DataService.claimDeletion, runDeletion),
  task: runner(DataService.claimConnectionJob, runConnectionJob),
  transfer: runner(DataService.claimSubmission, ({ leaseToken }, lease) =>
    submitTransfer(app, leaseToken, lease)
  ),
  notice: runner(DataService.claimEmail, sendEmailJob),
  sync: runner(DataService.claimSyncRun, syncConnection),
  system: runner(DataService.claimSystemJob, runSystemJob)
}

/** Runs one due job, trying the kinds in order. @returns whether there was one. */
export async function runNextJob(kinds: readonly JobKind[] = JOB_KINDS): Promise<boolean> {
  for (const { kind } of await DataService.listDueLanes(kinds.map((kind) => ({ kind }))))
    if (await RUNNERS[kind]()) return true
  return false
}

/** Runs all due jobs in this process. @returns how many ran. */
export async function runDueJobs(): Promise<number> {
  let done = 0
  while (await runNextJob()) done++
  return done
}

/**
 * One pass of the loop for hosts without a long-running process: reconciliation and due jobs, with
 * the usual concurrency. Starts no new job after `forMs`.
 * @returns how many jobs ran. @throws IntegrationError if the storage does not respond.
 */
export async function runWorkerFor({ forMs }: { forMs: number }): Promise<number> {
  const over = new AbortController()
  const time = pause(forMs, undefined, { signal: over.signal }).catch(() => {})
  const until = Date.now() + forMs
  let done = 0
  const work = async () => {
    while (Date.now() < until && (await runNextJob())) done++
  }
  // The second worker starts with what reconciliation found, without waiting for a slow vendor.
  const swept = Promise.race([reconcile().catch(logInterrupted), time])
  await Promise.all([work(), swept.then(work)]).finally(() => over.abort())
  return done
}

/** A loop that never runs concurrently with itself; waking it while it runs makes it run again. */
type Loop = { run: () => Promise<unknown>; running: Promise<void> | null; again: boolean }

function wake(loop: Loop): void {
  loop.again = true
  loop.running ??= worker()
    .outsideRequests(() => turn(loop))
    .finally(() => {
      loop.running = null
    })
}

async function turn(loop: Loop): Promise<void> {
  while (loop.again) {
    loop.again = false
    await loop.run().catch(logInterrupted)
  }
}

function logInterrupted(thrown: unknown): void {
  const known = isIntegrationError(thrown)
  log.warn(
    'worker.interrupted',
    known
      ? { service: thrown.service, code: thrown.code }
      : { fault: thrown instanceof Error ? thrown.name : 'unknown' }
  )
}

const loopOf = (run: Loop['run']): Loop => ({ run, running: null, again: false })

/** Independent loops: one that looks for due jobs, reconciliation, and those of each lane. */
const worker = () =>
  singleton('worker', () => ({
    look: loopOf(wakeDueLanes),
    reconcile: loopOf(reconcile),
    lanes: LANES.map((lane) => ({
      lane,
      loops: Array.from({ length: lane.workers }, () => loopOf(() => runLane(lane)))
    })),
    timer: null as NodeJS.Timeout | null,
    /** Runs code as the start did: a job's log lines do not name the request that woke the worker. */
    outsideRequests: AsyncLocalStorage.snapshot(),
    lookedAt: 0
  }))

/** One query per interval, however many lanes there are. */
async function wakeDueLanes(): Promise<void> {
  const begun = performance.now()
  const due = await DataService.listDueLanes(LANES)
  const tookMs = performance.now() - begun
  worker().lookedAt = uptime()
  const { lanes, timer } = worker()
  if (!timer) return
  for (const { lane, loops } of lanes) if (due.includes(lane)) loops.forEach(wake)
  await pause(Math.min(Math.max(LOOK_PAUSE_MS, LOOK_PAUSES * tookMs), MAX_LOOK_PAUSE_MS))
}

/** Runs the due jobs of a lane. A job may have enqueued others, so the due kinds are read again. */
async function runLane(lane: Lane): Promise<void> {
  while (worker().timer && (await RUNNERS[lane.kind](lane))) wake(worker().look)
}

/**
 * Runs due jobs now instead of at the next interval. Does nothing where this process runs no jobs
 * (WORKER=off).
 */
export function wakeWorker(): void {
  const { timer, look, reconcile } = worker()
  if (timer) [look, reconcile].forEach(wake)
}

/** Several intervals: a slow database is no reason to restart the worker. */
const SILENT_MS = 30_000

/** Whether the worker loops run here and have read the due jobs within 30 s. */
export function isWorkerAlive(): boolean {
  const { timer, lookedAt } = worker()
  return timer !== null && uptime() - lookedAt < SILENT_MS
}

/** Starts the worker loops. Idempotent. */
export function startWorker(): void {
  const state = worker()
  if (state.timer) return
  state.timer = setInterval(wakeWorker, EVERY_MS)
  state.outsideRequests = AsyncLocalStorage.snapshot()
  state.lookedAt = uptime()
  wakeWorker()
}

/** Stops claiming jobs and waits for running ones. */
export async function stopWorker(): Promise<void> {
  const state = worker()
  if (state.timer) clearInterval(state.timer)
  state.timer = null
  const loops = [state.look, state.reconcile, ...state.lanes.flatMap((lane) => lane.loops)]
  for (const loop of loops) loop.again = false
  await Promise.all(loops.map((loop) => loop.running))
}
