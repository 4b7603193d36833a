import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
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
import { create, thrownBy } from '@/tests/support/steps/jiko-applications'

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
const ledger = async () =>
  (await bank.control('/ledger')).body as {
    applications: { status: string; applied: number }[]
    applied: number
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
