import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { isRequestError } from '@/lib/platform/errors'
import { verifyWebhook } from '@/lib/services/plaid/webhook'
import { resetSingletons } from '@/tests/support/environment'
import {
  integrationErrorOf,
  plaidError,
  startScriptedPlaid
} from '@/tests/support/plaid/scripted-plaid'
import {
  bodyHash,
  makeKey,
  signed,
  signedWithPublicKey,
  unsigned
} from '@/tests/support/plaid/webhook-signatures'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())

const key = makeKey('6c5516e1-92dc-479e-a8ff-5a51992e0001')
const otherUser = makeKey(key.kid)
/** Two-space JSON, as Plaid writes it. */
const body = JSON.stringify(
  { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE', item_id: 'item-1' },
  null,
  2
)
const bytes = (text: string) => new TextEncoder().encode(text)
const verify = (token: string | null, raw: string | Uint8Array = body) =>
  verifyWebhook(
    typeof raw === 'string' ? bytes(raw) : raw,
    new Headers(token === null ? {} : { 'plaid-verification': token }),
    async () => false
  )

const refusal = async (promise: Promise<unknown>) => {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error
  )
  if (!isRequestError(thrown)) throw new Error('not a RequestError')
  return thrown
}

beforeEach(() => {
  resetSingletons('plaid.webhook-keys')
  plaid.answer(({ body: asked }) =>
    asked.key_id === key.kid
      ? { body: { key: key.jwk, request_id: 'req-1' } }
      : plaidError('INVALID_INPUT', 'INVALID_WEBHOOK_VERIFICATION_KEY_ID')
  )
})

