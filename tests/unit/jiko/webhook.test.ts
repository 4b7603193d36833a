import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { parseWebhook, verifyWebhook } from '@/lib/services/jiko/webhook'
import { setEnvironment } from '@/tests/support/environment'

const SECRET = 'whsec-test-0000000001'
const OTHER = 'whsec-test-0000000002'
const APPLICATION = '7d8a3a5e-0e0d-4a9e-8c53-2f4d1a6b9c20'

const bytes = (text: string) => new TextEncoder().encode(text)
const signature = (body: Uint8Array, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('base64')
const signed = (body: Uint8Array, secret = SECRET) =>
  new Headers({ 'x-jiko-signature': signature(body, secret) })
const eventAt = (ageMs: number, changes: object = {}) =>
  JSON.stringify({
    event_id: '0b0c7b1e-53a7-4a38-8f0b-9d5a4f1f7c11',
    event_type: 'application.approved',
    timestamp: new Date(Date.now() - ageMs).toISOString(),
    payload: { application_id: APPLICATION },
    ...changes
  })
const MINUTE = 60_000

describe('a webhook’s signature', () => {
  it('is the published one for the published vector', () => {
    const vector =
      '{"event_id":"0b0c7b1e-53a7-4a38-8f0b-9d5a4f1f7c11","event_type":"application.approved","timestamp":"2026-01-02T03:04:05+00:00","payload":{"application_id":"7d8a3a5e-0e0d-4a9e-8c53-2f4d1a6b9c20"}}'
    expect(signature(bytes(vector))).toBe('FY8RTsU2EnKtlaK7q73IhAw9f9AsNqlQWjujA9lhErY=')
  })

  const fresh = bytes(eventAt(0))
  it.each([
    ['the newest secret', fresh, signed(fresh)],
    ['an older secret', fresh, signed(fresh, OTHER)]
  ])('is accepted with %s', async (_, raw, headers) => {
    await expect(verifyWebhook(raw, headers, [SECRET, OTHER])).resolves.toEqual({
      dedupeKey: '0b0c7b1e-53a7-4a38-8f0b-9d5a4f1f7c11'
    })
  })

  it.each([
    ['no signature', new Headers()],
    ['an empty signature', new Headers({ 'x-jiko-signature': '' })],
    ['another receiver’s secret', signed(fresh, 'whsec-somebody-else-01')],
    ['the signature of other bytes', signed(bytes(`${eventAt(0)} `))],
    ['a cut signature', new Headers({ 'x-jiko-signature': signature(fresh).slice(0, 20) })],
    ['something that is not base64', new Headers({ 'x-jiko-signature': '!!!!' })]
  ])('is refused with %s', async (_, headers) => {
    await expect(verifyWebhook(fresh, headers, [SECRET, OTHER])).rejects.toMatchObject({
      code: 'bad_signature',
      status: 401
    })
  })

  it.each([
    ['from yesterday and a bit', 25 * 60 * MINUTE, false],
    ['as old as a late retry', 23 * 60 * MINUTE, true],
    ['a little ahead of our clock', -4 * MINUTE, true],
    ['from the future', -6 * MINUTE, false]
  ])('of an event %s is accepted: %s', async (_, age, accepted) => {
    const raw = bytes(eventAt(age))
    const verified = await verifyWebhook(raw, signed(raw), [SECRET]).then(
      () => true,
      () => false
    )
    expect(verified).toBe(accepted)
  })

  it('of an event exactly 24 hours old or five minutes ahead is accepted, and no further away', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const accepts = (age: number) => {
      const raw = bytes(eventAt(age))
      return verifyWebhook(raw, signed(raw), [SECRET]).then(
        () => true,
        (thrown: unknown) => {
          expect(thrown).toMatchObject({ code: 'bad_signature', message: 'The event is too old.' })
          return false
        }
      )
    }
    try {
      const day = 24 * 60 * MINUTE
      const ages = [day, day + 1, -5 * MINUTE, -5 * MINUTE - 1]
      expect(await Promise.all(ages.map(accepts))).toEqual([true, false, true, false])
    } finally {
      vi.useRealTimers()
    }
  })

  it('of an event whose time cannot be read counts under the hash of its bytes', async () => {
    const raw = bytes(eventAt(0, { timestamp: 'yesterday' }))
    expect((await verifyWebhook(raw, signed(raw), [SECRET])).dedupeKey).toMatch(/^unreadable:/)
    expect(parseWebhook(raw)).toBeNull()
  })

  it('over bytes that are not UTF-8 counts, and the event is unreadable', async () => {
    const text = bytes(eventAt(0, { event_type: 'application.?' }))
    const raw = text.with(text.indexOf(0x3f), 0xff)
    expect((await verifyWebhook(raw, signed(raw), [SECRET])).dedupeKey).toMatch(/^unreadable:/)
    expect(parseWebhook(raw)).toBeNull()
  })

  it('is checked with the configured secrets', async () => {
    setEnvironment({ JIKO_WEBHOOK_SECRETS: `${OTHER},${SECRET}` })
    await expect(verifyWebhook(fresh, signed(fresh))).resolves.toBeDefined()
    setEnvironment()
    await expect(verifyWebhook(fresh, signed(fresh))).rejects.toMatchObject({
      code: 'bad_signature',
      message: 'The signature does not match.'
    })
  })

  it.each(['not json', '{"event_id":1}', '[]', ''])(
    'of unreadable bytes (%j) still counts, under their hash',
    async (text) => {
      const raw = bytes(text)
      expect((await verifyWebhook(raw, signed(raw), [SECRET])).dedupeKey).toMatch(
        /^unreadable:[0-9a-f]{64}$/
      )
      expect(parseWebhook(raw)).toBeNull()
    }
  )
})

