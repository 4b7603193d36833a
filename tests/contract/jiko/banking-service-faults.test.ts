/**
 * The app's client under injected faults: every error has a name, nothing happens twice, and errors
 * contain no personal data.
 */
import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import * as BankingService from '@/lib/services/jiko'
import { resetSingletons } from '@/tests/support/environment'
import {
  applicationFacts,
  configureJiko,
  listen,
  openJikoEmulator,
  resetJikoState,
  SSN
} from '@/tests/support/jiko'
import { captureLogs } from '@/tests/support/leaks'

let bank: Awaited<ReturnType<typeof openJikoEmulator>>
beforeAll(async () => {
  bank = await openJikoEmulator()
})
afterAll(() => bank.close())
beforeEach(async () => {
  await bank.control('/reset', {})
  configureJiko(bank.url)
})
afterEach(() => vi.restoreAllMocks())

const fault = (kind: string, more: object = {}) =>
  bank.control('/faults', { kind, path: '/api', ...more })
const create = (facts = applicationFacts(), ssn = SSN, idempotencyKey: string = randomUUID()) =>
  BankingService.createApplication({ facts, ssn, idempotencyKey })
const ledger = async () =>
  (await bank.control('/ledger')).body as {
    applications: { status: string; applied: number }[]
    applied: number
  }
const thrownBy = async (run: Promise<unknown>): Promise<IntegrationError> => {
  const thrown: unknown = await run.then(
    () => null,
    (error: unknown) => error
  )
  if (!isIntegrationError(thrown)) throw new Error('expected an IntegrationError')
  return thrown
}

describe('a Jiko outage', () => {
  it.each([
    ['html', { code: 'BAD_RESPONSE', retryable: true, outage: true }],
    ['truncated', { code: 'BAD_RESPONSE', retryable: true, outage: false }],
    ['reset', { code: 'UNREACHABLE', retryable: true, outage: true }],
    ['500', { code: 'UNAVAILABLE', retryable: true, outage: true }],
    ['503', { code: 'UNAVAILABLE', retryable: true, outage: true }],
    ['400', { code: 'REFUSED', retryable: false, outage: false }],
    ['404', { code: 'NOT_FOUND', retryable: false, outage: false }],
    ['409', { code: 'KEY_USED', retryable: false, outage: false }],
    ['422', { code: 'REFUSED', retryable: false, outage: false }]
  ])('that responds with %s is reported by name', async (kind, expected) => {
    await fault(kind, { path: '/api/v1/agreements/' })
    expect(await thrownBy(BankingService.listAgreements())).toMatchObject({
      service: 'jiko',
      ...expected
    })
  })

  it("that rejects the caller's address is reported to the operator", async () => {
    const gate = await listen(new Hono().all('*', (c) => c.html('<h1>Forbidden</h1>', 403)))
    const logged = captureLogs()
    configureJiko(gate.url)
    await thrownBy(BankingService.listAgreements())
    resetSingletons('log')
    expect(logged()).toContain('jiko.forbidden')
    await gate.close()
  })

  it('with no server is unreachable', async () => {
    const gone = await listen(new Hono())
    await gone.close()
    configureJiko(gone.url)
    expect(await thrownBy(BankingService.listAgreements())).toMatchObject({
      code: 'UNREACHABLE',
      retryable: true
    })
  })

  it('without a response in time is a timeout', async () => {
    const real = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => real(milliseconds / 200))
    await BankingService.listAgreements()
    await fault('timeout', { path: '/api/v1/agreements/' })
    expect(await thrownBy(BankingService.listAgreements())).toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
      outage: true
    })
  })

  it('with a Retry-After is retried no sooner than that', async () => {
    await BankingService.listAgreements()
    await fault('429', { path: '/api/v1/agreements/', times: 1 })
    const started = Date.now()
    await BankingService.listAgreements()
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000)
  })

  it('that ends after one failure is retried automatically', async () => {
    await fault('500', { times: 1 })
    expect((await BankingService.listAgreements()).version).toBe('1.0.0')
  })
})

describe('the session', () => {
  it('is opened once for simultaneous calls and reused', async () => {
    await Promise.all([1, 2, 3, 4].map(() => BankingService.listAgreements()))
    await BankingService.listAgreements()
    expect(bank.store.collection('tokens').all()).toHaveLength(1)
  })

  it('is reopened when the vendor reports it expired', async () => {
    await BankingService.listAgreements()
    await bank.control('/clock', { advance: 61 * 60_000 })
    expect((await BankingService.listAgreements()).version).toBe('1.0.0')
    expect(bank.store.collection('tokens').all()).toHaveLength(2)
  })

  it('is renewed before it expires', async () => {
    await BankingService.listAgreements()
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 56 * 60_000)
    await BankingService.listAgreements()
    expect(bank.store.collection('tokens').all()).toHaveLength(2)
  })

  it('is tried twice when login is refused, not endlessly', async () => {
    await fault('401', { path: '/api/v1/agreements/' })
    expect(await thrownBy(BankingService.listAgreements())).toMatchObject({
      code: 'UNAUTHORIZED',
      retryable: false,
      outage: false
    })
    expect(bank.store.collection('tokens').all()).toHaveLength(2)
  })

  it('with a wrong password is refused without repeating the password', async () => {
    configureJiko(bank.url, {
      username: 'partner',
      password: 'canary-password',
      sharedSecret: 'wrong'
    })
    const error = await thrownBy(BankingService.listAgreements())
    expect(error.code).toBe('UNAUTHORIZED')
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('canary')
  })
})

