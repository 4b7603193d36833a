import 'server-only'
import { z } from 'zod'
import type { ParsedWebhook } from '@/lib/domain/jobs/webhook-effects'
import type { Agreements } from '@/lib/domain/onboarding/application'
import { isIntegrationError } from '@/lib/platform/errors'
import { callJiko, uploadFile } from '@/lib/services/jiko/client'
import {
  type ApplicationDetails,
  type BankApplication,
  type BankPocket,
  type BankPortal,
  type InvestmentStrategy,
  type PocketSecurity,
  type PocketTransaction,
  type Statement,
  toAgreements,
  toApplicationBody,
  toBankApplication,
  toBankPocket,
  toBankPortals,
  toPocketTransaction,
  toStatement,
  toStrategies
} from '@/lib/services/jiko/map'
import { toParsedWebhook } from '@/lib/services/jiko/webhook'
import {
  JikoAgreements,
  JikoApplication,
  JikoEvent,
  JikoPocket,
  JikoPortals,
  JikoStatement,
  JikoStrategies,
  JikoTransaction,
  JikoUpload,
  paginated
} from '@/lib/services/jiko/wire'

export {
  closeCustomer as releaseCustomer,
  findRemainingBalance as findMoneyLeft
} from '@/lib/services/jiko/close-customer'
export { findTradeConfirmation, listTrades, type Trade } from '@/lib/services/jiko/trades'
export {
  type BankTransfer,
  createCounterparties,
  createFundingLink,
  createTransfer,
  type FundingLinkResult as LinkedAtBank,
  getCounterparty,
  listTransfers,
  type TransferRequest as TransferOrder,
  verifyCounterparty
} from '@/lib/services/jiko/transfers'
export { parseWebhook as readWebhook, verifyWebhook } from '@/lib/services/jiko/webhook'
export { ensureSubscription } from '@/lib/services/jiko/webhook-subscription'
export type {
  ApplicationDetails as ApplicationFacts,
  BankApplication,
  BankPocket,
  BankPortal,
  InvestmentStrategy as Strategy,
  PocketSecurity as Security,
  PocketTransaction,
  Statement
}

/** The user of a call, for the call log only. */
export type CallContext = { userId?: string | undefined }

/** The current agreements. @throws IntegrationError (contracts: Jiko §2). */
export async function listAgreements({ userId }: CallContext = {}): Promise<Agreements> {
  return toAgreements(
    await callJiko({ method: 'GET', route: '/api/v1/agreements/', userId }, JikoAgreements)
  )
}

/**
 * Creates an application; Jiko checks nothing before `applyForAccount`. The SSN is in this request
 * and nowhere else. The same facts under the same key within an hour are one application.
 * @throws IntegrationError: REFUSED if Jiko cannot accept the facts (`type` names fields),
 * KEY_USED if it only reports that it saw the key.
 */
export async function createApplication(
  request: { facts: ApplicationDetails; ssn: string; idempotencyKey: string } & CallContext
): Promise<BankApplication> {
  const { facts, ssn, idempotencyKey, userId } = request
  const body = toApplicationBody(facts, ssn)
  return toBankApplication(
    await callJiko(
      { method: 'POST', route: '/api/v1/applications/', body, idempotencyKey, userId },
      JikoApplication
    )
  )
}

/**
 * Submits the application for review. Idempotent: if Jiko reports a repeat, the application is
 * read instead.
 * @returns the application with its current status. @throws IntegrationError (contracts: Jiko §2).
 */
export async function applyForAccount(
  request: { jikoApplicationId: string; idempotencyKey: string } & CallContext
): Promise<BankApplication> {
  const { jikoApplicationId, idempotencyKey, userId } = request
  const route = '/api/v1/applications/{application_id}/apply/'
  try {
    return toBankApplication(
      await callJiko(
        { method: 'POST', route, ids: [jikoApplicationId], idempotencyKey, userId },
        JikoApplication
      )
    )
  } catch (thrown) {
    if (
      !isIntegrationError(thrown) ||
      (thrown.code !== 'KEY_USED' && thrown.code !== 'PRECONDITION_FAILED')
    )
      throw thrown
    const application = await getApplication(jikoApplicationId, { userId })
    if (application.status === 'CREATED') throw thrown
    return application
  }
}

