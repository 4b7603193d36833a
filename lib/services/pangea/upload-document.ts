import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Person, system } from '../../domain/actor'
import { outcomeOf, type RequestedDocument } from '../../domain/application'
import { MAX_UPLOAD_BYTES, UPLOAD_TYPE } from '../../domain/documents'
import { isIntegrationError, RequestError } from '../../platform/errors'
import { checkPng, type PngFault } from '../../platform/png'
import * as BankingService from '../banking'
import * as DataService from '../data'
import { applyAgain, readDecision } from './follow-application'

export type DocumentUpload = { type: string; contentType: string; length: number | null; body: ReadableStream<Uint8Array> | null }
export type ApplicationDocuments = { status: string | null; documents: RequestedDocument[] }

const app = system('documents')
const LEASE_MS = 30_000
/** How long to wait for whoever is talking to the bank about the same application, and how often to look. */
const WAITS = 40
const WAIT_MS = 150
/** How long a file may pause on its way; then its connection to the bank is closed. */
const STALLED_AFTER_MS = 20_000

/**
 * Passes one document that the bank asked for on to it, byte by byte as it arrives; nothing of it is stored here. Afterwards the
 * application is read again. @throws RequestError invalid, too_large, unsupported_media_type, conflict when the bank is not asking for it;
 * IntegrationError when the bank does not answer.
 */
export async function uploadDocument(
  person: Person,
  upload: DocumentUpload,
  { stalledAfterMs = STALLED_AFTER_MS }: { stalledAfterMs?: number } = {}
): Promise<ApplicationDocuments> {
  await DataService.requireNoDeletion(person)
  const length = checkUpload(upload)
  const application = await DataService.findApplication(person)
  if (!application?.jikoApplicationId) throw new RequestError('conflict', 'The bank has not asked you for a document.')
  const { jikoApplicationId } = application
  // Asking first also renews a session that has ended: a file on its way cannot be sent a second time.
  const asked = await readDecision(person, application)
  requireAsked(asked, upload.type)
  const checked = checkedStream(upload.body, length, stalledAfterMs)
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
  if (!Number.isSafeInteger(length) || !length || !body) throw new RequestError('invalid', 'The photo is empty. Choose another one.')
  if (length > MAX_UPLOAD_BYTES) throw new RequestError('too_large', TOO_LARGE)
  return length
}

const TOO_LARGE = 'This photo is too large. Choose one of up to 4 MB.'

function requireAsked({ status, documents }: DataService.ApplicationRecord, type: string): void {
  if (outcomeOf(status ?? '') !== 'documents_needed') throw new RequestError('conflict', 'The bank is not waiting for documents any more.')
  const document = documents.find((known) => known.type === type)
  if (!document) throw new RequestError('conflict', 'The bank has not asked for this document.')
  if (document.status === 'APPROVED') throw new RequestError('conflict', 'The bank has accepted this document already.')
}

const PNG_FAULTS: Record<PngFault, string> = {
  not_png: 'This file is not a PNG picture. Choose a photo.',
  damaged: 'This picture is damaged and cannot be opened. Choose another photo.',
  too_many_pixels: 'This picture has too many pixels. Choose a smaller photo.'
}

/**
 * Checks a file on its way: that it is a whole picture of the announced length, and that it keeps coming. The last piece is passed on only
 * after the whole has been checked, so that the bank never gets a whole file that fails.
 */
function checkedStream(body: ReadableStream<Uint8Array> | null, length: number, stalledAfterMs: number) {
  let fault: RequestError | null = null
  const fail = (code: 'invalid' | 'too_large', message: string): never => {
    fault = new RequestError(code, message)
    throw fault
  }
  async function* check() {
    const png = checkPng()
    const source = (body ?? new ReadableStream<Uint8Array>()).getReader()
    let seen = 0
    let held: Uint8Array | null = null
    try {
      for (;;) {
        const piece = await within(stalledAfterMs, source.read())
        if (piece === 'late') fail('invalid', 'The photo stopped arriving. Check your connection and send it again.')
        else if (piece.done) break
        else {
          seen += piece.value.byteLength
          if (seen > length) fail('too_large', TOO_LARGE)
          const wrong = png.read(piece.value)
          if (wrong) fail('invalid', PNG_FAULTS[wrong])
          if (held) yield held
          held = piece.value
        }
      }
      if (seen < length) fail('invalid', 'The photo did not arrive whole. Send it again.')
      const wrong = png.finish()
      if (wrong) fail('invalid', PNG_FAULTS[wrong])
      if (held) yield held
    } finally {
      source.cancel().catch(() => undefined)
    }
  }
  const pieces = check()
  const checked = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await pieces.return(undefined))
  })
  return { body: checked, fault: (): RequestError | null => fault }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | 'late'> {
  const timer = new AbortController()
  const late = pause(milliseconds, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const)
  return Promise.race([promise, late]).finally(() => timer.abort())
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
