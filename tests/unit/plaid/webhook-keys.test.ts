import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { isRequestError } from '@/lib/platform/errors'
import { findKey as findKeyFor } from '@/lib/services/plaid/webhook-keys'
import { resetSingletons } from '@/tests/support/environment'
import {
  integrationErrorOf,
  plaidError,
  resetBreakers,
  startScriptedPlaid
} from '@/tests/support/plaid/scripted-plaid'
import { makeKey, type SigningKey } from '@/tests/support/plaid/webhook-signatures'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())

const DAY = 24 * 3_600_000
let known: Map<string, SigningKey>
beforeEach(() => {
  resetSingletons('plaid.webhook-keys')
  vi.spyOn(Math, 'random').mockReturnValue(0)
  known = new Map(
    [makeKey('first'), makeKey('second'), makeKey('retired', 1_700_000_000)].map((key) => [
      key.kid,
      key
    ])
  )
  plaid.answer(({ body }) => {
    const key = known.get(String(body.key_id))
    return key
      ? { body: { key: key.jwk, request_id: 'req-1' } }
      : plaidError('INVALID_INPUT', 'INVALID_WEBHOOK_VERIFICATION_KEY_ID')
  })
})
const findKey = (kid: string, isOurs = false) => findKeyFor(kid, async () => isOurs)
const pass = advanceClock
const forgedTraffic = (round = 0) =>
  Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      findKey(`made-up-${round}-${i}`).catch((error: unknown) => error)
    )
  )