/** The application's current state. @throws IntegrationError NOT_FOUND. */
export async function getApplication(
  jikoApplicationId: string,
  { userId }: CallContext = {}
): Promise<BankApplication> {
  const request = {
    method: 'GET',
    route: '/api/v1/applications/{application_id}/',
    ids: [jikoApplicationId],
    userId
  } as const
  return toBankApplication(await callJiko(request, JikoApplication))
}

export type DocumentFile = { contentType: string; length: number; body: ReadableStream<Uint8Array> }

/**
 * Streams one document to Jiko; a second one of the same type replaces the first.
 * @throws IntegrationError: PRECONDITION_FAILED if already approved, REFUSED if Jiko rejects the
 * file (contracts: Jiko §2).
 */
export async function uploadDocument(
  request: {
    jikoApplicationId: string
    type: string
    file: DocumentFile
    idempotencyKey: string
  } & CallContext
): Promise<void> {
  const { jikoApplicationId, type, file, idempotencyKey, userId } = request
  const route = '/api/v1/applications/{application_id}/documents/{document_type}/file/'
  await uploadFile(
    { route, ids: [jikoApplicationId, type], ...file, idempotencyKey, userId },
    JikoUpload
  )
}

/**
 * Inferred from the published update call; Jiko's page on creating pockets was not available
 * (contracts: Jiko §3).
 */
const CUSTOMER_POCKETS = '/api/v2/customers/{customer_id}/pockets/'
/**
 * Default strategy: the shortest Treasury bills. Constant, so that a retry under one key has the
 * same bytes.
 */
const DEFAULT_STRATEGY = 'UST-4W'

/** The customer's open pocket; null if none. Approval may create one. @throws IntegrationError. */
export async function findOpenPocket(
  customerId: string,
  { userId }: CallContext = {}
): Promise<BankPocket | null> {
  const request = {
    method: 'GET',
    route: CUSTOMER_POCKETS,
    ids: [customerId],
    query: { limit: '100' },
    userId
  } as const
  const { items } = await callJiko(request, paginated(JikoPocket))
  return items.map(toBankPocket).find(({ status }) => status !== 'CLOSED') ?? null
}

/**
 * Opens a pocket for an approved customer. @throws IntegrationError; KEY_USED means that it may
 * exist: find it.
 */
export async function openPocket(
  request: {
    customerId: string
    name: string
    strategyId?: string
    idempotencyKey: string
  } & CallContext
): Promise<BankPocket> {
  const { customerId, name, strategyId = DEFAULT_STRATEGY, idempotencyKey, userId } = request
  const body = JSON.stringify({
    pocket_name: name,
    deposit_strategy_id: strategyId,
    reinvestment_strategy_id: strategyId
  })
  return toBankPocket(
    await callJiko(
      { method: 'POST', route: CUSTOMER_POCKETS, ids: [customerId], body, idempotencyKey, userId },
      JikoPocket
    )
  )
}

/**
 * The pocket's status and balance; the balance is null without a portfolio. @throws
 * IntegrationError NOT_FOUND.
 */
export async function getPocket(
  jikoPocketId: string,
  { userId }: CallContext = {}
): Promise<BankPocket> {
  return toBankPocket(
    await callJiko(
      { method: 'GET', route: '/api/v2/pockets/{pocket_id}/', ids: [jikoPocketId], userId },
      JikoPocket
    )
  )
}

/**
 * The pocket's routing and account numbers. Version 1, whose paths are published; a pocket's id
 * equals its account's (contracts: Jiko §3).
 */
export async function listPortals(
  jikoPocketId: string,
  { userId }: CallContext = {}
): Promise<BankPortal[]> {
  return toBankPortals(
    await callJiko(
      {
        method: 'GET',
        route: '/api/v1/jiko-accounts/{account_id}/portals/',
        ids: [jikoPocketId],
        userId
      },
      JikoPortals
    )
  )
}

/** The available strategies; yields are decimal text. @throws IntegrationError. */
export async function listStrategies({ userId }: CallContext = {}): Promise<InvestmentStrategy[]> {
  return toStrategies(
    await callJiko({ method: 'GET', route: '/api/v2/trading-strategies/', userId }, JikoStrategies)
  )
}

