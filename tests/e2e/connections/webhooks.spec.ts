import { createHmac, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
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

/** What a client sees of one answer; what differs between any two answers is left out. */
type Answer = { status: string; headers: string[]; body: string }

/**
 * Sends text as it is and reads until the server closes the connection, or the answer to a body that
 * is too long has begun.
 */
const exchange = (text: string): Promise<Answer> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(stack.appUrl)
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let answer = ''
    socket.on('data', (part) => {
      answer += part
    })
    socket.on('error', (fault: NodeJS.ErrnoException) => {
      answer += fault.code
    })
    socket.on('close', () => resolve(readAnswer(answer)))
  })

/** Next cannot know the length of an answer, so it sends it in chunks. */
function readAnswer(answer: string): Answer {
  const [head = '', ...body] = answer.split('\r\n\r\n').filter((part) => !part.includes(' 100 '))
  const [status = '', ...headers] = head.split('\r\n')
  const own = headers.filter((line) => !/^(date|content-length|transfer-encoding):/i.test(line))
  const [json = ''] = /\{.*\}/.exec(body.join('')) ?? []
  return {
    status,
    headers: own.map((line) => line.toLowerCase()).toSorted(),
    body: json.replace(/"reference":"[^"]*"/, '"reference":""')
  }
}

const written = (start: string, headers: object, body = '') =>
  [
    start,
    ...Object.entries({ host: 'localhost', connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}`
    ),
    '',
    body
  ].join('\r\n')

const sized = (body: string) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body)
})

test('webhooks that are answered before Next get the answer that Next gives', async () => {
  const post = (path: string) => `POST /api/webhooks/jiko${path} HTTP/1.1`
  const signed = (path: string, body: string, more: object = {}) =>
    written(post(path), { ...jikoSignature(body), ...sized(body), ...more }, body)
  const chunked = (path: string, size: number) =>
    written(
      post(path),
      { 'transfer-encoding': 'chunked' },
      `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`
    )
  const cases: Record<string, [number | null, (path: string) => string]> = {
    signed: [200, (path) => signed(path, jikoEvent())],
    'signed, no JSON': [200, (path) => signed(path, `no json ${randomUUID()}`)],
    'signed, after 100 Continue': [
      200,
      (path) => signed(path, jikoEvent(), { expect: '100-continue' })
    ],
    'HTTP/1.0': [200, (path) => signed(path, jikoEvent()).replace('HTTP/1.1', 'HTTP/1.0')],
    'another content type': [200, (path) => signed(path, jikoEvent(), { 'content-type': 'a/b' })],
    unsigned: [401, (path) => written(post(path), sized('{}'), '{}')],
    'unsigned, in Spanish': [
      401,
      (path) => written(post(path), { ...sized('{}'), 'accept-language': 'es' }, '{}')
    ],
    'in chunks': [401, (path) => chunked(path, 10)],
    empty: [401, (path) => written(post(path), { 'content-length': 0 })],
    'without a length': [401, (path) => written(post(path), {})],
    'announced as too large': [413, (path) => written(post(path), { 'content-length': 2e6 })],
    'too large, in chunks': [null, (path) => chunked(path, 1_000_001)],
    GET: [405, (path) => written(post(path).replace('POST', 'GET'), {})],
    OPTIONS: [204, (path) => written(post(path).replace('POST', 'OPTIONS'), {})]
  }
  for (const [name, [status, text]] of Object.entries(cases)) {
    const [direct, byNext] = [await exchange(text('')), await exchange(text('?'))]
    expect(direct, name).toEqual(byNext)
    if (status) expect(direct.status, name).toContain(` ${status} `)
  }
})

test('a webhook is answered before Next, so its length is known', async () => {
  expect((await deliver('plaid', '{}')).headers.has('content-length')).toBe(true)
  expect((await deliver('plaid?', '{}')).headers.has('content-length')).toBe(false)
})
