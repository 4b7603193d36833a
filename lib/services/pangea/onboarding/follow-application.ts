import 'server-only'
import { randomUUID } from 'node:crypto'
import { APPLICATION_STATUSES, toOutcome } from '@/lib/domain/onboarding/application'
import { allDocumentsSent } from '@/lib/domain/onboarding/documents'
import { type Actor, systemActor } from '@/lib/domain/users/actor'
import { sha256 } from '@/lib/platform/crypto'
import { isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'

type Application = DataService.ApplicationRecord

const KNOWN_STATUSES: readonly string[] = APPLICATION_STATUSES
const REAPPLY_COOLDOWN_MS = 50 * 60_000

/** Reads what the bank says about an application now and keeps it. @throws IntegrationError. */
export async function refreshApplicationStatus(
  actor: Actor,
  application: Application
): Promise<Application> {
  if (!application.jikoApplicationId) return application
  const read = await BankingService.getApplication(application.jikoApplicationId, {
    userId: application.userId
  })
  if (!KNOWN_STATUSES.includes(read.status))
    log.warn('application.unknown_status', {
      service: 'jiko',
      code: read.status,
      userId: application.userId
    })
  return DataService.storeApplicationStatus(actor, application.id, {
    status: read.status,
    jikoCustomerId: read.customerId,
    documents: read.documents
  })
}

/**
 * Hands the application over again once every document asked for is with the bank and it still waits: whether the bank goes on by itself
 * after the last upload is not written down (contracts: Jiko §2). `poll` does so once in a while for the same documents, an upload at once.
 */
export async function reapply(
  actor: Actor,
  application: Application,
  trigger: 'upload' | 'poll'
): Promise<Application> {
  const { jikoApplicationId, status, documents, userId } = application
  if (
    !jikoApplicationId ||
    toOutcome(status ?? '') !== 'documents_needed' ||
    !allDocumentsSent(documents)
  )
    return application
  if (trigger === 'poll' && !(await isOutOfCooldown(application))) return application
  try {
    await BankingService.applyForAccount({
      jikoApplicationId,
      idempotencyKey: randomUUID(),
      userId
    })
  } catch (thrown) {
    // A bank that goes on by itself may call this a mistake; then it has what it needs.
    if (!isIntegrationError(thrown) || thrown.retryable) throw thrown
    log.info('application.reapply_refused', {
      service: thrown.service,
      code: thrown.code,
      userId
    })
  }
  return refreshApplicationStatus(actor, application)
}

async function isOutOfCooldown({ id, documents }: Application): Promise<boolean> {
  const sent = sha256(JSON.stringify(documents.map((document) => [document.id, document.status])))
  const { allowed } = await DataService.takeLimit(
    systemActor(`${id}:${sent}`),
    'application.apply_again',
    {
      limit: 1,
      windowMs: REAPPLY_COOLDOWN_MS
    }
  )
  return allowed
}
