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

/** Reads an application's status from Jiko and stores it. @throws IntegrationError. */
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
  return DataService.saveApplicationStatus(actor, application.id, {
    status: read.status,
    jikoCustomerId: read.customerId,
    documents: read.documents
  })
}

/**
 * Resubmits the application once all requested documents were sent and it still waits: Jiko does
 * not document whether it continues on its own (contracts: Jiko §2). `poll` resubmits the same
 * documents only occasionally, an upload immediately.
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
    // Jiko may refuse an application that it already continued; its status is read below.
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
  const { allowed } = await DataService.consumeRateLimit(
    systemActor(`${id}:${sent}`),
    'application.apply_again',
    {
      limit: 1,
      windowMs: REAPPLY_COOLDOWN_MS
    }
  )
  return allowed
}
