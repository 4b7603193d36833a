import 'server-only'
import { z } from 'zod'
import type { ParsedWebhook } from '@/lib/domain/jobs/webhook-effects'
import type { Agreements } from '@/lib/domain/onboarding/application'
import { sha256 } from '@/lib/platform/crypto'
import { isIntegrationError } from '@/lib/platform/errors'
import { type CallContext, callJiko, type LeasedCall, uploadFile } from '@/lib/services/jiko/client'
import { downloadFile } from '@/lib/services/jiko/download'
import {
  type ApplicationDetails,
  type BankApplication,
  type BankPocket,
  type InvestmentStrategy,
  type PocketSecurity,
  type PocketTransaction,
  type Statement,
  toAgreements,
  toApplicationBody,
  toBankApplication
} from '@/lib/services/jiko/map'
import { toParsedWebhook } from '@/lib/services/jiko/webhook'
import {
  JikoAgreements,
  JikoApplication,
  JikoEvent,
  JikoUpload,
  paginated
} from '@/lib/services/jiko/wire'

export {
  closeCustomer,
  findRemainingBalance
} from '@/lib/services/jiko/close-customer'
export { getCustomerName } from '@/lib/services/jiko/customers'
export {
  chooseStrategy,
  findOpenPocket,
  findStatementLink,
  getPocket,
  listPocketTransactions,
  listPortals,
  listStatements,
  listStrategies,
  openPocket
} from '@/lib/services/jiko/pockets'
export { findTradeConfirmation, listTrades, type Trade } from '@/lib/services/jiko/trades'
export {
  type BankTransfer,
  createCounterparties,
  createFundingLink,
  createTransfer,
  type FundingLinkResult,
  getCounterparty,
  listTransfers,
  type TransferRequest,
  verifyCounterparty
} from '@/lib/services/jiko/transfers'
export { parseWebhook, verifyWebhook } from '@/lib/services/jiko/webhook'
export { ensureSubscription } from '@/lib/services/jiko/webhook-subscription'
export type {
  ApplicationDetails,
  BankApplication,
  BankPocket,
  CallContext,
  InvestmentStrategy,
  PocketSecurity,
  PocketTransaction,
  Statement
}

/** The current agreements. @throws IntegrationError (contracts: Jiko §2). */
export async function listAgreements({ userId }: CallContext = {}): Promise<Agreements> {
  return toAgreements(
    await callJiko({ method: 'GET', route: '/api/v1/agreements/', userId }, JikoAgreements)
  )
}

/**
 * The SHA-256 of the file at a document's address now. @throws IntegrationError if it cannot be read.
 */
export const hashDocument = async (context: CallContext, url: string): Promise<string> =>
  sha256(await downloadFile(url, context))

/**
 * Creates an application; Jiko checks nothing before `applyForAccount`. The SSN is in this request
 * and nowhere else. The same facts under the same key within an hour are one application.
 * @throws IntegrationError: REFUSED if Jiko cannot accept the facts (`type` names fields),
 * KEY_USED if it only reports that it saw the key.
 */
export async function createApplication(
  request: { facts: ApplicationDetails; ssn: string; idempotencyKey: string } & LeasedCall
): Promise<BankApplication> {
  const { facts, ssn, idempotencyKey, userId, beforeAttempt } = request
  const body = toApplicationBody(facts, ssn)
  return toBankApplication(
    await callJiko(
      {
        method: 'POST',
        route: '/api/v1/applications/',
        body,
        idempotencyKey,
        userId,
        beforeAttempt
      },
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
  request: { jikoApplicationId: string; idempotencyKey: string } & LeasedCall
): Promise<BankApplication> {
  const { jikoApplicationId, idempotencyKey, userId, beforeAttempt } = request
  const route = '/api/v1/applications/{application_id}/apply/'
  try {
    return toBankApplication(
      await callJiko(
        { method: 'POST', route, ids: [jikoApplicationId], idempotencyKey, userId, beforeAttempt },
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
