import 'server-only'
import { importJWK } from 'jose'
import { uptime } from '@/lib/platform/clock'
import { IntegrationError, isIntegrationError, RequestError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { callPlaid } from '@/lib/services/plaid/client'
import { KeyResponse } from '@/lib/services/plaid/wire'

type Key = Awaited<ReturnType<typeof importJWK>>
type KnownKey = { key: Key; refreshAt: number; refreshing: Promise<Key | null> | null }
type UnknownId = { found: Promise<Key | null>; until: number }
/** Budgets for lookups of unknown ids, per minute. */
type LookupBudget = 'ours' | 'others'

const REFRESH_AFTER_MS = 24 * 3_600_000
const REFRESH_RETRY_MS = 60_000
const UNKNOWN_KEY_TTL_MS = 10 * 60_000
/** Anyone can post a made-up key id and make us call Plaid, so lookups are limited. */
const LOOKUPS_PER_MINUTE = 30
/** Plaid gives up on a webhook after 10 seconds, including our storing it. */
const DEADLINE_MS = 5_000

const state = () =>
  singleton('plaid.webhook-keys', () => ({
    known: new Map<string, KnownKey>(),
    unknown: new Map<string, UnknownId>(),
    lookups: { ours: [] as number[], others: [] as number[] }
  }))

/**
 * The public key with this id; null if Plaid does not know it or retired it. A known key is
 * refreshed daily and kept while Plaid is unreachable; an unknown id is cached for ten minutes.
 * Only unknown ids consume budget. Webhooks about our own Items have a separate budget, because a
 * forger does not know Item ids.
 * @throws IntegrationError if Plaid is unreachable; RequestError too_many_requests.
 */
export async function findKey(
  kid: string,
  isKnownItem: () => Promise<boolean>
): Promise<Key | null> {
  const cached = findCached(kid)
  if (cached) return cached
  const budget = (await isKnownItem()) ? 'ours' : 'others'
  return findCached(kid) ?? lookUp(kid, budget)
}

function findCached(kid: string): Promise<Key | null> | undefined {
  const { known, unknown } = state()
  const found = known.get(kid)
  if (found) return found.refreshAt > uptime() ? Promise.resolve(found.key) : refreshKey(kid, found)
  for (const [id, { until }] of unknown) if (until <= uptime()) unknown.delete(id)
  return unknown.get(kid)?.found
}

/** Caches the pending lookup, so that a burst of webhooks asks once. */
function lookUp(kid: string, budget: LookupBudget): Promise<Key | null> {
  spendLookup(budget)
  const { known, unknown } = state()
  const found = fetchKey(kid).then(
    (key) => {
      if (key) known.set(kid, { key, refreshAt: uptime() + REFRESH_AFTER_MS, refreshing: null })
      return key
    },
    (thrown: unknown) => {
      unknown.delete(kid)
      throw thrown
    }
  )
  unknown.set(kid, { found, until: uptime() + UNKNOWN_KEY_TTL_MS })
  return found
}

function refreshKey(kid: string, entry: KnownKey): Promise<Key | null> {
  entry.refreshing ??= fetchKey(kid)
    .then(
      (key) => {
        if (!key) state().known.delete(kid)
        entry.refreshAt = uptime() + REFRESH_AFTER_MS
        return key
      },
      () => {
        entry.refreshAt = uptime() + REFRESH_RETRY_MS
        return entry.key
      }
    )
    .finally(() => {
      entry.refreshing = null
    })
  return entry.refreshing
}

function spendLookup(budget: LookupBudget): void {
  const { lookups } = state()
  lookups[budget] = lookups[budget].filter((at) => at > uptime() - 60_000)
  if (lookups[budget].length >= LOOKUPS_PER_MINUTE)
    throw new RequestError('too_many_requests', 'Too many unknown keys. Try again in a minute.', {
      retryAfterMs: 60_000
    })
  lookups[budget].push(uptime())
}

async function fetchKey(kid: string): Promise<Key | null> {
  const about = { method: '/webhook_verification_key/get', retry: true, deadlineMs: DEADLINE_MS }
  try {
    const { key } = await callPlaid(about, KeyResponse, (api, options) =>
      api.webhookVerificationKeyGet({ key_id: kid }, options)
    )
    if (key.expired_at) return null
    return await importJWK({ kty: key.kty, crv: key.crv, x: key.x, y: key.y }, 'ES256')
  } catch (thrown) {
    if (!isIntegrationError(thrown))
      throw new IntegrationError({ service: 'plaid', code: 'BAD_RESPONSE', retryable: true })
    if (thrown.code === 'INVALID_WEBHOOK_VERIFICATION_KEY_ID' || thrown.code === 'INVALID_FIELD')
      return null
    throw thrown
  }
}
