import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { isIntegrationError } from '@/lib/platform/errors'
import { callPlaid } from '@/lib/services/plaid/client'
import {
  ACCESS_TOKEN,
  integrationErrorOf,
  plaidError,
  type ScriptedResponse,
  SECRET,
  startScriptedPlaid
} from '@/tests/support/plaid/scripted-plaid'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())
beforeEach(() => {
  // No delay between retries.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})

const Item = z.object({ item: z.object({ item_id: z.string() }) })
const good = { item: { item_id: 'item-1' }, request_id: 'req-1' }
const call = (more: { deadlineMs?: number; retry?: boolean } = {}) =>
  callPlaid({ method: '/item/get', ...more }, Item, (api, options) =>
    api.itemGet({ access_token: ACCESS_TOKEN }, options)
  )
const once = (answer: ScriptedResponse) => plaid.answer(() => answer)

describe('callPlaid', () => {
  it('sends the keys in headers only and one slash before the path', async () => {
    once({ body: good })
    await call()
    const [asked] = plaid.asked
    expect(asked).toMatchObject({
      path: '/item/get',
      headers: { 'plaid-client-id': 'client-of-this-test', 'plaid-secret': SECRET }
    })
    expect(asked?.body).toEqual({ access_token: ACCESS_TOKEN })
  })

  it('keeps the schema’s fields and drops the rest', async () => {
    once({ body: { ...good, item: { item_id: 'item-1', extra: 1 }, extra: 2 } })
    expect(await call()).toEqual({ item: { item_id: 'item-1' } })
  })

  it.each([
    ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 400, { retryable: false, outage: false }],
    [
      'INSTITUTION_ERROR',
      'INSTITUTION_DOWN',
      400,
      { retryable: true, outage: false, retryAfterMs: 60_000 }
    ],
    ['INVALID_INPUT', 'INVALID_ACCESS_TOKEN', 400, { retryable: false, outage: false }],
    ['INVALID_REQUEST', 'NOT_FOUND', 404, { retryable: false, outage: false }],
    [
      'RATE_LIMIT_EXCEEDED',
      'ITEM_GET_LIMIT',
      429,
      { retryable: true, outage: false, retryAfterMs: 60_000 }
    ],
    ['API_ERROR', 'INTERNAL_SERVER_ERROR', 500, { retryable: true, outage: true }],
    ['API_ERROR', 'PLANNED_MAINTENANCE', 503, { retryable: true, outage: true }],
    ['A_TYPE_OF_TOMORROW', 'A_CODE_OF_TOMORROW', 400, { retryable: false, outage: false }]
  ])(
    'turns %s %s into our error with Plaid’s codes and nothing of the SDK’s',
    async (type, code, status, expected) => {
      once(plaidError(type, code, status))
      expect(await integrationErrorOf(call())).toMatchObject({
        service: 'plaid',
        type,
        code,
        requestId: 'req-1',
        ...expected
      })
    }
  )

  it.each([
    ['seconds', '120', 120_000],
    ['an HTTP date', new Date(Date.now() + 120_000).toUTCString(), 120_000],
    ['an ISO time', new Date(Date.now() + 120_000).toISOString(), 120_000],
    ['a time gone by', 'Tue, 01 Jan 2019 00:00:00 GMT', 0],
    ['a year', '31536000', 4 * 3_600_000],
    ['nonsense', 'soon', 60_000]
  ])('reads a Retry-After of %s', async (_, header, ms) => {
    once(plaidError('RATE_LIMIT_EXCEEDED', 'RATE_LIMIT', 429, { 'retry-after': header }))
    const { retryAfterMs } = await integrationErrorOf(call())
    expect(Math.abs((retryAfterMs ?? Number.NaN) - ms)).toBeLessThan(2_000)
  })

  it.each<[string, ScriptedResponse, object]>([
    [
      'a load balancer’s page',
      { status: 502, body: '<html>Bad Gateway</html>' },
      { code: 'BAD_RESPONSE', retryable: true, outage: true }
    ],
    [
      'a page behind a 403',
      { status: 403, body: '<html>Forbidden</html>' },
      { code: 'BAD_RESPONSE', retryable: false, outage: false }
    ],
    [
      'broken JSON under a 200',
      { body: '{"item": {"item_id": "item-1"}, "requ' },
      { code: 'BAD_RESPONSE', retryable: true }
    ],
    ['a body cut off on the line', 'halfway', { retryable: true, outage: true }],
    [
      'an answer without a request id',
      { body: { item: { item_id: 'item-1' } } },
      { code: 'BAD_RESPONSE', retryable: true }
    ],
    ['an array', { body: [good] }, { code: 'BAD_RESPONSE', retryable: true }],
    ['null', { body: null }, { code: 'BAD_RESPONSE', retryable: true }],
    [
      'an answer of another shape',
      { body: { item: {}, request_id: 'req-9' } },
      { code: 'BAD_RESPONSE', retryable: false, requestId: 'req-9' }
    ],
    ['a closed line', 'cut', { code: 'UNREACHABLE', retryable: true, outage: true }]
  ])('refuses %s', async (_, answer, expected) => {
    once(answer)
    expect(await integrationErrorOf(call())).toMatchObject({ service: 'plaid', ...expected })
  })

  it('gives up at the deadline on a server that never responds', async () => {
    once('hang')
    const started = Date.now()
    expect(await integrationErrorOf(call({ deadlineMs: 200, retry: true }))).toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
      outage: true
    })
    expect(Date.now() - started).toBeLessThan(8_000)
  })

  it('does not follow a redirect, which would leak the secret', async () => {
    once({ status: 307, headers: { location: `${plaid.url}/elsewhere` }, body: {} })
    expect(await integrationErrorOf(call())).toMatchObject({
      code: 'BAD_RESPONSE',
      retryable: false
    })
    expect(plaid.asked.map(({ path }) => path)).toEqual(['/item/get'])
  })

  it('drops malformed codes, so that no data in them reaches a log', async () => {
    once({
      status: 400,
      body: {
        error_type: 'ITEM ERROR <b>',
        error_code: `the token ${ACCESS_TOKEN} is bad`,
        request_id: 'x y'
      }
    })
    expect(await integrationErrorOf(call())).toMatchObject({
      code: 'UNKNOWN',
      type: null,
      requestId: null
    })
  })

  it('does not blame Plaid for a missing argument, which the SDK throws before any request', async () => {
    once({ body: good })
    const missing: { access_token: string } = JSON.parse('null')
    const attempt = callPlaid({ method: '/item/get' }, Item, (api, options) =>
      api.itemGet(missing, options)
    )
    const thrown = await attempt.catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(Error)
    expect(isIntegrationError(thrown)).toBe(false)
    expect(plaid.asked).toEqual([])
  })

  it('retries a repeatable call until Plaid responds', async () => {
    plaid.answer((_, nth) =>
      nth < 3 ? plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 500) : { body: good }
    )
    expect(await call({ retry: true })).toEqual({ item: { item_id: 'item-1' } })
    expect(plaid.asked).toHaveLength(3)
  })

  it('calls once when a repeat could do harm', async () => {
    once(plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 500))
    await integrationErrorOf(call())
    expect(plaid.asked).toHaveLength(1)
  })

  it('keeps loopback calls away from HTTP_PROXY', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1')
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1')
    once({ body: good })
    expect(await call()).toEqual({ item: { item_id: 'item-1' } })
    vi.unstubAllEnvs()
  })

  it('stops calling after repeated outages, but not after repeated broken logins', async () => {
    once(plaidError('ITEM_ERROR', 'ITEM_LOGIN_REQUIRED'))
    for (let i = 0; i < 7; i++)
      expect(await integrationErrorOf(call())).toMatchObject({ code: 'ITEM_LOGIN_REQUIRED' })
    once(plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 500))
    for (let i = 0; i < 5; i++) await integrationErrorOf(call())
    expect(await integrationErrorOf(call())).toMatchObject({
      code: 'CIRCUIT_OPEN',
      retryable: true
    })
    expect(plaid.asked).toHaveLength(5)
  })
})
