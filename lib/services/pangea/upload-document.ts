import 'server-only'
import { randomUUID } from 'node:crypto'
import { type Person, system } from '../../domain/actor'
import { outcomeOf, type RequestedDocument } from '../../domain/application'
import { looksLikeUpload, MAX_UPLOAD_BYTES, UPLOAD_TYPE } from '../../domain/documents'
import { isIntegrationError, RequestError } from '../../platform/errors'
import * as BankingService from '../banking'
import * as DataService from '../data'
import { applyAgain, readDecision } from './follow-application'
import { requireLimit } from './limits'

export type DocumentUpload = { type: string; contentType: string; length: number | null; body: ReadableStream<Uint8Array> | null }
export type ApplicationDocuments = { status: string | null; documents: RequestedDocument[] }

const app = system('documents')
const LEASE_MS = 30_000
/** How long to wait for whoever is talking to the bank about the same application, and how often to look. */
const WAITS = 40
const WAIT_MS = 150
/** Enough to tell what kind of file it is. */
const START_BYTES = 8

/**
 * Passes one document that the bank asked for on to it, byte by byte as it arrives; nothing of it is stored here. Afterwards the
 * application is read again. @throws RequestError invalid, too_large, unsupported_media_type, conflict when the bank is not asking for it;
 * IntegrationError when the bank does not answer.
 */
export async function uploadDocument(person: Person, upload: DocumentUpload): Promise<ApplicationDocuments> {
  await requireLimit(person, 'application.document')
  await DataService.requireNoDeletion(person)
  const length = checkUpload(upload)
  const application = await DataService.findApplication(person)
  if (!application?.jikoApplicationId) throw new RequestError('conflict', 'The bank has not asked you for a document.')
  const { jikoApplicationId } = application
  // Asking first also renews a session that has ended: a file on its way cannot be sent a second time.
  const asked = await readDecision(person, application)
  requireAsked(asked, upload.type)
  const checked = checkedStream(upload.body, length)
  const file = { contentType: upload.contentType, length, body: checked.body }
  const request = { jikoApplicationId, type: upload.type, file, idempotencyKey: randomUUID(), userId: person.userId }
  await BankingService.uploadDocument(request).catch((thrown: unknown) => {
    throw checked.fault() ?? inWords(thrown)
  })
  await DataService.recordAudit(person, 'application.document_sent', { subject: application.id, detail: { type: upload.type, bytes: length } })
  const { status, documents } = await readAgain(application)
  return { status, documents }
}

function checkUpload({ contentType, length, body }: DocumentUpload): number {
  if (contentType !== UPLOAD_TYPE) throw new RequestError('unsupported_media_type', 'Send the document as a PNG picture.')
  if (length === null || !body) throw new RequestError('invalid', 'The photo is empty. Choose another one.')
  if (length > MAX_UPLOAD_BYTES) throw tooLarge()
  if (length === 0) throw new RequestError('invalid', 'The photo is empty. Choose another one.')
  return length
}

const tooLarge = () => new RequestError('too_large', 'This photo is too large. Choose one of up to 4 MB.')

function requireAsked({ status, documents }: DataService.ApplicationRecord, type: string): void {
  if (outcomeOf(status ?? '') !== 'documents_needed') throw new RequestError('conflict', 'The bank is not waiting for documents any more.')
  const document = documents.find((known) => known.type === type)
  if (!document) throw new RequestError('conflict', 'The bank has not asked for this document.')
  if (document.status === 'APPROVED') throw new RequestError('conflict', 'The bank has accepted this document already.')
}

/** What was announced is checked on the way: the first bytes, and that not more and not fewer come than were said to. */
function checkedStream(body: ReadableStream<Uint8Array> | null, length: number) {
  let fault: RequestError | null = null
  let seen = 0
  let start: Uint8Array | null = new Uint8Array()
  const fail = (error: RequestError) => {
    fault = error
    throw error
  }
  const check = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength
      if (seen > length) fail(tooLarge())
      if (!start) return controller.enqueue(chunk)
      start = Buffer.concat([start, chunk])
      if (start.byteLength < START_BYTES && seen < length) return
      if (!looksLikeUpload(start)) fail(new RequestError('invalid', 'This file is not a PNG picture. Choose a photo.'))
      controller.enqueue(start)
      start = null
    },
    flush() {
      if (seen < length) fail(new RequestError('invalid', 'The photo did not arrive whole. Send it again.'))
    }
  })
  return { body: (body ?? new ReadableStream<Uint8Array>()).pipeThrough(check), fault: (): RequestError | null => fault }
}

function inWords(thrown: unknown): unknown {
  if (!isIntegrationError(thrown)) return thrown
  if (thrown.code === 'PRECONDITION_FAILED') return new RequestError('conflict', 'The bank has accepted this document already.')
  if (thrown.code === 'REFUSED') return new RequestError('invalid', 'The bank does not take this photo. Take a new one and send that.')
  return thrown
}

/** One at a time with everyone else who asks about this application, so that an older answer cannot be stored over a newer one. */
async function readAgain(application: DataService.ApplicationRecord): Promise<DataService.ApplicationRecord> {
  for (let wait = 0; wait < WAITS; wait++) {
    const held = await DataService.claimApplication(app, application.id, LEASE_MS)
    if (held) {
      try {
        return await applyAgain(app, await readDecision(app, held), 'upload')
      } finally {
        await DataService.releaseApplication(app, held)
      }
    }
    await new Promise((done) => setTimeout(done, WAIT_MS))
  }
  return (await DataService.findApplicationByJikoId(app, application.jikoApplicationId ?? '')) ?? application
}
