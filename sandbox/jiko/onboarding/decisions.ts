/** The outcome of an application and its consequences. */

import { openPocket } from '@/sandbox/jiko/account/pockets'
import {
  ID_TYPES,
  requestedDocumentsFor,
  UNLISTED_STATUS
} from '@/sandbox/jiko/onboarding/test-applicants'
import type { Application, ApplicationDocument, Jiko } from '@/sandbox/jiko/state'
import { emit } from '@/sandbox/jiko/webhooks/events'

const EVENT_BY_STATUS: Record<string, string> = {
  APPROVED: 'application.approved',
  REJECTED: 'application.rejected',
  DOCUMENTS_NEEDED: 'application.documents_needed',
  MANUAL_REVIEW: 'application.manual_review'
}

export const isDecided = (application: Application): boolean =>
  application.status === 'APPROVED' || application.status === 'REJECTED'

/**
 * Starts the check of an application; it ends after the decision delay, or at once when the switch
 * says so.
 */
export function startReview(jiko: Jiko, application: Application, outcome: string): Application {
  const { applyAnswer } = jiko.switches.get()
  const wait = applyAnswer === 'final' ? 0 : jiko.options.decisionDelay
  const status = applyAnswer === 'pending' ? 'PENDING' : 'SUBMITTED'
  const started = {
    ...application,
    status,
    updated_at: jiko.now().toISOString(),
    outcome,
    decideAt: jiko.now().getTime() + wait
  }
  jiko.records.applications.put(started)
  return applyAnswer === 'final' ? decide(jiko, started) : started
}

/** Ends every check and opens every pending pocket that is due. */
export function applyDueDecisions(jiko: Jiko): void {
  const now = jiko.now().getTime()
  const { applications, pockets } = jiko.records
  for (const application of applications.filter(
    ({ decideAt }) => decideAt !== null && decideAt <= now
  ))
    decide(jiko, application)
  for (const pocket of pockets.filter(
    ({ status, openAt }) => status === 'PENDING' && openAt !== null && openAt <= now
  )) {
    pockets.put({ ...pocket, status: 'OPEN', openAt: null })
  }
}

function decide(jiko: Jiko, application: Application): Application {
  return setApplicationStatus(
    jiko,
    application,
    jiko.switches.get().unknownStatus ? UNLISTED_STATUS : (application.outcome ?? 'APPROVED')
  )
}

/** Sets a status with its consequences: customer, requested documents, events. */
export function setApplicationStatus(
  jiko: Jiko,
  application: Application,
  status: string
): Application {
  const approved = status === 'APPROVED'
  const needsDocuments = status === 'DOCUMENTS_NEEDED'
  const withCustomer = approved || (needsDocuments && jiko.switches.get().customerIdEarly)
  const moved = jiko.records.applications.put({
    ...application,
    status,
    updated_at: jiko.now().toISOString(),
    decideAt: null,
    outcome: null,
    exception_reasons: status === 'REJECTED' ? ['IDENTITY_NOT_CONFIRMED'] : [],
    customer_id:
      application.customer_id ?? (withCustomer ? createCustomer(jiko, application.id) : null),
    documents: needsDocuments
      ? withRequestedDocuments(jiko, application)
      : application.documents.map((d) => withApproval(d, approved))
  })
  if (approved && moved.customer_id && jiko.switches.get().pocketOnApproval)
    openPocket(jiko, moved.customer_id, { pocket_name: 'My pocket' })
  const event = EVENT_BY_STATUS[status]
  if (event)
    emit(jiko, event, {
      application_id: moved.id,
      ...(jiko.switches.get().payloads === 'more' ? { status, customer_id: moved.customer_id } : {})
    })
  return moved
}

function createCustomer(jiko: Jiko, applicationId: string): string {
  const id = jiko.sandbox.ids.uuid('customer')
  jiko.records.customers.put({ id, applicationId, time_created: jiko.now().toISOString() })
  return id
}

function withRequestedDocuments(
  jiko: Jiko,
  { documents, fields }: Application
): ApplicationDocument[] {
  const types = requestedDocumentsFor(fields.name.last_name) ?? ID_TYPES
  const missing = types.filter((type) => !documents.some((document) => document.type === type))
  const fresh = missing.map(
    (type): ApplicationDocument => ({
      id: jiko.sandbox.ids.uuid('document'),
      type,
      status: 'PENDING_UPLOAD',
      exception_reason: null,
      name: type
    })
  )
  return [...documents, ...fresh]
}

const withApproval = (document: ApplicationDocument, approved: boolean): ApplicationDocument =>
  approved && document.status === 'PENDING_REVIEW' ? { ...document, status: 'APPROVED' } : document

/**
 * Whether the uploads are complete: the requested documents, else a selfie and a passport or both
 * sides of an ID.
 */
export function hasEnoughDocuments(jiko: Jiko, { documents, fields }: Application): boolean {
  const has = (type: string) =>
    documents.some(
      (d) => d.type === type && (d.status === 'PENDING_REVIEW' || d.status === 'APPROVED')
    )
  const asked =
    requestedDocumentsFor(fields.name.last_name) ??
    (jiko.switches.get().identityPapers === 'all' ? ID_TYPES : null)
  return asked
    ? asked.every(has)
    : has('SELFIE') && (has('PASSPORT') || (has('ID_FRONT') && has('ID_BACK')))
}
