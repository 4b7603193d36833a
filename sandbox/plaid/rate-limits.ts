/** Plaid's documented sandbox limits per minute (contract §2). Off until switched on. */
import { PlaidApiError } from '@/sandbox/plaid/errors'

type Limit = { perItem: number | null; perClient: number | null; code: string }

const LIMITS: Record<string, Limit> = {
  '/transactions/sync': { perItem: 50, perClient: 1_000, code: 'TRANSACTIONS_SYNC_LIMIT' },
  '/transactions/refresh': { perItem: 2, perClient: 100, code: 'TRANSACTIONS_REFRESH_LIMIT' },
  '/transactions/recurring/get': { perItem: 20, perClient: 1_000, code: 'RATE_LIMIT' },
  '/transactions/get': { perItem: 80, perClient: 1_000, code: 'TRANSACTIONS_LIMIT' },
  '/accounts/get': { perItem: 100, perClient: 5_000, code: 'ACCOUNTS_LIMIT' },
  '/accounts/balance/get': { perItem: 25, perClient: 100, code: 'BALANCE_LIMIT' },
  '/auth/get': { perItem: 100, perClient: 500, code: 'AUTH_LIMIT' },
  '/identity/get': { perItem: 100, perClient: 1_000, code: 'IDENTITY_LIMIT' },
  '/identity/match': { perItem: 100, perClient: 1_000, code: 'IDENTITY_LIMIT' },
  '/item/get': { perItem: 40, perClient: 5_000, code: 'ITEM_GET_LIMIT' },
  '/item/remove': { perItem: 100, perClient: 500, code: 'RATE_LIMIT' },
  '/institutions/get': { perItem: null, perClient: 10, code: 'INSTITUTIONS_GET_LIMIT' },
  '/institutions/get_by_id': {
    perItem: null,
    perClient: 400,
    code: 'INSTITUTIONS_GET_BY_ID_LIMIT'
  },
  '/sandbox/transactions/create': { perItem: 2, perClient: 50, code: 'RATE_LIMIT' }
}

export type RateLimits = {
  enabled(next?: boolean): boolean
  consume(path: string, itemKey: string | undefined): void
  reset(): void
}

/**
 * Counts requests in a sliding minute of the given clock. `take` throws the route's limit code when
 * it is exceeded.
 */
export function createRateLimits(now: () => number): RateLimits {
  let on = false
  const requests = new Map<string, number[]>()
  const count = (key: string, max: number | null, code: string) => {
    if (max === null) return
    const recent = (requests.get(key) ?? []).filter((at) => at > now() - 60_000)
    if (recent.length >= max) throw new PlaidApiError(code)
    requests.set(key, [...recent, now()])
  }
  return {
    enabled: (next) => {
      if (next !== undefined) on = next
      return on
    },
    consume: (path, itemKey) => {
      const limit = on && Object.hasOwn(LIMITS, path) ? LIMITS[path] : undefined
      if (!limit) return
      if (itemKey) count(`${path} ${itemKey}`, limit.perItem, limit.code)
      count(path, limit.perClient, limit.code)
    },
    reset: () => {
      on = false
      requests.clear()
    }
  }
}
