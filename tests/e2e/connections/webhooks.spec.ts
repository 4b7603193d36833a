import { createHmac, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { expect, test } from '@playwright/test'
import { linkBank } from '@/tests/e2e/support/api'
import { itemOf, query } from '@/tests/e2e/support/database'
import { secretOf, stack } from '@/tests/e2e/support/stack'
import { createTestUser } from '@/tests/e2e/support/users'
import { callControl, svixHeaders } from '@/tests/e2e/support/vendors'

const deliver = (
  vendor: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {}
) =>
  fetch(`${stack.appUrl}/api/webhooks/${vendor}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body
  })

const jikoSignature = (body: string) => ({
  'x-jiko-signature': createHmac('sha256', secretOf('JIKO_WEBHOOK_SECRETS').split(',')[0] ?? '')
    .update(body)
    .digest('base64')
})

const jikoEvent = (more: object = {}) =>
  JSON.stringify({
    event_id: randomUUID(),
    event_type: 'application.approved',
    timestamp: new Date().toISOString(),
    payload: { application_id: randomUUID() },
    ...more
  })

const stored = (dedupeKey: string) =>
  query<{ readable: boolean; status: string; effects: unknown[]; body_hash: string }>(
    'select readable, status, effects, body_hash from webhook_deliveries where dedupe_key = $1',
    [dedupeKey]
  )

test('a signed webhook with invalid JSON is stored as unreadable', async () => {
  const id = `msg_${randomUUID()}`
  const body = `{"type": "user.created", "data": ${id}`
  expect((await deliver('clerk', body, svixHeaders(body, Date.now(), id))).status).toBe(200)
  expect(await stored(id)).toMatchObject([{ readable: false, effects: [] }])

  const broken = `not json ${randomUUID()}`
  expect((await deliver('jiko', broken, jikoSignature(broken))).status).toBe(200)
  const rows = await query<{ readable: boolean }>(
    "select readable from webhook_deliveries where vendor = 'jiko' and dedupe_key like 'unreadable:%'"
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every(({ readable }) => !readable)).toBe(true)
})

test('a repeated delivery is stored once and gets 200 twice', async () => {
  const id = `msg_${randomUUID()}`
  const body = JSON.stringify({ type: 'session.created', data: { id: 'sess_1' } })
  for (let n = 0; n < 2; n++)
    expect((await deliver('clerk', body, svixHeaders(body, Date.now(), id))).status).toBe(200)
  expect(await stored(id)).toHaveLength(1)
})

test('a wrong or missing signature is a 401 in our error format', async () => {
  const body = jikoEvent()
  const tries: [string, Record<string, string>][] = [
    ['plaid', {}],
    ['plaid', { 'plaid-verification': 'eyJhbGciOiJub25lIn0.e30.' }],
    ['plaid', { 'plaid-verification': 'not a token' }],
    ['jiko', {}],
    ['jiko', jikoSignature(`${body} `)],
    ['clerk', {}],
    ['clerk', { ...svixHeaders(body), 'svix-signature': 'v1,AAAA' }]
  ]
  for (const [vendor, headers] of tries) {
    const response = await deliver(vendor, body, headers)
    expect(response.status, `${vendor} ${JSON.stringify(headers)}`).toBe(401)
    expect(await response.json()).toMatchObject({
      error: { code: 'bad_signature', message: 'The signature does not match.' }
    })
  }
})

test('a signed webhook that is too old is a 401', async () => {
  const body = JSON.stringify({ type: 'user.updated', data: { id: 'user_x' } })
  expect((await deliver('clerk', body, svixHeaders(body, Date.now() - 10 * 60_000))).status).toBe(
    401
  )
  const old = jikoEvent({ timestamp: new Date(Date.now() - 3 * 24 * 3_600_000).toISOString() })
  expect((await deliver('jiko', old, jikoSignature(old))).status).toBe(401)
})

test('bodies with one changed byte are refused, whatever the vendor', async () => {
  const user = await createTestUser()
  const itemId = await itemOf(await linkBank(user))
  await callControl('plaid', `/items/${itemId}/fire/DEFAULT_UPDATE`, {})
  type Delivery = { url: string; body: string; headers: Record<string, string>; status: string }
  const find = async () =>
    (await callControl<Delivery[]>('plaid', '/deliveries')).find(
      ({ body, status }) => body.includes(itemId) && status === 'delivered'
    )
  await expect.poll(find).toBeTruthy()
  const delivery = await find()
  expect((await deliver('plaid', `${delivery?.body} `, delivery?.headers)).status).toBe(401)
})

test('webhooks about unknown objects are stored and change nothing', async () => {
  const body = jikoEvent()
  const { event_id } = JSON.parse(body) as { event_id: string }
  expect((await deliver('jiko', body, jikoSignature(body))).status).toBe(200)
  await expect.poll(async () => (await stored(event_id))[0]?.status).toBe('completed')
})

test('an unknown Item gets a 200', async () => {
  const user = await createTestUser()
  const connectionId = await linkBank(user, 'ins_109509')
  const itemId = await itemOf(connectionId)
  await query('update bank_connections set plaid_item_id = $1 where id = $2', [
    `gone-${itemId}`,
    connectionId
  ])
  await callControl('plaid', `/items/${itemId}/fire/SYNC_UPDATES_AVAILABLE`, {})
  const rows = () =>
    query<{ status: string }>(
      "select status from webhook_deliveries where vendor_object_id = $1 and event_code = 'SYNC_UPDATES_AVAILABLE' order by created_at desc",
      [itemId]
    )
  await expect.poll(async () => (await rows())[0]?.status).toBe('completed')
  await query('update bank_connections set plaid_item_id = $1 where id = $2', [
    itemId,
    connectionId
  ])
})

test('a body of 10 MB is refused before it is read', async () => {
  for (const vendor of ['plaid', 'jiko', 'clerk'])
    expect(await announce(vendor, 10_000_000), vendor).toBe(413)
})

/**
 * Announces the body's length and sends only its first kilobyte: a response proves that the rest
 * was not awaited.
 */
function announce(vendor: string, length: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': length }
    const sent = request(
      `${stack.appUrl}/api/webhooks/${vendor}`,
      { method: 'POST', headers },
      (response) => {
        resolve(response.statusCode)
        sent.destroy()
      }
    )
    sent.on('error', reject)
    sent.write('x'.repeat(1_000))
  })
}

test('a webhook’s body is not stored, only its hash', async () => {
  const id = `msg_${randomUUID()}`
  const canary = `canary-${randomUUID()}`
  const body = JSON.stringify({
    type: 'user.updated',
    data: { id: 'user_nobody', first_name: canary }
  })
  expect((await deliver('clerk', body, svixHeaders(body, Date.now(), id))).status).toBe(200)
  const [row] = await stored(id)
  expect(JSON.stringify(row)).not.toContain(canary)
  expect(row?.body_hash).toMatch(/^[0-9a-f]{64}$/)
})
