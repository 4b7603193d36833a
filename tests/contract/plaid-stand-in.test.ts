// @vitest-environment node
/** What only the stand-in can show: signed webhooks as they arrive, and trouble on demand. */

import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { Configuration, PlaidApi, Products } from 'plaid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningSandbox } from '@/sandbox/core/sandbox'
import { startPlaid } from '@/sandbox/plaid'
import { type AnswerName, type Check, loadChecker } from '../support/plaid-schemas'

type Arrival = { raw: string; headers: IncomingHttpHeaders; body: { webhook_type: string; webhook_code: string; item_id?: string; environment: string } }

let check: Check
let receiver: Server
let hook: string
let running: RunningSandbox
let plaid: PlaidApi
let arrivals: Arrival[] = []
let answer = 200

beforeAll(async () => {
  check = loadChecker({ closed: true })
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      arrivals.push({ raw, headers: request.headers, body: JSON.parse(raw) as Arrival['body'] })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
}, 60_000)
afterAll(() => new Promise((closed) => receiver.close(closed)))

beforeEach(async () => {
  arrivals = []
  answer = 200
  running = await startPlaid({ port: 0, dataDir: null, clientId: 'id', secret: 'secret' })
  plaid = new PlaidApi(
    new Configuration({
      basePath: running.url,
      baseOptions: { timeout: 5_000, proxy: false, headers: { 'PLAID-CLIENT-ID': 'id', 'PLAID-SECRET': 'secret' } }
    })
  )
})
afterEach(() => running.close())

async function link(username = 'user_good') {
  const { data } = await plaid.sandboxPublicTokenCreate({
    institution_id: 'ins_109508',
    initial_products: [Products.Transactions],
    options: { webhook: hook, override_username: username, override_password: 'pass_good' }
  })
  return (await plaid.itemPublicTokenExchange({ public_token: data.public_token })).data
}

const button = async (path: string, body: object = {}) => {
  const response = await fetch(`${running.url}/_sandbox${path}`, { method: 'POST', body: JSON.stringify(body) })
  expect(response.status, await response.clone().text()).toBe(200)
  return response.json()
}

const codes = () => arrivals.map((arrival) => arrival.body.webhook_code)

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`never came; got ${codes().join(', ')}`)
    await new Promise((again) => setTimeout(again, 20))
  }
}

async function verify(arrival: Arrival) {
  const token = String(arrival.headers['plaid-verification'])
  const { kid, alg } = decodeProtectedHeader(token)
  expect(alg).toBe('ES256')
  const { data } = await plaid.webhookVerificationKeyGet({ key_id: String(kid) })
  check('WebhookVerificationKeyGetResponse', data)
  const { kty, crv, x, y, expired_at } = data.key
  const { payload } = await jwtVerify(token, await importJWK({ kty, crv, x, y }, 'ES256'), { maxTokenAge: '5 min', clockTolerance: 5 })
  expect(payload.request_body_sha256).toBe(createHash('sha256').update(arrival.raw).digest('hex'))
  return { kid: String(kid), expiredAt: expired_at }
}

