import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type RequestedDocument, toOutcome } from '@/lib/domain/onboarding/application'
import { MAX_UPLOAD_BYTES, UPLOAD_TYPE } from '@/lib/domain/onboarding/documents'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import {
  reapply,
  refreshApplicationStatus
} from '@/lib/services/pangea/onboarding/follow-application'
import { checkedPicture, TOO_LARGE } from '@/lib/services/pangea/onboarding/picture-stream'
import { LEASE_MS, startRenewal } from '@/lib/services/pangea/worker/lease'

export type DocumentUpload = {
  type: string
  contentType: string
  length: number | null
  body: ReadableStream<Uint8Array> | null
}
export type ApplicationDocuments = { status: string | null; documents: RequestedDocument[] }

const app = systemActor('documents')
/** Interval and number of checks while another process holds the application's lease. */
const MAX_WAITS = 200
const WAIT_MS = 150
/** How long an upload may stall before the connection to Jiko is closed. */
const STALL_TIMEOUT_MS = 20_000

/**
 * Streams one requested document to Jiko; nothing is stored here. Afterwards the application is
 * read again.
 * @throws RequestError invalid, too_large, unsupported_media_type, conflict if Jiko did not
 * request it; IntegrationError if Jiko does not respond.
 */
export async function uploadDocument(
  actor: UserActor,
  upload: DocumentUpload,
  { stalledAfterMs = STALL_TIMEOUT_MS }: { stalledAfterMs?: number } = {}
): Promise<ApplicationDocuments> {
  await DataService.requireNoDeletion(actor)
  const length = checkUpload(upload)
  const application = await DataService.findApplication(actor)
  if (!application?.jikoApplicationId)
    throw new RequestError('conflict', 'Jiko has not asked you for a document.')
  const { jikoApplicationId } = application
  // Also renews an expired session: a streamed file cannot be sent twice.
  const current = await refreshApplicationStatus(actor, application)
  requireRequested(current, upload.type)
  const lease = { release: async () => {} }
  const checked = checkedPicture(upload.body, length, {
    stalledAfterMs,
    beforeLast: async () => {
      lease.release = await holdApplication(actor, application)
    }
  })
  const file = { contentType: upload.contentType, length, body: checked.body }
  const request = {
    jikoApplicationId,
    type: upload.type,
    file,
    idempotencyKey: randomUUID(),
    userId: actor.userId
  }
  try {
    await BankingService.uploadDocument(request).catch((thrown: unknown) => {
      throw checked.fault() ?? toRequestError(thrown)
    })
    await DataService.recordAudit(actor, 'application.document_sent', {
      subject: application.id,
      detail: { type: upload.type, bytes: length }
    })
    const { status, documents } = await reapply(
      app,
      await refreshApplicationStatus(app, application),
      'upload'
    )
    return { status, documents }
  } finally {
    await lease.release()
  }
}

function checkUpload({ contentType, length, body }: DocumentUpload): number {
  if (contentType !== UPLOAD_TYPE)
    throw new RequestError('unsupported_media_type', 'Send the document as a PNG picture.')
  if (!Number.isSafeInteger(length) || !length || !body)
    throw new RequestError('invalid', 'The photo is empty. Choose another one.')
  if (length > MAX_UPLOAD_BYTES) throw new RequestError('too_large', TOO_LARGE)
  return length
}

function requireRequested(
  { status, documents }: DataService.ApplicationRecord,
  type: string
): void {
  if (toOutcome(status ?? '') !== 'documents_needed')
    throw new RequestError('conflict', 'Jiko is no longer waiting for documents.')
  const document = documents.find((known) => known.type === type)
  if (!document) throw new RequestError('conflict', 'Jiko has not asked for this document.')
  if (document.status === 'APPROVED')
    throw new RequestError('conflict', 'Jiko has already accepted this document.')
}

function toRequestError(thrown: unknown): unknown {
  if (!isIntegrationError(thrown)) return thrown
  if (thrown.code === 'PRECONDITION_FAILED')
    return new RequestError('conflict', 'Jiko has already accepted this document.')
  if (thrown.code === 'REFUSED')
    return new RequestError(
      'invalid',
      'Jiko does not accept this photo. Take a new one and send that.'
    )
  return thrown
}

/**
 * Holds the application's lease while the upload completes: a deletion that started aborts the
 * upload, a later one waits, and no older status overwrites a newer one.
 * @returns what releases the lease. @throws RequestError conflict.
 */
async function holdApplication(
  actor: UserActor,
  { id }: DataService.ApplicationRecord
): Promise<() => Promise<void>> {
  for (let wait = 0; wait < MAX_WAITS; wait++) {
    const held = await DataService.claimApplication(app, id, LEASE_MS)
    if (held) {
      const { stop } = startRenewal((lease) => DataService.renewApplication(app, held, lease))
      return () => {
        stop()
        return DataService.releaseApplication(app, held)
      }
    }
    await DataService.requireNoDeletion(actor)
    await pause(WAIT_MS)
  }
  throw new RequestError(
    'conflict',
    'Jiko is still working on your application. Send the photo again in a minute.'
  )
}