describe('findKey', () => {
  it('requests a key once, however many webhooks it signed', async () => {
    const first = await findKey('first')
    expect(first).not.toBeNull()
    expect(await findKey('first')).toBe(first)
    expect(plaid.asked.map(({ body }) => body)).toEqual([{ key_id: 'first' }])
  })

  it('requests once for a simultaneous burst', async () => {
    await Promise.all(Array.from({ length: 40 }, () => findKey('first')))
    expect(plaid.asked).toHaveLength(1)
  })

  it('keeps the old key beside the new one after a rotation', async () => {
    await findKey('first')
    expect(await findKey('second')).not.toBeNull()
    expect(await findKey('first')).not.toBeNull()
    expect(plaid.asked).toHaveLength(2)
  })

  it('refreshes once for a simultaneous burst after a day, and again a day later', async () => {
    await findKey('first')
    for (const rounds of [2, 3]) {
      pass(DAY)
      await Promise.all(Array.from({ length: 40 }, () => findKey('first')))
      expect(await findKey('first')).not.toBeNull()
      expect(plaid.asked).toHaveLength(rounds)
    }
  })

  it('asks whether the Item is ours only for an unknown id', async () => {
    const isKnownItem = vi.fn(async () => false)
    await findKeyFor('first', isKnownItem)
    await findKeyFor('first', isKnownItem)
    expect(isKnownItem).toHaveBeenCalledOnce()
  })

  it('limits requests for unknown ids about our Items as well', async () => {
    const asked = await Promise.all(
      Array.from({ length: 31 }, (_, i) => findKey(`of-ours-${i}`, true).catch((error) => error))
    )
    expect(asked.filter(isRequestError)).toMatchObject([
      { code: 'too_many_requests', retryAfterMs: 60_000 }
    ])
  })

  it('does not request an unknown id again within ten minutes, however many webhooks name it', async () => {
    await findKey('made-up')
    pass(9 * 60_000)
    await findKey('made-up')
    expect(plaid.asked).toHaveLength(1)
  })

  it('refreshes after a day, and drops a key that was retired meanwhile', async () => {
    await findKey('first')
    known.set('first', makeKey('first', 1_700_000_000))
    pass(DAY - 60_000)
    expect(await findKey('first')).not.toBeNull()
    pass(120_000)
    expect(await findKey('first')).toBeNull()
    expect(plaid.asked).toHaveLength(2)
    expect(await findKey('first')).toBeNull()
  })

  it('refuses a key that Plaid has retired', async () =>
    expect(await findKey('retired')).toBeNull())

  it('requests an unknown id once, and again after ten minutes', async () => {
    expect(await findKey('made-up')).toBeNull()
    expect(await findKey('made-up')).toBeNull()
    expect(plaid.asked).toHaveLength(1)
    known.set('made-up', makeKey('made-up'))
    pass(11 * 60_000)
    expect(await findKey('made-up')).not.toBeNull()
  })

  it('limits requests for invented ids, and keeps the known keys', async () => {
    await findKey('first')
    const refused = (await forgedTraffic()).filter(
      (answer) => isRequestError(answer) && answer.code === 'too_many_requests'
    )
    expect(refused).toHaveLength(31)
    expect(plaid.asked).toHaveLength(30)
    expect(await findKey('first')).not.toBeNull()
    pass(61_000)
    expect(await findKey('second')).not.toBeNull()
  })

  it('finds the key of a webhook about our Item however many are forged, even when no key is known yet', async () => {
    await forgedTraffic()
    expect(await findKey('first', true)).not.toBeNull()
    // After a day its refresh is due, in the middle of as many forged ones.
    pass(DAY)
    await forgedTraffic(1)
    expect(await findKey('first')).not.toBeNull()
    expect(await findKey('second', true)).not.toBeNull()
  })

  it('keeps a known key when a refresh fails, and retries once a minute', async () => {
    await findKey('first')
    plaid.answer(() => ({ status: 502, body: '<html>' }))
    pass(DAY)
    expect(await findKey('first')).not.toBeNull()
    const { length } = plaid.asked
    expect(await findKey('first')).not.toBeNull()
    expect(plaid.asked).toHaveLength(length)
    plaid.answer(() => plaidError('INVALID_INPUT', 'INVALID_WEBHOOK_VERIFICATION_KEY_ID'))
    pass(61_000)
    expect(await findKey('first')).toBeNull()
  })

  it('requests again after Plaid was down, instead of treating the key as unknown', async () => {
    plaid.answer(() => ({ status: 502, body: '<html>' }))
    expect(await integrationErrorOf(findKey('first'))).toMatchObject({
      code: 'BAD_RESPONSE',
      retryable: true,
      outage: true
    })
    resetBreakers()
    plaid.answer(() => ({ body: { key: known.get('first')?.jwk, request_id: 'req-1' } }))
    expect(await findKey('first')).not.toBeNull()
  })

  it('waits a minute for the next refresh after a failed one', async () => {
    await findKey('first')
    plaid.answer(() => ({ status: 502, body: '<html>' }))
    pass(DAY)
    await findKey('first')
    const { length } = plaid.asked
    resetBreakers()
    pass(59_000)
    await findKey('first')
    expect(plaid.asked).toHaveLength(length)
    pass(2_000)
    await findKey('first')
    expect(plaid.asked.length).toBeGreaterThan(length)
  })

  it('asks again when Plaid fails once', async () => {
    plaid.answer(() =>
      plaid.asked.length === 1
        ? { status: 502, body: '<html>' }
        : { body: { key: known.get('first')?.jwk, request_id: 'req-1' } }
    )
    expect(await findKey('first')).not.toBeNull()
    expect(plaid.asked).toHaveLength(2)
  })

  it('treats an id that Plaid calls an invalid field as unknown', async () => {
    plaid.answer(() => plaidError('INVALID_REQUEST', 'INVALID_FIELD'))
    expect(await findKey('first')).toBeNull()
  })

  it('does not treat our own wrong keys as an unknown id', async () => {
    plaid.answer(() => plaidError('INVALID_INPUT', 'INVALID_API_KEYS'))
    expect(await integrationErrorOf(findKey('first'))).toMatchObject({
      code: 'INVALID_API_KEYS',
      outage: true
    })
  })

  it.each([
    ['of another kind', { kty: 'RSA', n: 'x', e: 'AQAB' }],
    ['on another curve', { kty: 'EC', crv: 'P-384', x: 'x', y: 'y' }]
  ])('refuses a key %s', async (_, key) => {
    plaid.answer(() => ({ body: { key, request_id: 'req-1' } }))
    expect(await integrationErrorOf(findKey('first'))).toMatchObject({ code: 'BAD_RESPONSE' })
  })

  it('refuses a key whose point is not on the curve, and lets Plaid retry', async () => {
    const key = { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }
    plaid.answer(() => ({ body: { key, request_id: 'req-1' } }))
    expect(await integrationErrorOf(findKey('first'))).toMatchObject({
      service: 'plaid',
      code: 'BAD_RESPONSE',
      retryable: true
    })
  })
})
