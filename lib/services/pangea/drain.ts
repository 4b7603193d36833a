import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { system } from '../../domain/actor'
import { isIntegrationError } from '../../platform/errors'
import { once } from '../../platform/globals'
import { log } from '../../platform/log'
import * as DataService from '../data'
import { processDelivery } from './process-delivery'
import { reconcile } from './reconcile'
import { runConnectionTask } from './run-connection-task'
import { runDeletion } from './run-deletion'
import { sendNotice } from './send-notice'
import { syncConnection } from './sync-connection'

const app = system('drain')
const CONCURRENCY = 2
const EVERY_MS = 2_000
/** Short, and renewed while the work goes on: what a killed process held is taken up again soon after. */
const LEASE_MS = 6_000
const RENEW_MS = 2_000

async function holding({ leaseToken }: { leaseToken: string }, work: () => Promise<unknown>): Promise<true> {
  const renew = setInterval(() => {
    // A renewal that fails is made up for by the next one; a lease that is lost is noticed by the commit.
    DataService.renewLease(app, leaseToken, { leaseMs: LEASE_MS }).catch(() => {})
  }, RENEW_MS)
  try {
    await work()
    return true
  } finally {
    clearInterval(renew)
  }
}

/** Does one piece of waiting work; false when there is none. */
async function step(): Promise<boolean> {
  const delivery = await DataService.claimDelivery(app, { leaseMs: LEASE_MS })
  if (delivery) return holding(delivery, () => processDelivery(delivery))
  const deletion = await DataService.claimDeletion(app, { leaseMs: LEASE_MS })
  if (deletion) return holding(deletion, () => runDeletion(deletion))
  const task = await DataService.claimConnectionTask(app, { leaseMs: LEASE_MS })
  if (task) return holding(task, () => runConnectionTask(task))
  const notice = await DataService.claimNotice(app, { leaseMs: LEASE_MS })
  if (notice) return holding(notice, () => sendNotice(notice))
  const run = await DataService.claimSyncRun(app, { leaseMs: LEASE_MS })
  return run ? holding(run, () => syncConnection(run)) : false
}

/** One pass over everything that waits, in this process. @returns how many pieces of work were done. */
export async function drain(): Promise<number> {
  let done = 0
  while (await step()) done++
  return done
}

/**
 * What the loop does, once, for hosts that keep no process running: the sweep, and what waits, in as many workers. Takes up nothing new after `forMs`;
 * the rest waits for the next call. @returns how many pieces of work were done. @throws IntegrationError when the storage does not answer.
 */
export async function drainOnce({ forMs }: { forMs: number }): Promise<number> {
  const over = new AbortController()
  const time = pause(forMs, undefined, { signal: over.signal }).catch(() => {})
  const until = Date.now() + forMs
  let done = 0
  const work = async () => {
    while (Date.now() < until && (await step())) done++
  }
  // The second worker begins with what the sweep has found, and does not wait for one that a silent vendor holds up.
  const swept = Promise.race([reconcile().catch(tellInterrupted), time])
  await Promise.all([work(), swept.then(work)]).finally(() => over.abort())
  return done
}

/** One thing that is done again and again but never twice at once; a nudge during a round means another round. */
type Round = { run: () => Promise<unknown>; running: Promise<void> | null; again: boolean }

function nudge(round: Round): void {
  round.again = true
  round.running ??= rounds(round).finally(() => {
    round.running = null
  })
}

async function rounds(round: Round): Promise<void> {
  while (round.again) {
    round.again = false
    await round.run().catch(tellInterrupted)
  }
}

function tellInterrupted(thrown: unknown): void {
  const known = isIntegrationError(thrown)
  log.warn('drain.interrupted', known ? { service: thrown.service, code: thrown.code } : { fault: thrown instanceof Error ? thrown.name : 'unknown' })
}

const work = async () => {
  for (let more = true; more; ) more = await step()
}

/** The workers go round on their own, so that one slow bank holds up neither the other worker nor the sweep. */
const loop = () =>
  once('drain', () => ({
    rounds: [...Array.from({ length: CONCURRENCY }, () => work), reconcile].map((run): Round => ({ run, running: null, again: false })),
    timer: null as NodeJS.Timeout | null
  }))

/** Starts a round soon. An early start only: the stored row is the promise that work gets done. */
export function nudgeDrain(): void {
  loop().rounds.forEach(nudge)
}

/** The loop every process runs, and the whole of the worker. Idempotent. */
export function startDrain(): void {
  const state = loop()
  state.timer ??= setInterval(nudgeDrain, EVERY_MS)
}

/** Stops taking new work and waits for what is under way. */
export async function stopDrain(): Promise<void> {
  const state = loop()
  if (state.timer) clearInterval(state.timer)
  state.timer = null
  for (const round of state.rounds) round.again = false
  await Promise.all(state.rounds.map((round) => round.running))
}
