/**
 * Document uploads: the body is the raw file, the request is unsigned, and only size, type, first
 * bytes and image size are checked.
 */
import type { Context } from 'hono'
import { invalid, notFound, precondition } from '@/sandbox/jiko/errors'
import {
  hasEnoughDocuments,
  isDecided,
  setApplicationStatus,
  startReview
} from '@/sandbox/jiko/onboarding/decisions'
import {
  type Application,
  type ApplicationDocument,
  getApplication,
  type Jiko
} from '@/sandbox/jiko/state'

const TYPES = [
  'ID_FRONT',
  'ID_BACK',
  'ID_BARCODE',
  'SELFIE',
  'PASSPORT',
  'IDENTIFICATION_NUMBER_VERIFICATION',
  'ADDRESS_VERIFICATION',
  'OTHER'
]
const SMALL_TYPES = new Set(['ID_FRONT', 'ID_BACK', 'SELFIE', 'PASSPORT'])
const SMALL_MAX_BYTES = 5 * 1024 * 1024
const LARGE_MAX_BYTES = 52_428_800
const MIN_PIXELS = 200
const SIGNATURES: Record<string, Buffer> = {
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
  'application/pdf': Buffer.from('%PDF')
}

export function addDocuments(jiko: Jiko): void {
  const { app } = jiko.sandbox
  app.post('/api/v1/applications/:id/documents/:type/file/', async (c) => {
    const bytes = Buffer.from(await c.req.arrayBuffer())
    // Read after the last await, so that two simultaneous uploads do not overwrite each other.
    const application = getApplication(jiko, c.req.param('id'))
    const type = c.req.param('type')
    if (!TYPES.includes(type))
      throw invalid(['path', 'document_type'], 'not a document type', 'enum')
    const known = application.documents.find((document) => document.type === type)
    const document = receiveUpload(jiko, c, application, known ?? newDocument(jiko, type), bytes)
    return c.json({ success: true, document_id: document.id })
  })
  app.post('/api/v1/documents/:id/', async (c) => {
    const bytes = Buffer.from(await c.req.arrayBuffer())
    const application = jiko.records.applications.find(({ documents }) =>
      documents.some(({ id }) => id === c.req.param('id'))
    )
    const known = application?.documents.find(({ id }) => id === c.req.param('id'))
    if (!application || !known) throw notFound()
    if (!c.req.header('content-disposition'))
      throw invalid(['header', 'content-disposition'], 'Field required', 'missing')
    return c.json(receiveUpload(jiko, c, application, known, bytes))
  })
}

const newDocument = (jiko: Jiko, type: string): ApplicationDocument => ({
  id: jiko.sandbox.ids.uuid('document'),
  type,
  status: 'PENDING_UPLOAD',
  exception_reason: null,
  name: type
})

function receiveUpload(
  jiko: Jiko,
  c: Context,
  application: Application,
  document: ApplicationDocument,
  bytes: Buffer
): ApplicationDocument {
  if (document.status === 'APPROVED') throw precondition('Document was already approved')
  const contentType = checkFile(jiko, c, document.type, bytes)
  const readable =
    bytes.subarray(0, 4).indexOf(SIGNATURES[contentType] ?? '') === 0 && !isTooSmall(bytes)
  const received: ApplicationDocument = {
    ...document,
    status: readable ? 'PENDING_REVIEW' : 'INVALID',
    exception_reason: readable ? null : 'IMAGE_QUALITY_ERROR_CUTOFF'
  }
  const others = application.documents.filter(({ id }) => id !== document.id)
  const updated = jiko.records.applications.put({
    ...application,
    documents: [...others, received],
    updated_at: jiko.now().toISOString()
  })
  const reruns =
    updated.status === 'DOCUMENTS_NEEDED' &&
    jiko.switches.get().afterUpload === 'reruns' &&
    hasEnoughDocuments(jiko, updated)
  if (reruns && !isDecided(updated)) startReview(jiko, updated, 'APPROVED')
  return received
}

export const IMAGE_RULE = `A PNG whose longer side has fewer than ${MIN_PIXELS} pixels is too small to read: the document becomes INVALID.`

/**
 * Our rule, which makes a rejected photo possible without a control. A PNG has its width and height
 * at bytes 16 to 24.
 */
function isTooSmall(bytes: Buffer): boolean {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return false
  return Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) < MIN_PIXELS
}

/** A reviewer rejects one document: the application waits for a better one. */
export function rejectDocument(
  jiko: Jiko,
  application: Application,
  type: string,
  reason: string
): Application {
  if (!application.documents.some((document) => document.type === type)) throw notFound()
  const documents = application.documents.map((document) =>
    document.type === type
      ? { ...document, status: 'INVALID' as const, exception_reason: reason }
      : document
  )
  return setApplicationStatus(jiko, { ...application, documents }, 'DOCUMENTS_NEEDED')
}

function checkFile(jiko: Jiko, c: Context, type: string, bytes: Buffer): string {
  const contentType = c.req.header('content-type') ?? ''
  const allowed = jiko.switches.get().uploads === 'png' ? ['image/png'] : Object.keys(SIGNATURES)
  if (!allowed.includes(contentType))
    throw invalid(
      ['header', 'content-type'],
      `must be one of ${allowed.join(', ')}`,
      'string_pattern_mismatch'
    )
  if (!c.req.header('content-length'))
    throw invalid(['header', 'content-length'], 'Field required', 'missing')
  const most = SMALL_TYPES.has(type) ? SMALL_MAX_BYTES : LARGE_MAX_BYTES
  if (bytes.length === 0 || bytes.length >= most)
    throw invalid(['header', 'content-length'], `between 1 and ${most} bytes`)
  return contentType
}
