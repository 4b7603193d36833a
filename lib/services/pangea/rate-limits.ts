import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'

/** Calls per user across all processes, for routes that declare the name. */
const RATE_LIMITS = {
  'bank.connect': { limit: 20, windowMs: 60_000 },
  'bank.exchange': { limit: 20, windowMs: 60_000 },
  'bank.sync': { limit: 10, windowMs: 60_000 },
  'bank.disconnect': { limit: 20, windowMs: 60_000 },
  'bank.sandbox_action': { limit: 30, windowMs: 60_000 },
  'application.submit': { limit: 10, windowMs: 60_000 },
  'application.phone': { limit: 20, windowMs: 60_000 },
  'application.document': { limit: 30, windowMs: 60_000 },
  'account.statement': { limit: 20, windowMs: 60_000 },
  'account.strategy': { limit: 10, windowMs: 60_000 },
  'account.reveal': { limit: 20, windowMs: 60_000 },
  'account.confirmation': { limit: 20, windowMs: 60_000 },
  'funding.link': { limit: 20, windowMs: 60_000 },
  'transfer.prepare': { limit: 20, windowMs: 60_000 },
  'transfer.confirm': { limit: 10, windowMs: 60_000 },
  'me.export': { limit: 5, windowMs: 60_000 },
  'me.delete': { limit: 10, windowMs: 60_000 },
  'transactions.edit': { limit: 240, windowMs: 60_000 },
  'transactions.bulk': { limit: 30, windowMs: 60_000 },
  'rules.change': { limit: 30, windowMs: 60_000 },
  'asset.change': { limit: 60, windowMs: 60_000 },
  'link.event': { limit: 120, windowMs: 60_000 }
} as const

export type LimitName = keyof typeof RATE_LIMITS

/**
 * Consumes one call; the route wrapper calls it for every route with a limit. @throws RequestError
 * too_many_requests with the wait.
 */
export async function requireRateLimit(actor: UserActor, name: LimitName): Promise<void> {
  const { allowed, retryAfterMs } = await DataService.consumeRateLimit(
    actor,
    name,
    RATE_LIMITS[name]
  )
  if (!allowed)
    throw new RequestError(
      'too_many_requests',
      'Too many tries in a short time. Wait a minute, then try again.',
      { retryAfterMs }
    )
}

/** Cooldown per connection after a requested sync (contracts: Plaid §2, limits per Item). */
export const REFRESH_COOLDOWN_MS = 30_000

/** @throws RequestError too_many_requests with the wait. */
export async function requireCooldown(actor: UserActor, connectionId: string): Promise<void> {
  const { allowed, retryAfterMs } = await DataService.consumeRateLimit(
    actor,
    `bank.refresh.${connectionId}`,
    { limit: 1, windowMs: REFRESH_COOLDOWN_MS }
  )
  if (allowed) return
  const seconds = Math.ceil(retryAfterMs / 1_000)
  throw new RequestError(
    'too_many_requests',
    `We just checked this bank. You can check again in ${seconds} seconds.`,
    { retryAfterMs }
  )
}
