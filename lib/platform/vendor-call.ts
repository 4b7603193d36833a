import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { admit, type Breaker, breakerOf, recordResult } from '@/lib/platform/circuit-breaker'
import { IntegrationError, isIntegrationError, type Vendor } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { meters } from '@/lib/platform/telemetry/metrics'
import { withSpan } from '@/lib/platform/telemetry/tracing'

export type VendorCall = {
  /** The vendor's endpoint, such as `/transactions/sync`, without arguments. */
  method: string
  /** Milliseconds for all attempts together. */
  deadlineMs?: number
  /** Retries retryable errors: only for calls that are idempotent or carry a key. */
  retry?: boolean
  /** Runs right before each attempt; what it throws ends the call before anything is sent. */
  beforeAttempt?: (() => void) | undefined
  context?: { userId?: string; connectionId?: string }
}

export type VendorEvent = {
  service: Vendor
  method: string
  requestId: string | null
  userId: string | null
  connectionId: string | null
  durationMs: number
  errorType: string | null
  errorCode: string | null
}

/**
 * One attempt: sends the request and returns its value with the vendor's request id. Throws only
 * IntegrationError.
 */
export type Attempt<T> = (signal: AbortSignal) => Promise<{ value: T; requestId?: string | null }>

const ATTEMPTS = 4

/**
 * Creates the caller for one vendor: deadline, full-jitter retries that honour Retry-After,
 * circuit breaker and one event row per call. `record` must not throw; a lost event row never
 * fails the call.
 */
export function createVendorCaller(service: Vendor, record: (event: VendorEvent) => Promise<void>) {
  return async <T>(call: VendorCall, attempt: Attempt<T>): Promise<T> => {
    const started = Date.now()
    const breaker = breakerOf(service)
    const note = (requestId: string | null, error: IntegrationError | null) => {
      const durationMs = Date.now() - started
      meters().vendorCalls.observe({ service, outcome: outcomeOf(error) }, durationMs / 1_000)
      const event = {
        userId: null,
        connectionId: null,
        ...call.context,
        service,
        method: call.method,
        requestId,
        durationMs
      }
      void record({
        ...event,
        errorType: error?.type ?? null,
        errorCode: error?.code ?? null
      }).catch(() => undefined)
    }
    try {
      const span = { kind: 'client' as const, attributes: { 'peer.service': service } }
      const { value, requestId } = await withSpan(`${service} ${call.method}`, span, () =>
        callWithRetries(call, (left) => callThroughBreaker(breaker, service, left, attempt))
      )
      note(requestId ?? null, null)
      return value
    } catch (thrown) {
      if (!isIntegrationError(thrown)) throw ownFault(service, call.method, thrown)
      // An error of another service comes from `beforeAttempt`: the vendor was not called.
      if (thrown.service === service) note(thrown.requestId, thrown)
      throw thrown
    }
  }
}

function outcomeOf(error: IntegrationError | null): string {
  if (!error) return 'ok'
  if (error.code === 'CIRCUIT_OPEN') return 'circuit_open'
  if (error.outage) return 'outage'
  return error.retryable ? 'transient' : 'refused'
}

/**
 * Logs a programming error inside a call under our own name, and returns an error without its
 * message, cause and stack: they can quote what was sent.
 */
function ownFault(service: Vendor, method: string, thrown: unknown): Error {
  const name = thrown instanceof Error ? thrown.name : 'unknown'
  log.error('vendor_call.error', {
    service: 'pangea',
    method: `${service} ${method}`,
    fault: name
  })
  return Object.assign(new Error(`A call to ${service} failed on our side.`), { name })
}

/** How many milliseconds a call waits for the half-open probe. */
const PROBE_TIMEOUT_MS = 5_000

async function callThroughBreaker<T>(
  breaker: Breaker,
  service: Vendor,
  milliseconds: number,
  attempt: Attempt<T>
) {
  const until = Date.now() + milliseconds
  await waitForBreaker(breaker, service, Math.min(milliseconds, PROBE_TIMEOUT_MS))
  try {
    const answer = await withDeadline(until - Date.now(), service, attempt)
    recordAndLog(breaker, service, { outage: false })
    return answer
  } catch (thrown) {
    recordAndLog(breaker, service, { outage: isIntegrationError(thrown) && thrown.outage })
    throw thrown
  }
}

/** Logs when the breaker opens and when it closes, not each failed probe. */
function recordAndLog(breaker: Breaker, service: Vendor, result: { outage: boolean }): void {
  const wasOpen = breaker.openedAt !== null
  recordResult(breaker, result)
  if (!wasOpen && breaker.openedAt !== null) {
    meters().breakerOpened.inc({ service })
    log.warn('vendor.unavailable', { service })
  }
  if (wasOpen && breaker.openedAt === null) log.info('vendor.available', { service })
}

/** Resolves once a call may start; throws if the breaker is open or the probe takes too long. */
async function waitForBreaker(
  breaker: Breaker,
  service: Vendor,
  milliseconds: number
): Promise<void> {
  const until = Date.now() + milliseconds
  for (let answer = admit(breaker); answer !== 'yes'; answer = admit(breaker)) {
    if (answer === 'no' || Date.now() >= until)
      throw new IntegrationError({ service, code: 'CIRCUIT_OPEN', retryable: true })
    await Promise.race([breaker.probe, sleep(until - Date.now(), undefined, { ref: false })])
  }
}

async function callWithRetries<T>(
  call: VendorCall,
  run: (milliseconds: number) => ReturnType<Attempt<T>>
) {
  const deadline = Date.now() + (call.deadlineMs ?? 30_000)
  for (let n = 1; ; n++) {
    call.beforeAttempt?.()
    const left = deadline - Date.now()
    try {
      return await run(left)
    } catch (thrown) {
      if (!isIntegrationError(thrown)) throw thrown
      const pause = Math.max(
        thrown.retryAfterMs ?? 0,
        Math.random() * Math.min(8_000, 250 * 2 ** n)
      )
      if (
        !call.retry ||
        !thrown.retryable ||
        thrown.code === 'CIRCUIT_OPEN' ||
        n >= ATTEMPTS ||
        Date.now() + pause >= deadline
      )
        throw thrown
      await new Promise((done) => setTimeout(done, pause))
    }
  }
}

/** Enforces the deadline even if the vendor's SDK ignores the signal. */
async function withDeadline<T>(milliseconds: number, service: Vendor, run: Attempt<T>) {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        reject(new IntegrationError({ service, code: 'TIMEOUT', retryable: true, outage: true }))
        controller.abort()
      },
      Math.max(1, milliseconds)
    )
  })
  try {
    return await Promise.race([run(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
