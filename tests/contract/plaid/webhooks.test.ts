// @vitest-environment node
/** The emulator's webhooks at the receiver: signed, repeated, late, under a rotated key. */

import { createHash } from 'node:crypto'
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import {
  type PlaidApi,
  Products,
  SandboxItemFireWebhookRequestWebhookCodeEnum,
  type WebhookType
} from 'plaid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import {
  type AnswerName,
  loadSchemaCheck,
  type SchemaCheck
} from '@/scripts/fidelity/plaid-schemas'
import { type Delivery, openReceiver, startLocal } from '@/tests/contract/plaid/local'

type Arrival = Delivery & {
  body: { webhook_type: string; webhook_code: string; item_id?: string; environment: string }
}

let check: SchemaCheck
let receiver: Awaited<ReturnType<typeof openReceiver>>
let hook: string
let running: RunningEmulator
let plaid: PlaidApi
let arrivals: Arrival[] = []
let answer = 200

beforeAll(async () => {
  check = loadSchemaCheck({ closed: true })
  receiver = await openReceiver((delivery) => {
    arrivals.push({ ...delivery, body: JSON.parse(delivery.raw) as Arrival['body'] })
    return answer
  })
  hook = receiver.url
}, 60_000)
afterAll(() => receiver.close())

beforeEach(async () => {
  arrivals = []
  answer = 200
  const local = await startLocal()
  running = local.running
  plaid = local.plaid
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
  const response = await fetch(`${running.url}/_sandbox${path}`, {
    method: 'POST',
    body: JSON.stringify(body)
  })
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
  const { payload } = await jwtVerify(token, await importJWK({ kty, crv, x, y }, 'ES256'), {
    maxTokenAge: '5 min',
    clockTolerance: 5
  })
  expect(payload.request_body_sha256).toBe(createHash('sha256').update(arrival.raw).digest('hex'))
  return { kid: String(kid), expiredAt: expired_at }
}

describe('webhooks', () => {
  it('are signed over the exact two-space bytes with a published key', async () => {
    await link()
    await until(() => codes().includes('HISTORICAL_UPDATE'))
    for (const arrival of arrivals) {
      await verify(arrival)
      expect(arrival.raw).toBe(JSON.stringify(arrival.body, null, 2))
      expect(arrival.body.environment).toBe('sandbox')
    }
  })

  it('always announce the two loads, but updates only for an Item that was synced once', async () => {
    const { access_token, item_id } = await link()
    await until(() => codes().includes('INITIAL_UPDATE') && codes().includes('HISTORICAL_UPDATE'))
    await button(`/items/${item_id}/transactions`, { count: 1 })
    await until(() => codes().includes('DEFAULT_UPDATE'))
    expect(codes()).not.toContain('SYNC_UPDATES_AVAILABLE')
    await plaid.transactionsSync({ access_token })
    await button(`/items/${item_id}/transactions`, { count: 1 })
    await until(() => codes().includes('SYNC_UPDATES_AVAILABLE'))
    check(
      'SyncUpdatesAvailableWebhook',
      arrivals.find((a) => a.body.webhook_code === 'SYNC_UPDATES_AVAILABLE')?.body
    )
  })

  it('verify under the new key after a rotation', async () => {
    const { item_id } = await link()
    await until(() => arrivals.length > 0)
    const old = await verify(arrivals[0] ?? fail())
    const { kid } = z.object({ kid: z.string() }).parse(await button('/rotate-key'))
    arrivals = []
    await button(`/items/${item_id}/fire/LOGIN_REPAIRED`)
    await until(() => codes().includes('LOGIN_REPAIRED'))
    expect(
      await verify(arrivals.find((a) => a.body.webhook_code === 'LOGIN_REPAIRED') ?? fail())
    ).toEqual({ kid, expiredAt: null })
    const retired = await plaid.webhookVerificationKeyGet({ key_id: old.kid })
    expect(retired.data.key.expired_at).not.toBeNull()
  })

  it('repeat byte for byte when duplicated or refused', async () => {
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
  it.each<[string, AnswerName]>([
    ['AUTH', 'AuthDefaultUpdateWebhook'],
    ['IDENTITY', 'IdentityDefaultUpdateWebhook'],
    ['HOLDINGS', 'HoldingsDefaultUpdateWebhook'],
    ['INVESTMENTS_TRANSACTIONS', 'InvestmentsDefaultUpdateWebhook'],
    ['LIABILITIES', 'LiabilitiesDefaultUpdateWebhook']
  ])('DEFAULT_UPDATE of %s has the fields of its product', async (webhook_type, shape) => {
    const { access_token } = await link()
    const isOurs = ({ body }: Arrival) => body.webhook_type === webhook_type
    await plaid.sandboxItemFireWebhook({
      access_token,
      webhook_type: webhook_type as WebhookType,
      webhook_code: SandboxItemFireWebhookRequestWebhookCodeEnum.DefaultUpdate
    })
    await until(() => arrivals.some(isOurs))
    check(shape, arrivals.find(isOurs)?.body)
  })

  it('match the SDK’s types', async () => {
    const { item_id } = await link()
    for (const [code] of SHAPES) await button(`/items/${item_id}/fire/${code}`)
    await until(() => SHAPES.every(([code]) => codes().includes(code)))
    for (const [code, name] of SHAPES)
      for (const arrival of arrivals.filter((a) => a.body.webhook_code === code))
        check(name, arrival.body)
  })

  it('go to a changed address, starting with the acknowledgement', async () => {
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

function fail(): never {
  throw new Error('no such webhook')
}