/**
 * One page of a pocket's transactions, newest first; `next` continues. @throws IntegrationError.
 */
export async function listPocketTransactions(
  jikoPocketId: string,
  { cursor = null, limit = 100 }: { cursor?: string | null; limit?: number } = {},
  { userId }: CallContext = {}
): Promise<{ items: PocketTransaction[]; next: string | null }> {
  const query = { order: 'desc', limit: String(limit), ...(cursor ? { cursor } : {}) }
  const request = {
    method: 'GET',
    route: '/api/v2/pockets/{pocket_id}/transactions/',
    ids: [jikoPocketId],
    query,
    userId
  } as const
  const { items, next_page } = await callJiko(request, paginated(JikoTransaction))
  return { items: items.map(toPocketTransaction), next: next_page }
}

/**
 * Sets the strategy for new and maturing money; uses the path of the published update call.
 * @throws IntegrationError.
 */
export async function chooseStrategy(
  request: { customerId: string; jikoPocketId: string; strategyId: string } & CallContext
): Promise<BankPocket> {
  const { customerId, jikoPocketId, strategyId, userId } = request
  const body = JSON.stringify({
    deposit_strategy_id: strategyId,
    reinvestment_strategy_id: strategyId
  })
  const route = `${CUSTOMER_POCKETS}{pocket_id}/`
  return toBankPocket(
    await callJiko(
      { method: 'PATCH', route, ids: [customerId, jikoPocketId], body, userId },
      JikoPocket
    )
  )
}

/**
 * One page of statements and tax forms, newest first, without links. @throws IntegrationError
 * (contracts: Jiko §3).
 */
export async function listStatements(
  customerId: string,
  { cursor = null, limit = 30 }: { cursor?: string | null; limit?: number } = {},
  { userId }: CallContext = {}
): Promise<{ items: Statement[]; next: string | null }> {
  const { items, next_page } = await fetchStatements(customerId, { cursor, limit, userId })
  return { items: items.map(toStatement), next: next_page }
}

/**
 * A link to one statement, valid for ten minutes; null if the customer has no such statement.
 * @throws IntegrationError.
 */
export async function findStatementLink(
  customerId: string,
  jikoStatementId: string,
  { userId }: CallContext = {}
): Promise<string | null> {
  for (let cursor: string | null = null, page = 0; page < MAX_STATEMENT_PAGES; page++) {
    const { items, next_page }: z.output<ReturnType<typeof statementPage>> = await fetchStatements(
      customerId,
      { cursor, limit: 150, userId }
    )
    const found = items.find(({ id }) => id === jikoStatementId)
    if (found || !next_page) return found?.pdf_download_url ?? null
    cursor = next_page
  }
  return null
}

/** Six years of all statement types fit into fewer pages of 150. */
const MAX_STATEMENT_PAGES = 5
const statementPage = () => paginated(JikoStatement)

function fetchStatements(
  customerId: string,
  { cursor, limit, userId }: { cursor: string | null; limit: number } & CallContext
) {
  const query = { order: 'desc', limit: String(limit), ...(cursor ? { cursor } : {}) }
  return callJiko(
    {
      method: 'GET',
      route: '/api/v1/customers/{customer_id}/statements/',
      ids: [customerId],
      query,
      userId
    },
    statementPage()
  )
}

export type BankEvent = { eventId: string; at: string; webhook: ParsedWebhook }

/**
 * One page of events after an instant, independent of webhooks (contracts: Jiko §6). @throws
 * IntegrationError.
 */
export async function listEvents(
  after: Date,
  cursor: string | null = null
): Promise<{ items: BankEvent[]; next: string | null }> {
  const query = { after: after.toISOString(), limit: '100', ...(cursor ? { cursor } : {}) }
  const { items, next_page } = await callJiko(
    { method: 'GET', route: '/api/v1/events/', query },
    paginated(z.object({ event: JikoEvent }))
  )
  return {
    items: items.map(({ event }) => ({
      eventId: event.event_id,
      at: event.timestamp,
      webhook: toParsedWebhook(event)
    })),
    next: next_page
  }
}