describe('a lost response', () => {
  it('is requested again under the same key and creates one application', async () => {
    await fault('timeout_after_commit', { path: '/api/v1/applications/', times: 1, delay: 10 })
    expect(await create()).toMatchObject({ status: 'CREATED' })
    expect((await ledger()).applications).toHaveLength(1)
  })

  it('yields the same application after a crash, from the same data and key', async () => {
    const key = randomUUID()
    const first = await create(applicationFacts(), SSN, key)
    resetJikoState()
    expect(await create(JSON.parse(JSON.stringify(applicationFacts())), SSN, key)).toEqual(first)
    expect((await ledger()).applications).toHaveLength(1)
  })

  it('of create is reported as such when the vendor refuses the repeated key', async () => {
    await bank.control('/switches', { repeatKey: 'conflict' })
    await fault('timeout_after_commit', { path: '/api/v1/applications/', times: 1, delay: 10 })
    expect(await thrownBy(create())).toMatchObject({ code: 'KEY_USED', retryable: false })
    expect((await ledger()).applications).toHaveLength(1)
  })

  it.each([{ repeatKey: 'conflict' }, { applyAgain: 'conflict' }])(
    'of apply is resolved by reading when the vendor returns %o',
    async (settings) => {
      const { jikoApplicationId } = await create()
      await bank.control('/switches', settings)
      await fault('timeout_after_commit', {
        path: `/api/v1/applications/${jikoApplicationId}/apply/`,
        times: 1,
        delay: 10
      })
      await BankingService.applyForAccount({ jikoApplicationId, idempotencyKey: randomUUID() })
      resetJikoState()
      const again = await BankingService.applyForAccount({
        jikoApplicationId,
        idempotencyKey: randomUUID()
      })
      expect(again.status).not.toBe('CREATED')
      expect(await ledger()).toMatchObject({ applied: 1, applications: [{ applied: 1 }] })
    }
  )
})

describe('a refusal', () => {
  const canary = 'canary-219-09-9999'

  it.each(['list', 'string'])(
    'with a %s of reasons is reported without the submitted values',
    async (validationShape) => {
      await bank.control('/switches', { validationShape })
      const sent: string[] = []
      const real = globalThis.fetch
      vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
        const response = await real(...request)
        sent.push(await response.clone().text())
        return response
      })
      const error = await thrownBy(create(applicationFacts(), canary))
      expect(error).toMatchObject({
        code: 'REFUSED',
        retryable: false,
        type: validationShape === 'list' ? 'identification_number' : null
      })
      expect(sent.at(-1)).toContain(canary)
      for (const text of [
        inspect(error, { depth: 10, showHidden: true }),
        String(error),
        error.stack,
        JSON.stringify(error)
      ])
        expect(text).not.toContain('canary')
    }
  )

  it('names the invalid fields', async () => {
    const facts = applicationFacts()
    const error = await thrownBy(
      create({
        ...facts,
        answers: {
          ...facts.answers,
          address: {
            street: 'x'.repeat(251),
            street2: null,
            city: '',
            state: 'CA',
            postalCode: '94105'
          }
        }
      })
    )
    expect(error.type).toBe('address.street_address address.city')
  })
})

describe('an invalid response', () => {
  const plant = async (path: string, change: (answer: Record<string, unknown>) => unknown) => {
    const app = new Hono()
    app.all('*', async (c) => {
      const url = new URL(c.req.url)
      const body = await c.req.arrayBuffer()
      const request = {
        method: c.req.method,
        headers: c.req.raw.headers,
        ...(body.byteLength ? { body } : {})
      }
      const answer = await fetch(`${bank.url}${url.pathname}${url.search}`, request)
      const json = (await answer.json()) as Record<string, unknown>
      return c.json(
        (url.pathname.includes(path) ? change(json) : json) as object,
        answer.status as 200
      )
    })
    const proxy = await listen(app)
    configureJiko(proxy.url)
    return proxy
  }

  it.each([
    [
      'agreements without a version',
      '/agreements/',
      ({ version: _, ...rest }: Record<string, unknown>) => rest,
      () => BankingService.listAgreements()
    ],
    [
      'agreements without documents',
      '/agreements/',
      (answer: object) => ({ ...answer, documents: [] }),
      () => BankingService.listAgreements()
    ],
    [
      'an application without a status',
      '/applications/',
      ({ status: _, ...rest }: Record<string, unknown>) => rest,
      () => create()
    ],
    [
      'strategies under another key',
      '/trading-strategies/',
      ({ items }: Record<string, unknown>) => ({ strategies: items }),
      () => BankingService.listStrategies()
    ],
    [
      'a list that is a string',
      '/events/',
      () => ({ items: 'none' }),
      () => BankingService.listEvents(new Date(0))
    ]
  ])('is detected: %s', async (_, path, change, run) => {
    const proxy = await plant(path, change)
    expect(await thrownBy(run())).toMatchObject({ code: 'BAD_RESPONSE', retryable: false })
    await proxy.close()
  })

  it('is not followed when it redirects elsewhere', async () => {
    const visits: string[] = []
    const app = new Hono()
    app.post('/api/v1/login/', (c) =>
      c.json({ token: 'token', expires: new Date(Date.now() + 3_600_000).toISOString() })
    )
    app.all('/elsewhere', (c) => {
      visits.push(c.req.path)
      return c.json({})
    })
    app.all('*', (c) => c.redirect('/elsewhere', 307))
    const away = await listen(app)
    configureJiko(away.url)
    expect(await thrownBy(create())).toMatchObject({ code: 'BAD_RESPONSE' })
    expect(visits).toEqual([])
    await away.close()
  })
})
