// @vitest-environment node
/** Behaviour of the emulator only: changes at every refresh, and injected faults. */
import { type PlaidApi, Products } from 'plaid'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { loadSchemaCheck, type SchemaCheck } from '@/scripts/fidelity/plaid-schemas'
import { startLocal } from '@/tests/contract/plaid/local'

const HOOK = 'http://127.0.0.1:9/nobody'

let check: SchemaCheck
let running: RunningEmulator
let plaid: PlaidApi
beforeAll(() => {
  check = loadSchemaCheck({ closed: true })
}, 60_000)
beforeEach(async () => {
  const local = await startLocal()
  running = local.running
  plaid = local.plaid
})
afterEach(() => running.close())

async function link(username = 'user_good') {
  const { data } = await plaid.sandboxPublicTokenCreate({
    institution_id: 'ins_109508',
    initial_products: [Products.Transactions],
    options: { webhook: HOOK, override_username: username, override_password: 'pass_good' }
  })
  return (await plaid.itemPublicTokenExchange({ public_token: data.public_token })).data
}

const button = async (path: string, body: object = {}) => {
  const response = await fetch(`${running.url}/_sandbox${path}`, {
    method: 'POST',
    body: JSON.stringify(body)
  })
  expect(response.status, await response.clone().text()).toBe(200)
  return response.json()
}

describe('other endpoints', () => {
  it('refresh, get and recurring match the SDK’s types', async () => {
    const { access_token } = await link('user_transactions_dynamic')
    const { data: first } = await plaid.transactionsSync({ access_token })
    check('TransactionsRefreshResponse', (await plaid.transactionsRefresh({ access_token })).data)
    const { data: delta } = await plaid.transactionsSync({
      access_token,
      cursor: first.next_cursor
    })
    check('TransactionsSyncResponse', delta)
    expect(delta.added.filter((row) => row.pending)).toHaveLength(3)
    expect(delta.removed.length).toBeGreaterThan(0)
    expect(delta.modified.length).toBeGreaterThan(10)
    const range = { start_date: '2020-01-01', end_date: '2099-01-01' }
    const { data: got } = await plaid.transactionsGet({
      access_token,
      ...range,
      options: { count: 7, offset: 3, include_original_description: true }
    })
    check('TransactionsGetResponse', got)
    expect(got.transactions).toHaveLength(7)
    check(
      'TransactionsRecurringGetResponse',
      (await plaid.transactionsRecurringGet({ access_token: (await link()).access_token })).data
    )
  })
})

describe('injected faults', () => {
  const status = (call: Promise<unknown>) =>
    call.then(
      () => 200,
      (error: unknown) => {
        const { response } = z
          .object({ response: z.object({ status: z.number(), data: z.unknown() }) })
          .parse(error)
        if (typeof response.data === 'object') check('PlaidError', response.data)
        return response.status
      }
    )

  it('return 429, 500, 503 in the envelope and 502 in HTML, as often as requested', async () => {
    const { access_token } = await link()
    for (const [kind, expected] of [
      ['429', 429],
      ['500', 500],
      ['503', 503],
      ['html', 502]
    ] as const) {
      await button('/faults', { path: '/accounts/get', kind, times: 1 })
      expect(await status(plaid.accountsGet({ access_token }))).toBe(expected)
      expect(await status(plaid.accountsGet({ access_token }))).toBe(200)
    }
    await button('/faults', {
      path: '/transactions/sync',
      kind: '400',
      code: 'INSTITUTION_DOWN',
      times: 1
    })
    const refused: unknown = await plaid
      .transactionsSync({ access_token })
      .catch((error: unknown) => error)
    expect(refused).toMatchObject({
      response: {
        status: 400,
        data: { error_type: 'INSTITUTION_ERROR', error_code: 'INSTITUTION_DOWN' }
      }
    })
  })

  it('include rate limits per Item, once switched on', async () => {
    const { access_token } = await link()
    for (let i = 0; i < 4; i++) await plaid.transactionsRefresh({ access_token })
    await button('/rate-limits', { enabled: true })
    await plaid.transactionsRefresh({ access_token })
    await plaid.transactionsRefresh({ access_token })
    expect(await status(plaid.transactionsRefresh({ access_token }))).toBe(429)
    await button('/clock', { advance: 61_000 })
    expect(await status(plaid.transactionsRefresh({ access_token }))).toBe(200)
  })

  it('unknown routes, bodies and headers are refused', async () => {
    const post = async (path: string, body: string, type = 'application/json') => {
      const response = await fetch(running.url + path, {
        method: 'POST',
        headers: { 'content-type': type, 'plaid-client-id': 'id', 'plaid-secret': 'secret' },
        body
      })
      return [
        response.status,
        z.object({ error_code: z.string() }).parse(await response.json()).error_code
      ]
    }
    expect(await post('/transactions/stream', '{}')).toEqual([404, 'NOT_FOUND'])
    expect(await post('/item/get', '{')).toEqual([400, 'INVALID_BODY'])
    expect(await post('/item/get', 'a=b', 'text/plain')).toEqual([400, 'INVALID_HEADERS'])
    expect(await post('/item/get', '{}')).toEqual([400, 'MISSING_FIELDS'])
    expect(await post('/transactions/sync', '{"access_token":"x","cursor":5}')).toEqual([
      400,
      'INVALID_FIELD'
    ])
    expect(await post('/transactions/sync', '{"access_token":"x","count":501}')).toEqual([
      400,
      'INVALID_FIELD'
    ])
  })

  it('keys are accepted in the body too', async () => {
    const body = JSON.stringify({
      client_id: 'id',
      secret: 'secret',
      query: 'Tartan',
      country_codes: ['US']
    })
    const response = await fetch(`${running.url}/institutions/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body
    })
    expect(response.status).toBe(200)
  })

  it('the ledger and the console name every Item and contain no token', async () => {
    const { access_token, item_id } = await link()
    for (const page of ['ledger', 'console', 'items', 'deliveries']) {
      const text = await (await fetch(`${running.url}/_sandbox/${page}`)).text()
      expect(text).toContain(item_id)
      expect(text).not.toContain(access_token)
    }
  })
})
