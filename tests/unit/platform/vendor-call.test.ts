import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import {
  IntegrationError,
  type IntegrationErrorInit,
  isIntegrationError
} from '@/lib/platform/errors'
import { vendorHealth } from '@/lib/platform/telemetry/metrics'
import {
  type Attempt,
  createVendorCaller,
  type VendorCall,
  type VendorEvent
} from '@/lib/platform/vendor-call'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'

let events: VendorEvent[]
const call = createVendorCaller('plaid', async (event) => {
  events.push(event)
})
beforeEach(() => {
  events = []
  resetSingletons('vendors')
  // No delay between retries.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.useRealTimers()
})

const fault = (more: Partial<IntegrationErrorInit> = {}) =>
  new IntegrationError({
    service: 'plaid',
    code: 'INTERNAL_SERVER_ERROR',
    retryable: true,
    ...more
  })

/** Fails with each error in turn, then succeeds. */
function failing(...faults: unknown[]): { attempt: Attempt<string>; tries: () => number } {
  let tries = 0
  const attempt: Attempt<string> = async () => {
    const error = faults[tries++]
    if (error) throw error
    return { value: 'done', requestId: 'req-1' }
  }
  return { attempt, tries: () => tries }
}

const run = (attempt: Attempt<unknown>, more: Partial<VendorCall> = {}) =>
  call({ method: '/x', ...more }, attempt)
const faultOf = async (promise: Promise<unknown>) => {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error
  )
  if (!isIntegrationError(thrown)) throw new Error('not an IntegrationError')
  return thrown
}

describe('retries', () => {
  it('repeat a retryable error until success, four attempts in all', async () => {
    const third = failing(fault(), fault())
    expect(await run(third.attempt, { retry: true })).toBe('done')
    expect(third.tries()).toBe(3)
    const never = failing(fault(), fault(), fault(), fault(), fault())
    expect(await faultOf(run(never.attempt, { retry: true }))).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR'
    })
    expect(never.tries()).toBe(4)
  })

  it('are off unless the call allows them', async () => {
    const { attempt, tries } = failing(fault())
    await faultOf(run(attempt))
    expect(tries()).toBe(1)
  })

  it('are skipped when they cannot help', async () => {
    const { attempt, tries } = failing(fault({ retryable: false }))
    await faultOf(run(attempt, { retry: true }))
    expect(tries()).toBe(1)
  })

  it('wait as long as the vendor’s Retry-After', async () => {
    const { attempt } = failing(fault({ retryAfterMs: 120 }))
    const started = Date.now()
    await run(attempt, { retry: true })
    expect(Date.now() - started).toBeGreaterThanOrEqual(115)
  })

  it('do not start a wait that would end after the deadline', async () => {
    const { attempt, tries } = failing(fault({ retryAfterMs: 60_000 }))
    const started = Date.now()
    expect(await faultOf(run(attempt, { retry: true, deadlineMs: 10_000 }))).toMatchObject({
      retryAfterMs: 60_000
    })
    expect(tries()).toBe(1)
    expect(Date.now() - started).toBeLessThan(5_000)
  })
})

describe('the deadline', () => {
  it('applies even when the SDK ignores the signal', async () => {
    const started = Date.now()
    expect(
      await faultOf(run(() => new Promise(() => undefined), { deadlineMs: 60 }))
    ).toMatchObject({ code: 'TIMEOUT', retryable: true, outage: true })
    expect(Date.now() - started).toBeLessThan(5_000)
  })

  it('aborts the attempt', async () => {
    let stopped = false
    const attempt: Attempt<never> = (signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          stopped = true
          reject(new Error('aborted'))
        })
      )
    await faultOf(run(attempt, { deadlineMs: 30 }))
    expect(stopped).toBe(true)
  })

  it('covers all attempts together', async () => {
    const started = Date.now()
    const slow: Attempt<never> = async () => {
      await new Promise((done) => setTimeout(done, 60))
      throw fault()
    }
    await faultOf(run(slow, { retry: true, deadlineMs: 100 }))
    expect(Date.now() - started).toBeLessThan(5_000)
  })
})

