import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseWebhook, verifyWebhook } from '@/lib/services/clerk/webhook'
import { setEnvironment } from '@/tests/support/environment'

const KEY = Buffer.from('a key that svix signs with')
const OTHER_KEY = Buffer.from('a key of another endpoint')
const NOW = 1_790_000_000

beforeEach(() => {
  setEnvironment({ CLERK_WEBHOOK_SIGNING_SECRET: `whsec_${KEY.toString('base64')}` })
  vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1_000 })
})
afterEach(() => {
  vi.useRealTimers()
  setEnvironment()
})

const bytes = (text: string) => new TextEncoder().encode(text)
const body = bytes('{ "type": "user.created",\n "data": { "id": "user_1" } }')
const sign = (id: string, timestamp: string, raw = body, key = KEY) =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(raw).digest('base64')}`

type Sent = { id?: string; timestamp?: string; signature?: string; raw?: Uint8Array }
const verify = ({
  id = 'msg_1',
  timestamp = String(NOW),
  signature = sign(id, timestamp),
  raw = body
}: Sent = {}) =>
  verifyWebhook(
    raw,
    new Headers({ 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': signature })
  )
const mismatch = { code: 'bad_signature', message: 'The signature does not match.' }

describe('a signature of Clerk’s webhooks', () => {
  it('is accepted over the exact bytes, and the delivery keeps svix’s id', async () => {
    await expect(verify()).resolves.toEqual({ dedupeKey: 'msg_1' })
    const raw = new Uint8Array([0xff, 0x00])
    await expect(verify({ raw, signature: sign('msg_1', String(NOW), raw) })).resolves.toBeDefined()
  })

  it('is accepted among others, such as those of a rotated secret or a later version', async () => {
    const signature = `v1a,xyz ${sign('msg_1', String(NOW), body, OTHER_KEY)} ${sign('msg_1', String(NOW))}`
    await expect(verify({ signature })).resolves.toBeDefined()
  })

  it.each([-300, 0, 300])('is accepted %i seconds from now', async (offset) => {
    await expect(verify({ timestamp: String(NOW + offset) })).resolves.toBeDefined()
  })

  it.each<[string, Sent]>([
    ['301 seconds ago', { timestamp: String(NOW - 301) }],
    ['301 seconds ahead', { timestamp: String(NOW + 301) }],
    ['without a time', { timestamp: '' }],
    ['at a time that is no number', { timestamp: 'now' }],
    ['without an id', { id: '' }],
    ['for another id', { signature: sign('msg_2', String(NOW)) }],
    ['for another time', { signature: sign('msg_1', String(NOW - 1)) }],
    ['for other bytes', { signature: sign('msg_1', String(NOW), bytes('{}')) }],
    ['with another key', { signature: sign('msg_1', String(NOW), body, OTHER_KEY) }],
    ['of another version', { signature: sign('msg_1', String(NOW)).replace('v1,', 'v2,') }],
    ['without its version', { signature: sign('msg_1', String(NOW)).slice(3) }],
    ['cut short', { signature: sign('msg_1', String(NOW)).slice(0, 20) }],
    ['that is empty', { signature: '' }]
  ])('is refused %s', async (_, sent) => {
    await expect(verify(sent)).rejects.toMatchObject(mismatch)
  })

  it('is refused without any of the headers', async () => {
    await expect(verifyWebhook(body, new Headers())).rejects.toMatchObject(mismatch)
    const headers = { 'svix-id': 'msg_1', 'svix-timestamp': String(NOW) }
    await expect(verifyWebhook(body, new Headers(headers))).rejects.toMatchObject(mismatch)
  })

  it('is made with the bytes of the secret, with or without its prefix', async () => {
    setEnvironment({ CLERK_WEBHOOK_SIGNING_SECRET: KEY.toString('base64') })
    await expect(verify()).resolves.toBeDefined()
  })

  it('is refused, with the name of the missing setting, while no secret is set', async () => {
    setEnvironment({ CLERK_WEBHOOK_SIGNING_SECRET: undefined })
    await expect(verify()).rejects.toMatchObject({
      code: 'bad_signature',
      message: 'CLERK_WEBHOOK_SIGNING_SECRET is not set.'
    })
  })
})

describe('an event of Clerk', () => {
  const parse = (event: unknown) => parseWebhook(bytes(JSON.stringify(event)))

  it.each([
    ['user.created', { kind: 'update_user', userId: 'user_1' }],
    ['user.updated', { kind: 'update_user', userId: 'user_1' }],
    ['user.deleted', { kind: 'erase_user', userId: 'user_1' }],
    ['session.ended', { kind: 'ignore', reason: 'nothing to do' }]
  ])('%s has one effect', (type, effect) => {
    expect(parse({ type, data: { id: 'user_1' } })).toEqual({
      type,
      code: null,
      vendorObjectId: 'user_1',
      effects: [effect]
    })
  })

  it('session.created is a sign-in to record', () => {
    expect(parse({ type: 'session.created', data: { id: 'sess_1' } })?.effects).toEqual([
      { kind: 'record_sign_in', sessionId: 'sess_1' }
    ])
  })

  it('has an id and a type of at most 200 characters', () => {
    expect(parse({ type: 'x'.repeat(300), data: { id: 'y'.repeat(300) } })).toMatchObject({
      type: 'x'.repeat(200),
      vendorObjectId: 'y'.repeat(200)
    })
  })

  it.each([
    ['without data', { type: 'user.created' }],
    ['without an id', { type: 'user.created', data: {} }],
    ['with an empty id', { type: 'user.created', data: { id: ' ' } }],
    ['with an empty type', { type: '', data: { id: 'user_1' } }],
    ['that is null', null]
  ])('%s is unreadable', (_, event) => {
    expect(parse(event)).toBeNull()
  })

  it('that is no JSON or no UTF-8 is unreadable', () => {
    expect(parseWebhook(bytes('hello'))).toBeNull()
    const text = bytes('{"type":"user.created?","data":{"id":"user_1"}}')
    expect(parseWebhook(text.with(text.indexOf(0x3f), 0xff))).toBeNull()
  })
})
