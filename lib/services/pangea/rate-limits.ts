import 'server-only'
import { type Actor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import {
  type Budget,
  type LimitName,
  LOCK_LINK_LIMIT,
  MAX_STREAMS,
  NETWORK_LIMITS,
  type NetworkLimitName,
  PAGED_ROWS,
  RATE_LIMITS,
  type RateLimit,
  USER_VENDOR_BUDGET,
  VENDOR_BUDGET
} from '@/lib/domain/users/cost-classes'
import { clientNetwork } from '@/lib/platform/client-address'
import { sha256 } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import { consumeLocalBudget } from '@/lib/platform/local-budget'
import * as DataService from '@/lib/services/data'
import { countStreams } from '@/lib/services/pangea/users/watch-changes'

export type { LimitName, NetworkLimitName } from '@/lib/domain/users/cost-classes'

type Answer = { allowed: boolean; retryAfterMs: number }

/**
 * Consumes one call; the route wrapper calls it for every signed-in route. A refused call takes
 * nothing from the budgets that are shared.
 * @throws RequestError too_many_requests with the wait.
 */
export async function requireRateLimit(actor: UserActor, name: LimitName): Promise<void> {
  const rule: RateLimit = RATE_LIMITS[name]
  if (rule.cost === 'read' || rule.cost === 'report')
    return requireAllowed(name, consumeLocalBudget(`${name}:${actor.userId}`, rule))
  if (rule.cost === 'stream') requireFewStreams(actor)
  await requireStored(actor, name, rule)
  if (!rule.vendor) return
  await requireStored(actor, 'vendor', USER_VENDOR_BUDGET)
  await requireStored(everybody, `vendor.${rule.vendor}`, VENDOR_BUDGET)
}

/** Consumes the rows of a page before they are read. @throws RequestError too_many_requests with the wait. */
export const requireRowQuota = ({ userId }: UserActor, rows: number): void =>
  requireAllowed('transactions.rows', consumeLocalBudget(`rows:${userId}`, PAGED_ROWS, rows))

/**
 * Consumes one call of a public route for the client's network; clients whose network is unknown
 * share one budget. @throws RequestError too_many_requests with the wait.
 */
export const requireNetworkLimit = (headers: Headers, name: NetworkLimitName): Promise<void> =>
  requireStored(
    systemActor(clientNetwork(headers) ?? 'unknown'),
    `network.${name}`,
    NETWORK_LIMITS[name]
  )

/** Consumes one use of a link that works without a session. @throws RequestError too_many_requests with the wait. */
export const requireLinkLimit = (token: string): Promise<void> =>
  requireStored(systemActor(sha256(token)), 'lock.link', LOCK_LINK_LIMIT)

const everybody = systemActor('all-users')

const requireStored = async (actor: Actor, name: string, budget: Budget): Promise<void> =>
  requireAllowed(name, await DataService.consumeRateLimit(actor, name, budget))

function requireAllowed(rule: string, { allowed, retryAfterMs }: Answer): void {
  if (allowed) return
  throw new RequestError(
    'too_many_requests',
    `Too many tries in a short time. ${wait(retryAfterMs)}`,
    {
      retryAfterMs,
      rule
    }
  )
}

function wait(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000)
  if (minutes <= 1) return 'Wait a minute, then try again.'
  if (minutes < 60) return `Wait ${minutes} minutes, then try again.`
  const hours = Math.ceil(minutes / 60)
  return hours === 1 ? 'Try again in an hour.' : `Try again in ${hours} hours.`
}

function requireFewStreams({ userId }: UserActor): void {
  requireAllowed('events.streams', {
    allowed: countStreams(userId) < MAX_STREAMS,
    retryAfterMs: 60_000
  })
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
    { retryAfterMs, rule: 'bank.refresh' }
  )
}