describe('verifyWebhook', () => {
  it.each([
    ['a body two spaces deep', body],
    ['a compact body', JSON.stringify(JSON.parse(body))],
    ['odd whitespace and letters beyond ASCII', '{ "a":\t"Zürich 東京 🏦" ,\r\n"b" : 1 }'],
    ['a body that is not JSON', 'not json'],
    ['no body', '']
  ])('accepts %s with Plaid’s signature', async (_, raw) => {
    await expect(verify(signed(key, raw), raw)).resolves.toMatchObject({
      dedupeKey: expect.stringMatching(/^[0-9a-f]{64}$/)
    })
  })

  it('accepts bytes that are not text', async () => {
    const raw = new Uint8Array([0xff, 0x00, 0xfe])
    await expect(verify(signed(key, raw), raw)).resolves.toBeDefined()
  })

  it('identifies a delivery by key, time and body, whatever the spelling of its signature', async () => {
    const claims = { iat: Math.floor(Date.now() / 1_000) }
    const keyOf = async (raw: string, changes = {}) =>
      (await verify(signed(key, raw, { claims: { ...claims, ...changes } }), raw)).dedupeKey
    const spellings = await Promise.all(Array.from({ length: 32 }, () => keyOf(body)))
    expect(new Set(spellings).size).toBe(1)
    expect(await keyOf(`${body} `)).not.toBe(spellings[0])
    expect(await keyOf(body, { iat: claims.iat - 1 })).not.toBe(spellings[0])
  })

  it.each([
    ['four minutes old', 240],
    ['half a minute ahead of our clock', -30]
  ])('accepts a token that is %s', async (_, age) => {
    await expect(verify(signed(key, body, { age }))).resolves.toBeDefined()
  })

  it('accepts a token that is exactly 300 seconds old, and none that is older', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 1_000) * 1_000 })
    try {
      await expect(verify(signed(key, body, { age: 300 }))).resolves.toBeDefined()
      expect(await refusal(verify(signed(key, body, { age: 301 })))).toMatchObject({
        code: 'bad_signature'
      })
    } finally {
      vi.useRealTimers()
    }
  })

  it('accepts a token that is exactly 60 seconds ahead of our clock, and none further ahead', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 1_000) * 1_000 })
    try {
      await expect(verify(signed(key, body, { age: -60 }))).resolves.toBeDefined()
      expect(await refusal(verify(signed(key, body, { age: -61 })))).toMatchObject({
        code: 'bad_signature'
      })
    } finally {
      vi.useRealTimers()
    }
  })

  it.each<[string, () => string | null]>([
    ['no header', () => null],
    ['an empty header', () => ''],
    ['something else than a token', () => 'hello.there'],
    ['a token of another body', () => signed(key, `${body} `)],
    ['a token made with another key under the same id', () => signed(otherUser, body)],
    ['a token six minutes old', () => signed(key, body, { age: 360 })],
    ['a token two minutes in the future', () => signed(key, body, { age: -120 })],
    ['a token without a time', () => signed(key, body, { claims: { iat: undefined } })],
    ['a time that is a text', () => signed(key, body, { claims: { iat: '1700000000' } })],
    [
      'a token without a hash',
      () => signed(key, body, { claims: { request_body_sha256: undefined } })
    ],
    [
      'a hash of another length',
      () => signed(key, body, { claims: { request_body_sha256: bodyHash(body).slice(1) } })
    ],
    [
      'a hash with a character in front',
      () => signed(key, body, { claims: { request_body_sha256: `0${bodyHash(body)}` } })
    ],
    [
      'a hash with a character behind',
      () => signed(key, body, { claims: { request_body_sha256: `${bodyHash(body)}0` } })
    ],
    ['no algorithm', () => unsigned(key.kid, body)],
    ['a secret made from the public key', () => signedWithPublicKey(key, body)],
    ['another algorithm in the header', () => signed(key, body, { header: { alg: 'ES384' } })],
    ['no key id', () => signed(key, body, { header: { kid: undefined } })],
    ['a key id that is no id', () => signed(key, body, { header: { kid: '../../item/remove' } })],
    ['an unknown key id', () => signed(makeKey('unknown'), body)],
    ['a token cut short', () => signed(key, body).slice(0, -4)]
  ])('refuses %s', async (_, token) => {
    expect(await refusal(verify(token()))).toMatchObject({ code: 'bad_signature', status: 401 })
  })

  it('refuses a body altered in one byte, even in its whitespace', async () => {
    const token = signed(key, body)
    expect(await refusal(verify(token, body.replace('item-1', 'item-2')))).toMatchObject({
      code: 'bad_signature'
    })
    expect(await refusal(verify(token, body.replace('\n', ' ')))).toMatchObject({
      code: 'bad_signature'
    })
  })

  it('requests no key from Plaid before the algorithm is checked', async () => {
    await refusal(verify(unsigned('made-up', body)))
    await refusal(verify(signedWithPublicKey(key, body)))
    expect(plaid.asked).toEqual([])
  })

  it.each([
    ['is a path', '../../item/remove'],
    ['continues after an id', `${key.kid}/../x`],
    ['is longer than 100 characters', 'k'.repeat(101)],
    ['is empty', '']
  ])('requests no key from Plaid if its id %s', async (_, kid) => {
    await refusal(verify(signed(key, body, { header: { kid } })))
    expect(plaid.asked).toEqual([])
  })

  it('requests a key whose id has 100 letters, digits and dashes', async () => {
    const kid = `${key.kid}-${'k'.repeat(99 - key.kid.length)}`
    await refusal(verify(signed(key, body, { header: { kid } })))
    expect(plaid.asked.map(({ body: asked }) => asked.key_id)).toEqual([kid])
  })

  it('asks whether the Item is ours, for an unknown key only', async () => {
    const isKnownItem = vi.fn(async () => true)
    const headers = new Headers({ 'plaid-verification': signed(key, body) })
    await verifyWebhook(bytes(body), headers, isKnownItem)
    expect(isKnownItem).toHaveBeenCalledOnce()
    await verifyWebhook(bytes(body), headers, isKnownItem)
  })

  it('distinguishes a repeat from a new delivery by the token, since honest bodies can be equal', async () => {
    const token = signed(key, body)
    const first = await verify(token)
    expect(await verify(token)).toEqual(first)
    expect(await verify(signed(key, body, { age: 1 }))).not.toEqual(first)
  })

  it('reports that verification is unavailable, not that the signature is wrong, while Plaid is down', async () => {
    plaid.answer(() => ({
      status: 429,
      body: { error_type: 'RATE_LIMIT_EXCEEDED', error_code: 'RATE_LIMIT', request_id: 'r' }
    }))
    expect(await integrationErrorOf(verify(signed(key, body)))).toMatchObject({
      code: 'RATE_LIMIT',
      retryable: true
    })
  })
})