describe('a webhook’s effect', () => {
  const pocket = randomUUID()
  const other = randomUUID()
  it.each([
    [
      'application.approved',
      { application_id: APPLICATION },
      [{ kind: 'advance_onboarding', jikoApplicationId: APPLICATION }]
    ],
    [
      'application.brand_new',
      { application_id: APPLICATION },
      [{ kind: 'advance_onboarding', jikoApplicationId: APPLICATION }]
    ],
    [
      'application.approved',
      {},
      [{ kind: 'ignore', reason: 'contains no id that could be read again' }]
    ],
    [
      'application.approved',
      { application_id: 'x' },
      [{ kind: 'ignore', reason: 'contains no id that could be read again' }]
    ],
    [
      'transfers.ach.in.success',
      {},
      [{ kind: 'ignore', reason: 'contains no id that could be read again' }]
    ],
    [
      'statement.ready',
      { customer_id: 'x' },
      [{ kind: 'ignore', reason: 'unknown to this version' }]
    ],
    [
      'transfers.ach.in.success',
      { jiko_account_id: pocket },
      [{ kind: 'refresh_account', jikoPocketId: pocket }]
    ],
    [
      'transfers.on-us.success',
      { on_us_id: 'x', origin_account_id: pocket, destination_account_id: other },
      [
        { kind: 'refresh_account', jikoPocketId: pocket },
        { kind: 'refresh_account', jikoPocketId: other }
      ]
    ],
    [
      'card.status.open',
      { card_id: 'x', status: 'OPEN' },
      [{ kind: 'ignore', reason: 'no cards are issued here' }]
    ]
  ])('%s with %j', (event_type, payload, effects) => {
    expect(parseWebhook(bytes(eventAt(0, { event_type, payload })))).toMatchObject({
      type: event_type,
      effects
    })
  })

  it('names the pocket it is about where it names no application', () => {
    const event = eventAt(0, {
      event_type: 'transfers.ach.in.success',
      payload: { jiko_account_id: pocket }
    })
    expect(parseWebhook(bytes(event))).toMatchObject({ vendorObjectId: pocket })
    expect(parseWebhook(bytes(eventAt(0, { payload: {} })))).toMatchObject({ vendorObjectId: null })
  })

  it.each(['jiko_account_id', 'origin_account_id', 'destination_account_id'])(
    'ignores an unreadable %s',
    (name) => {
      const payload = { origin_account_id: pocket, destination_account_id: other, [name]: 'x' }
      const effects = [
        ...(name === 'origin_account_id'
          ? []
          : [{ kind: 'refresh_account', jikoPocketId: pocket }]),
        ...(name === 'destination_account_id'
          ? []
          : [{ kind: 'refresh_account', jikoPocketId: other }])
      ]
      const event = eventAt(0, { event_type: 'transfers.on-us.success', payload })
      expect(parseWebhook(bytes(event))?.effects).toEqual(effects)
    }
  )

  it('names the application it is about', () => {
    expect(parseWebhook(bytes(eventAt(0)))).toMatchObject({
      vendorObjectId: APPLICATION,
      code: null
    })
  })
})
