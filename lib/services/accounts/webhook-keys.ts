import 'server-only'
import { importJWK } from 'jose'
import { IntegrationError, RequestError } from '../../platform/errors'
import { once } from '../../platform/globals'
import { callPlaid } from './client'
import { KeyAnswer } from './wire'

type Key = Awaited<ReturnType<typeof importJWK>>
type Entry = { key: Promise<Key | null>; until: number }

const GOOD_FOR_MS = 24 * 3_600_000
const UNKNOWN_FOR_MS = 10 * 60_000
/** Anyone can post a made-up key id and have us ask Plaid about it: so many look-ups a minute and no more. */
const LOOKUPS_PER_MINUTE = 30
/** Plaid counts a webhook as lost after 10 seconds, storing it included. */
const DEADLINE_MS = 5_000

const state = () => once('plaid.webhook-keys', () => ({ entries: new Map<string, Entry>(), lookups: [] as number[] }))

/**
 * The public key with this id; null when Plaid knows none or has retired it. Kept for a day, and as an unknown one for ten minutes.
 * @throws IntegrationError when Plaid cannot be asked; RequestError too_many_requests when too many unknown ids came.
 */
export async function findKey(kid: string): Promise<Key | null> {
  const { entries } = state()
  const known = entries.get(kid)
  if (known && known.until > Date.now()) return known.key
  spendLookup()
  for (const [id, { until }] of entries) if (until <= Date.now()) entries.delete(id)
  const entry: Entry = { key: fetchKey(kid), until: Date.now() + GOOD_FOR_MS }
  // Stored before it is answered, so that a burst of webhooks asks once.
  entries.set(kid, entry)
  try {
    const key = await entry.key
    if (!key) entry.until = Date.now() + UNKNOWN_FOR_MS
    return key
  } catch (thrown) {
    if (entries.get(kid) === entry) entries.delete(kid)
    throw thrown
  }
}

function spendLookup(): void {
  const shared = state()
  shared.lookups = shared.lookups.filter((at) => at > Date.now() - 60_000)
  if (shared.lookups.length >= LOOKUPS_PER_MINUTE)
    throw new RequestError('too_many_requests', 'Too many unknown keys. Try again in a minute.', { retryAfterMs: 60_000 })
  shared.lookups.push(Date.now())
}

async function fetchKey(kid: string): Promise<Key | null> {
  const about = { method: '/webhook_verification_key/get', retry: true, deadlineMs: DEADLINE_MS }
  try {
    const { key } = await callPlaid(about, KeyAnswer, (api, options) => api.webhookVerificationKeyGet({ key_id: kid }, options))
    if (key.expired_at) return null
    return await importJWK({ kty: key.kty, crv: key.crv, x: key.x, y: key.y }, 'ES256')
  } catch (thrown) {
    if (!(thrown instanceof IntegrationError)) throw new IntegrationError({ service: 'plaid', code: 'BAD_RESPONSE', retryable: true })
    if (thrown.code === 'INVALID_WEBHOOK_VERIFICATION_KEY_ID' || thrown.code === 'INVALID_FIELD') return null
    throw thrown
  }
}