describe('webhooks', () => {
  it('are signed over the exact two-space bytes with a key that can be fetched', async () => {
    await link()
    await until(() => codes().includes('HISTORICAL_UPDATE'))
    for (const arrival of arrivals) {
      await verify(arrival)
      expect(arrival.raw).toBe(JSON.stringify(arrival.body, null, 2))
      expect(arrival.body.environment).toBe('sandbox')
    }
  })

  it('announce the two loads always, but updates only to an Item that was synced once', async () => {
    const { access_token, item_id } = await link()
    await until(() => codes().includes('INITIAL_UPDATE') && codes().includes('HISTORICAL_UPDATE'))
    await button(`/items/${item_id}/transactions`, { count: 1 })
    await until(() => codes().includes('DEFAULT_UPDATE'))
    expect(codes()).not.toContain('SYNC_UPDATES_AVAILABLE')
    await plaid.transactionsSync({ access_token })
    await button(`/items/${item_id}/transactions`, { count: 1 })
    await until(() => codes().includes('SYNC_UPDATES_AVAILABLE'))
    check('SyncUpdatesAvailableWebhook', arrivals.find((a) => a.body.webhook_code === 'SYNC_UPDATES_AVAILABLE')?.body)
  })

  it('keep verifying after the key was rotated, under the new key', async () => {
    const { item_id } = await link()
    await until(() => arrivals.length > 0)
    const old = await verify(arrivals[0] ?? fail())
    const { kid } = z.object({ kid: z.string() }).parse(await button('/rotate-key'))
    arrivals = []
    await button(`/items/${item_id}/fire/LOGIN_REPAIRED`)
    await until(() => codes().includes('LOGIN_REPAIRED'))
    expect(await verify(arrivals.find((a) => a.body.webhook_code === 'LOGIN_REPAIRED') ?? fail())).toEqual({ kid, expiredAt: null })
    const retired = await plaid.webhookVerificationKeyGet({ key_id: old.kid })
    expect(retired.data.key.expired_at).not.toBeNull()
  })

  it('come twice, byte for byte the same, when told to, and again when they were refused', async () => {
    const { item_id } = await link()
    await until(() => codes().includes('RECURRING_TRANSACTIONS_UPDATE'))
    arrivals = []
    await button('/deliveries/mode', { duplicate: true })
    await button(`/items/${item_id}/fire/NEW_ACCOUNTS_AVAILABLE`)
    await until(() => arrivals.length === 2)
    expect(arrivals[0]?.raw).toBe(arrivals[1]?.raw)
    await button('/deliveries/mode', {})
    arrivals = []
    answer = 500
    await button(`/items/${item_id}/fire/NEW_ACCOUNTS_AVAILABLE`)
    await until(() => arrivals.length === 1)
    answer = 200
    await until(() => arrivals.length === 2)
  })

  const SHAPES: [string, AnswerName][] = [
    ['INITIAL_UPDATE', 'InitialUpdateWebhook'],
    ['HISTORICAL_UPDATE', 'HistoricalUpdateWebhook'],
    ['DEFAULT_UPDATE', 'DefaultUpdateWebhook'],
    ['TRANSACTIONS_REMOVED', 'TransactionsRemovedWebhook'],
    ['RECURRING_TRANSACTIONS_UPDATE', 'RecurringTransactionsUpdateWebhook'],
    ['ERROR', 'ItemErrorWebhook'],
    ['LOGIN_REPAIRED', 'ItemLoginRepairedWebhook'],
    ['NEW_ACCOUNTS_AVAILABLE', 'NewAccountsAvailableWebhook'],
    ['PENDING_EXPIRATION', 'PendingExpirationWebhook'],
    ['PENDING_DISCONNECT', 'PendingDisconnectWebhook'],
    ['USER_PERMISSION_REVOKED', 'UserPermissionRevokedWebhook'],
    ['USER_ACCOUNT_REVOKED', 'UserAccountRevokedWebhook'],
    ['WEBHOOK_UPDATE_ACKNOWLEDGED', 'WebhookUpdateAcknowledgedWebhook']
  ]
  it('have the shape the SDK’s types give them', async () => {
    const { item_id } = await link()
    for (const [code] of SHAPES) await button(`/items/${item_id}/fire/${code}`)
    await until(() => SHAPES.every(([code]) => codes().includes(code)))
    for (const [code, name] of SHAPES) for (const arrival of arrivals.filter((a) => a.body.webhook_code === code)) check(name, arrival.body)
  })

  it('go to a new address when it changes, beginning with the acknowledgement', async () => {
    const { access_token } = await link()
    await until(() => codes().includes('RECURRING_TRANSACTIONS_UPDATE'))
    await plaid.itemWebhookUpdate({ access_token, webhook: `${hook}/elsewhere` })
    await until(() => codes().includes('WEBHOOK_UPDATE_ACKNOWLEDGED'))
    await plaid.sandboxItemResetLogin({ access_token })
    await until(() => codes().includes('ERROR'))
    const { data } = await plaid.itemGet({ access_token })
    expect(data.status?.last_webhook?.code_sent).toBe('ERROR')
  })
})

