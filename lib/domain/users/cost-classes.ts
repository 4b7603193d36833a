import type { Vendor } from '@/lib/domain/jobs/webhook-effects'

/**
 * Limits of signed-in routes, by what a call costs.
 *
 * read, report: our database, counted in the process, because a write for each read would cost more
 * than the read · write: a change · vendor: calls a vendor while the user waits · export: reads all
 * rows of a user · guess: checks something that could be guessed · stream: an open response.
 */
export type CostClass = 'read' | 'report' | 'write' | 'vendor' | 'export' | 'guess' | 'stream'

export type Budget = { limit: number; windowMs: number }
export type RateLimit = Budget & { cost: CostClass; vendor?: Vendor }

const MINUTE = 60_000
const DAY = 24 * 3_600_000
const per =
  (cost: CostClass, windowMs = MINUTE) =>
  (limit: number): RateLimit => ({ cost, limit, windowMs })
const vendor = (name: NonNullable<RateLimit['vendor']>, limit: number): RateLimit => ({
  ...per('vendor')(limit),
  vendor: name
})
const write = per('write')

/** Calls per user, by the name that a route declares. */
export const RATE_LIMITS = {
  read: per('read')(1_200),
  report: per('report')(300),
  'admin.read': per('read')(300),
  'admin.change': write(60),
  'bank.connect': vendor('plaid', 20),
  'bank.hosted': vendor('plaid', 60),
  'bank.exchange': vendor('plaid', 20),
  'bank.sync': vendor('plaid', 10),
  'bank.resume': write(60),
  'bank.disconnect': vendor('plaid', 20),
  'bank.sandbox_action': vendor('plaid', 30),
  'application.draft': write(120),
  'application.agreements': per('guess', DAY)(20),
  'application.consent': vendor('jiko', 20),
  'application.submit': vendor('jiko', 10),
  'application.phone': vendor('clerk', 20),
  'application.document': vendor('jiko', 30),
  'account.read': vendor('jiko', 120),
  'account.statement': vendor('jiko', 20),
  'account.strategy': vendor('jiko', 10),
  'account.reveal': vendor('jiko', 20),
  'account.confirmation': vendor('jiko', 20),
  'funding.link': vendor('jiko', 20),
  'transfer.prepare': write(20),
  'transfer.confirm': vendor('jiko', 10),
  'me.change': write(120),
  'me.export': per('export')(5),
  'me.export_check': write(20),
  'me.delete': write(10),
  'transactions.edit': write(240),
  'transactions.bulk': write(30),
  'transactions.export': per('export')(20),
  'rules.change': write(30),
  'asset.change': write(60),
  'link.event': write(120),
  'events.stream': per('stream')(120)
} as const satisfies Record<string, RateLimit>

export type LimitName = keyof typeof RATE_LIMITS

/**
 * Rows that a user reads page by page. A whole history is read by an export, which asks for a
 * reverification; an open list reads its pages again after each change.
 */
export const PAGED_ROWS: Budget = { limit: 100_000, windowMs: 10 * MINUTE }

/** Calls of public routes per network of clients, by the name that a route declares. */
export const NETWORK_LIMITS = {
  locks: { limit: 30, windowMs: 60 * MINUTE },
  esign: { limit: 600, windowMs: 60 * MINUTE }
} as const satisfies Record<string, Budget>
export type NetworkLimitName = keyof typeof NETWORK_LIMITS
/** Uses of one link of an e-mail or a test page; one is enough. */
export const LOCK_LINK_LIMIT: Budget = { limit: 10, windowMs: 60 * MINUTE }

/** All vendor calls of one user, over all routes. */
export const USER_VENDOR_BUDGET: Budget = { limit: 240, windowMs: MINUTE }
/** Calls of one vendor by all users together, so that a crowd does not exhaust the vendor's limit. */
export const VENDOR_BUDGET: Budget = { limit: 1_200, windowMs: MINUTE }
/** Open streams of one user in one process: more than a person has browsers. */
export const MAX_STREAMS = 20
