import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { isRequestError } from '@/lib/platform/errors'
import { parseWebhook, verifyWebhook } from '@/lib/services/plaid/webhook'
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

const read = (more: Record<string, unknown>) =>
  parseWebhook(
    bytes(JSON.stringify({ item_id: 'item-1', environment: 'sandbox', ...more }, null, 2))
  )
const sync = { kind: 'request_sync', plaidItemId: 'item-1' }
const check = (hint: Record<string, unknown>) => ({
  kind: 'check_item',
  plaidItemId: 'item-1',
  hint: { errorType: null, errorCode: null, until: null, ...hint }
})
const ignored = { kind: 'ignore', reason: expect.stringMatching(/\w/) }
const login = {
  error_type: 'ITEM_ERROR',
  error_code: 'ITEM_LOGIN_REQUIRED',
  error_message: 'x',
  display_message: null,
  status: 400
}

describe('readWebhook', () => {
  it.each<[string, string, Record<string, unknown>, object]>([
    [
      'TRANSACTIONS',
      'SYNC_UPDATES_AVAILABLE',
      { initial_update_complete: true, historical_update_complete: false },
      sync
    ],
    ['TRANSACTIONS', 'INITIAL_UPDATE', { new_transactions: 19, error: null }, sync],
    ['TRANSACTIONS', 'HISTORICAL_UPDATE', { new_transactions: 231, error: null }, sync],
    ['TRANSACTIONS', 'DEFAULT_UPDATE', { new_transactions: 3, error: null }, sync],
    [
      'TRANSACTIONS',
      'TRANSACTIONS_REMOVED',
      { removed_transactions: ['t1'], error: null },
      ignored
    ],
    ['TRANSACTIONS', 'RECURRING_TRANSACTIONS_UPDATE', { account_ids: ['a1'] }, ignored],
    [
      'ITEM',
      'ERROR',
      { error: login },
      check({ status: 'bad', errorType: 'ITEM_ERROR', errorCode: 'ITEM_LOGIN_REQUIRED' })
    ],
    [
      'ITEM',
      'ERROR',
      { error: { ...login, error_code: 'SOMETHING_NEW' } },
      check({ status: 'error', errorType: 'ITEM_ERROR', errorCode: 'SOMETHING_NEW' })
    ],
    ['ITEM', 'ERROR', { error: null }, check({ status: 'error' })],
    ['ITEM', 'ERROR', { error: 'odd' }, check({ status: 'error' })],
    ['ITEM', 'LOGIN_REPAIRED', {}, check({ status: 'good' })],
    [
      'ITEM',
      'NEW_ACCOUNTS_AVAILABLE',
      { error: null },
      { kind: 'offer_accounts', plaidItemId: 'item-1' }
    ],
    [
      'ITEM',
      'PENDING_EXPIRATION',
      { consent_expiration_time: '2026-12-01T00:00:00Z' },
      check({ status: 'pending_expiration', until: '2026-12-01T00:00:00.000Z' })
    ],
    [
      'ITEM',
      'PENDING_EXPIRATION',
      { consent_expiration_time: 'soon' },
      check({ status: 'pending_expiration' })
    ],
    [
      'ITEM',
      'PENDING_DISCONNECT',
      { reason: 'INSTITUTION_MIGRATION', disconnect_time: '2026-12-02T00:00:00Z' },
      check({ status: 'pending_disconnect', until: '2026-12-02T00:00:00.000Z' })
    ],
    [
      'ITEM',
      'USER_PERMISSION_REVOKED',
      { error: { ...login, error_code: 'USER_PERMISSION_REVOKED' } },
      check({ status: 'revoked', errorType: 'ITEM_ERROR', errorCode: 'USER_PERMISSION_REVOKED' })
    ],
    [
      'ITEM',
      'USER_ACCOUNT_REVOKED',
      { account_id: 'a1' },
      { ...sync, kind: 'check_account', plaidAccountId: 'a1' }
    ],
    ['ITEM', 'USER_ACCOUNT_REVOKED', {}, sync],
    [
      'ITEM',
      'WEBHOOK_UPDATE_ACKNOWLEDGED',
      { new_webhook_url: 'https://b.example', error: null },
      ignored
    ],
    [
      'AUTH',
      'DEFAULT_UPDATE',
      { account_ids_with_new_auth: ['a1'], account_ids_with_updated_auth: [], error: null },
      ignored
    ],
    ['AUTH', 'AUTOMATICALLY_VERIFIED', { account_id: 'a1' }, ignored],
    ['AUTH', 'VERIFICATION_EXPIRED', { account_id: 'a1' }, ignored],
    ['AUTH', 'PRODUCT_PERMISSIONS_REQUIRED', {}, ignored],
    ['IDENTITY', 'DEFAULT_UPDATE', { account_ids_with_updated_identity: {}, error: null }, ignored],
    ['IDENTITY', 'PRODUCT_PERMISSIONS_REQUIRED', {}, ignored],
    [
      'LINK',
      'SESSION_FINISHED',
      { item_id: undefined, status: 'SUCCESS', link_token: 'link-1', public_tokens: ['public-1'] },
      ignored
    ],
    [
      'LINK',
      'ITEM_ADD_RESULT',
      { item_id: undefined, link_token: 'link-1', public_token: 'public-1' },
      ignored
    ],
    ['LINK', 'EVENTS', { item_id: undefined, events: [], link_token: 'link-1' }, ignored],
    ['ITEM', 'A_CODE_OF_TOMORROW', {}, ignored],
    ['A_TYPE_OF_TOMORROW', 'DEFAULT_UPDATE', {}, ignored],
    ['TRANSACTIONS', 'SYNC_UPDATES_AVAILABLE', { item_id: null }, ignored]
  ])('reads %s %s %j', (type, code, more, effect) => {
    const expected = {
      type,
      code,
      vendorObjectId: 'item_id' in more ? null : 'item-1',
      effects: [effect]
    }
    expect(read({ webhook_type: type, webhook_code: code, ...more })).toEqual(expected)
  })

  it('keeps no token of a Link webhook', () => {
    const kept = JSON.stringify(
      read({
        webhook_type: 'LINK',
        webhook_code: 'ITEM_ADD_RESULT',
        link_token: 'link-secret',
        public_token: 'public-secret'
      })
    )
    expect(kept).not.toContain('secret')
  })

  it.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['no type', '{"webhook_code":"ERROR","item_id":"i"}'],
    ['a type that is no text', '{"webhook_type":1,"webhook_code":"ERROR","item_id":"i"}'],
    ['an Item id that is no text', '{"webhook_type":"ITEM","webhook_code":"ERROR","item_id":{}}']
  ])('refuses %s', (_, text) => expect(parseWebhook(bytes(text))).toBeNull())

  it('refuses bytes that are not UTF-8', () =>
    expect(parseWebhook(new Uint8Array([0x22, 0xff, 0x22]))).toBeNull())

  it('ignores names that every object has', () => {
    expect(read({ webhook_type: 'constructor', webhook_code: 'prototype' })?.effects).toEqual([
      ignored
    ])
  })
})