describe('further answers', () => {
  it('of refresh, get and recurring fit the SDK’s types', async () => {
    const { access_token } = await link('user_transactions_dynamic')
    const { data: first } = await plaid.transactionsSync({ access_token })
    check('TransactionsRefreshResponse', (await plaid.transactionsRefresh({ access_token })).data)
    const { data: delta } = await plaid.transactionsSync({ access_token, cursor: first.next_cursor })
    check('TransactionsSyncResponse', delta)
    expect(delta.added.filter((row) => row.pending)).toHaveLength(3)
    expect(delta.removed.length).toBeGreaterThan(0)
    expect(delta.modified.length).toBeGreaterThan(10)
    const range = { start_date: '2020-01-01', end_date: '2099-01-01' }
    const { data: got } = await plaid.transactionsGet({ access_token, ...range, options: { count: 7, offset: 3, include_original_description: true } })
    check('TransactionsGetResponse', got)
    expect(got.transactions).toHaveLength(7)
    check('TransactionsRecurringGetResponse', (await plaid.transactionsRecurringGet({ access_token: (await link()).access_token })).data)
  })
})

describe('trouble on demand', () => {
  const status = (call: Promise<unknown>) =>
    call.then(
      () => 200,
      (error: unknown) => {
        const { response } = z.object({ response: z.object({ status: z.number(), data: z.unknown() }) }).parse(error)
        if (typeof response.data === 'object') check('PlaidError', response.data)
        return response.status
      }
    )

  it('answers 429, 500, 503 in the envelope and 502 in HTML, as often as asked', async () => {
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
    await button('/faults', { path: '/transactions/sync', kind: '400', code: 'INSTITUTION_DOWN', times: 1 })
    const refused: unknown = await plaid.transactionsSync({ access_token }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ response: { status: 400, data: { error_type: 'INSTITUTION_ERROR', error_code: 'INSTITUTION_DOWN' } } })
  })

  it('limits rates per Item once switched on, and only then', async () => {
    const { access_token } = await link()
    for (let i = 0; i < 4; i++) await plaid.transactionsRefresh({ access_token })
    await button('/rate-limits', { enabled: true })
    await plaid.transactionsRefresh({ access_token })
    await plaid.transactionsRefresh({ access_token })
    expect(await status(plaid.transactionsRefresh({ access_token }))).toBe(429)
    await button('/clock', { advance: 61_000 })
    expect(await status(plaid.transactionsRefresh({ access_token }))).toBe(200)
  })

  it('is loud about routes, bodies and headers Plaid does not have', async () => {
    const post = async (path: string, body: string, type = 'application/json') => {
      const response = await fetch(running.url + path, {
        method: 'POST',
        headers: { 'content-type': type, 'plaid-client-id': 'id', 'plaid-secret': 'secret' },
        body
      })
      return [response.status, z.object({ error_code: z.string() }).parse(await response.json()).error_code]
    }
    expect(await post('/transactions/stream', '{}')).toEqual([404, 'NOT_FOUND'])
    expect(await post('/item/get', '{')).toEqual([400, 'INVALID_BODY'])
    expect(await post('/item/get', 'a=b', 'text/plain')).toEqual([400, 'INVALID_HEADERS'])
    expect(await post('/item/get', '{}')).toEqual([400, 'MISSING_FIELDS'])
    expect(await post('/transactions/sync', '{"access_token":"x","cursor":null}')).toEqual([400, 'INVALID_FIELD'])
    expect(await post('/transactions/sync', '{"access_token":"x","count":501}')).toEqual([400, 'INVALID_FIELD'])
  })

  it('takes the keys from the body as well', async () => {
    const body = JSON.stringify({ client_id: 'id', secret: 'secret', query: 'Tartan', country_codes: ['US'] })
    const response = await fetch(`${running.url}/institutions/search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect(response.status).toBe(200)
  })

  it('keeps tokens out of the ledger and the console, which name every Item', async () => {
    const { access_token, item_id } = await link()
    for (const page of ['ledger', 'console', 'items', 'deliveries']) {
      const text = await (await fetch(`${running.url}/_sandbox/${page}`)).text()
      expect(text).toContain(item_id)
      expect(text).not.toContain(access_token)
    }
  })
})

function fail(): never {
  throw new Error('no such webhook')
}
