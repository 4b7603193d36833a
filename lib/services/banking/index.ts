import 'server-only'
import { z } from 'zod'
import type { Agreements } from '../../domain/application'
import type { ReadWebhook } from '../../domain/effects'
import { IntegrationError } from '../../platform/errors'
import { callJiko } from './client'
import {
  type ApplicationFacts,
  type BankApplication,
  type BankPocket,
  type BankPortal,
  type PocketTransaction,
  type Strategy,
  toAgreements,
  toApplicationBody,
  toBankApplication,
  toBankPocket,
  toBankPortals,
  toPocketTransaction,
  toStrategies
} from './map'
import { toReadWebhook } from './webhook'
import { cursorList, JikoAgreements, JikoApplication, JikoEvent, JikoPocket, JikoPortals, JikoStrategies, JikoTransaction } from './wire'

export { ensureSubscription } from './subscription'
export { readWebhook, verifyWebhook } from './webhook'
export type { ApplicationFacts, BankApplication, BankPocket, BankPortal, PocketTransaction, Strategy }

/** On whose behalf the bank is asked; kept in the call log only. */
export type OnBehalf = { userId?: string | undefined }

/** The documents a person has to agree to, as they are now. @throws IntegrationError (contracts: Jiko §2). */
export async function listAgreements({ userId }: OnBehalf = {}): Promise<Agreements> {
  return toAgreements(await callJiko({ method: 'GET', route: '/api/v1/agreements/', userId }, JikoAgreements))
}

/**
 * Creates an application; nothing is checked before `applyForAccount`. The number is in this request and nowhere else.
 * The same facts under the same key, within the hour, are one application.
 * @throws IntegrationError: REFUSED when the bank cannot accept the facts (`type` names fields), KEY_USED when it only says that the key was seen.
 */
export async function createApplication(request: { facts: ApplicationFacts; ssn: string; idempotencyKey: string } & OnBehalf): Promise<BankApplication> {
  const { facts, ssn, idempotencyKey, userId } = request
  const body = toApplicationBody(facts, ssn)
  return toBankApplication(await callJiko({ method: 'POST', route: '/api/v1/applications/', body, idempotencyKey, userId }, JikoApplication))
}

/**
 * Hands the application to the bank's check. May be repeated: where the bank calls it a repeat, the application is read instead.
 * @returns the application, whose status may be any by now. @throws IntegrationError (contracts: Jiko §2).
 */
export async function applyForAccount(request: { jikoApplicationId: string; idempotencyKey: string } & OnBehalf): Promise<BankApplication> {
  const { jikoApplicationId, idempotencyKey, userId } = request
  const route = '/api/v1/applications/{application_id}/apply/'
  try {
    return toBankApplication(await callJiko({ method: 'POST', route, ids: [jikoApplicationId], idempotencyKey, userId }, JikoApplication))
  } catch (thrown) {
    if (!(thrown instanceof IntegrationError) || (thrown.code !== 'KEY_USED' && thrown.code !== 'PRECONDITION_FAILED')) throw thrown
    const application = await getApplication(jikoApplicationId, { userId })
    if (application.status === 'CREATED') throw thrown
    return application
  }
}

/** The application as the bank sees it now. @throws IntegrationError NOT_FOUND. */
export async function getApplication(jikoApplicationId: string, { userId }: OnBehalf = {}): Promise<BankApplication> {
  const request = { method: 'GET', route: '/api/v1/applications/{application_id}/', ids: [jikoApplicationId], userId } as const
  return toBankApplication(await callJiko(request, JikoApplication))
}

/** Inferred from where the published update call sits; the bank's page on creating pockets was not to be had (contracts: Jiko §3). */
const CUSTOMER_POCKETS = '/api/v2/customers/{customer_id}/pockets/'
/** The shortest bills, until a person can choose; constant, so that a repeat under one key has the same bytes. */
const FIRST_STRATEGY = 'UST-4W'

/** The customer's pocket that is not closed; null when there is none. Approval may have opened one by itself. @throws IntegrationError. */
export async function findPocket(customerId: string, { userId }: OnBehalf = {}): Promise<BankPocket | null> {
  const request = { method: 'GET', route: CUSTOMER_POCKETS, ids: [customerId], query: { limit: '100' }, userId } as const
  const { items } = await callJiko(request, cursorList(JikoPocket))
  return items.map(toBankPocket).find(({ status }) => status !== 'CLOSED') ?? null
}

/** Opens a pocket for an approved customer. @throws IntegrationError; KEY_USED means that it may exist: find it. */
export async function openPocket(request: { customerId: string; name: string; strategyId?: string; idempotencyKey: string } & OnBehalf): Promise<BankPocket> {
  const { customerId, name, strategyId = FIRST_STRATEGY, idempotencyKey, userId } = request
  const body = JSON.stringify({ pocket_name: name, deposit_strategy_id: strategyId, reinvestment_strategy_id: strategyId })
  return toBankPocket(await callJiko({ method: 'POST', route: CUSTOMER_POCKETS, ids: [customerId], body, idempotencyKey, userId }, JikoPocket))
}

/** Status and balance now; the balance is null while the pocket has no portfolio. @throws IntegrationError NOT_FOUND. */
export async function getPocket(jikoPocketId: string, { userId }: OnBehalf = {}): Promise<BankPocket> {
  return toBankPocket(await callJiko({ method: 'GET', route: '/api/v2/pockets/{pocket_id}/', ids: [jikoPocketId], userId }, JikoPocket))
}

/** Routing and account numbers that reach the pocket. Version 1, whose paths are published; a pocket's id is its account's (contracts: Jiko §3). */
export async function listPortals(jikoPocketId: string, { userId }: OnBehalf = {}): Promise<BankPortal[]> {
  return toBankPortals(await callJiko({ method: 'GET', route: '/api/v1/jiko-accounts/{account_id}/portals/', ids: [jikoPocketId], userId }, JikoPortals))
}

/** What a pocket's money can be invested in; yields are decimal texts. @throws IntegrationError. */
export async function listStrategies({ userId }: OnBehalf = {}): Promise<Strategy[]> {
  return toStrategies(await callJiko({ method: 'GET', route: '/api/v2/trading-strategies/', userId }, JikoStrategies))
}

/** One page of a pocket's movements, newest first; pass `next` on to go on. @throws IntegrationError. */
export async function listPocketTransactions(
  jikoPocketId: string,
  cursor: string | null = null,
  { userId }: OnBehalf = {}
): Promise<{ items: PocketTransaction[]; next: string | null }> {
  const query = { order: 'desc', limit: '100', ...(cursor ? { cursor } : {}) }
  const request = { method: 'GET', route: '/api/v2/pockets/{pocket_id}/transactions/', ids: [jikoPocketId], query, userId } as const
  const { items, next_page } = await callJiko(request, cursorList(JikoTransaction))
  return { items: items.map(toPocketTransaction), next: next_page }
}

export type BankEvent = { eventId: string; at: string; read: ReadWebhook }

/** One page of what happened after an instant, whether or not a webhook came through (contracts: Jiko §6). @throws IntegrationError. */
export async function listEvents(after: Date, cursor: string | null = null): Promise<{ items: BankEvent[]; next: string | null }> {
  const query = { after: after.toISOString(), limit: '100', ...(cursor ? { cursor } : {}) }
  const { items, next_page } = await callJiko({ method: 'GET', route: '/api/v1/events/', query }, cursorList(z.object({ event: JikoEvent })))
  return { items: items.map(({ event }) => ({ eventId: event.event_id, at: event.timestamp, read: toReadWebhook(event) })), next: next_page }
}