describe('the circuit breaker', () => {
  const outage = () => faultOf(run(failing(fault({ outage: true })).attempt))

  it('opens after five consecutive outages, with a retryable error', async () => {
    for (let i = 0; i < 5; i++) await outage()
    const { attempt, tries } = failing()
    expect(await faultOf(run(attempt, { retry: true }))).toMatchObject({
      service: 'plaid',
      code: 'CIRCUIT_OPEN',
      retryable: true
    })
    expect(tries()).toBe(0)
    expect(vendorHealth().plaid?.state).toBe('open')
  })

  it('logs once that it opened, not each failed probe, and once that the vendor is back', async () => {
    const logged = captureLogs()
    for (let i = 0; i < 5; i++) await outage()
    advanceClock(10_001)
    await outage()
    advanceClock(10_001)
    await run(failing().attempt)
    await run(failing().attempt)
    Reflect.deleteProperty(globalThis, Symbol.for('pangea.log'))
    expect(logged().match(/vendor\.\w+/g)).toEqual(['vendor.unavailable', 'vendor.available'])
  })

  it('is not opened by one bank’s outage or a user’s broken login, however often', async () => {
    for (let i = 0; i < 12; i++) await faultOf(run(failing(fault({ outage: false })).attempt))
    expect(await run(failing().attempt)).toBe('done')
  })

  it('counts only consecutive outages', async () => {
    for (let i = 0; i < 4; i++) await outage()
    await run(failing().attempt)
    for (let i = 0; i < 4; i++) await outage()
    expect(await run(failing().attempt)).toBe('done')
  })

  it('lets one call through after ten seconds, and closes when it succeeds', async () => {
    for (let i = 0; i < 5; i++) await outage()
    advanceClock(10_001)
    expect(await run(failing().attempt)).toBe('done')
    expect(vendorHealth().plaid?.state).toBe('closed')
  })

  it('lets one call at a time through then, and waits again when it fails', async () => {
    for (let i = 0; i < 5; i++) await outage()
    advanceClock(10_001)
    const probe = outage()
    const { attempt, tries } = failing()
    expect(await faultOf(run(attempt))).toMatchObject({ code: 'CIRCUIT_OPEN' })
    expect(tries()).toBe(0)
    await probe
    expect(vendorHealth().plaid?.state).toBe('open')
  })

  it('refuses no call that arrives while the first one succeeds', async () => {
    for (let i = 0; i < 5; i++) await outage()
    advanceClock(10_001)
    expect(await Promise.all([1, 2, 3].map(() => run(failing().attempt)))).toEqual([
      'done',
      'done',
      'done'
    ])
  })

  it('works whatever the machine’s clock is set to', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    for (let i = 0; i < 5; i++) await outage()
    vi.setSystemTime(Date.now() - 86_400_000)
    advanceClock(10_001)
    expect(await run(failing().attempt)).toBe('done')
  })

  it('recognises an outage from another copy of the modules, as the built server has several', async () => {
    vi.resetModules()
    const copy = await import('@/lib/platform/errors')
    const other = (await import('@/lib/platform/vendor-call')).createVendorCaller(
      'plaid',
      async () => undefined
    )
    for (let i = 0; i < 5; i++)
      await other(
        { method: '/x' },
        failing(
          new copy.IntegrationError({ service: 'plaid', code: 'X', retryable: true, outage: true })
        ).attempt
      ).catch(() => undefined)
    const open = await run(failing().attempt).catch((error: unknown) => error)
    expect(copy.isIntegrationError(open) && open.code).toBe('CIRCUIT_OPEN')
  })

  it('is separate per vendor', async () => {
    for (let i = 0; i < 5; i++) await outage()
    const other = createVendorCaller('jiko', async () => undefined)
    expect(await other({ method: '/x' }, failing().attempt)).toBe('done')
  })
})

describe('a call’s record', () => {
  it('contains endpoint, user and result, once per call however many attempts it took', async () => {
    await run(failing(fault()).attempt, {
      retry: true,
      context: { userId: 'u1', connectionId: 'c1' }
    })
    expect(events).toEqual([
      {
        service: 'plaid',
        method: '/x',
        requestId: 'req-1',
        userId: 'u1',
        connectionId: 'c1',
        durationMs: expect.any(Number),
        errorType: null,
        errorCode: null
      }
    ])
  })

  it('contains the error', async () => {
    await faultOf(run(failing(fault({ type: 'API_ERROR', requestId: 'req-2' })).attempt))
    expect(events).toMatchObject([
      {
        requestId: 'req-2',
        userId: null,
        connectionId: null,
        errorType: 'API_ERROR',
        errorCode: 'INTERNAL_SERVER_ERROR'
      }
    ])
  })

  it('does not fail the call when it is lost', async () => {
    const forgetful = createVendorCaller('plaid', async () => {
      throw new Error('no storage')
    })
    expect(await forgetful({ method: '/x' }, failing().attempt)).toBe('done')
  })
})

describe('a fault of our own inside a call', () => {
  const failed = () =>
    run(failing(new TypeError('token access-1 is bad')).attempt, { retry: true }).catch(
      (thrown: unknown) => thrown as Error
    )

  it('is never blamed on the vendor', async () => {
    const error = await failed()
    expect(isIntegrationError(error)).toBe(false)
    expect(error).toMatchObject({ name: 'TypeError' })
    expect(events).toEqual([])
    expect(vendorHealth().plaid?.state).toBe('closed')
  })

  it('is logged with its name, without what was sent', async () => {
    const logged = captureLogs()
    const error = await failed()
    Reflect.deleteProperty(globalThis, Symbol.for('pangea.log'))
    expect(logged()).toMatch(/"method":"plaid \/x","fault":"TypeError","msg":"vendor_call.error"/)
    expect(`${String(error)}${(error as Error).stack}${logged()}`).not.toContain('access-1')
    expect((error as Error).cause).toBeUndefined()
  })
})
