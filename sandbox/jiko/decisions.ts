/** How an application ends. The rule by last name is ours, not the bank's: people can type it. */
import { emit } from './events'
import { openPocket } from './pockets'
import type { Application, ApplicationDocument, Jiko } from './state'

export const OUTCOME_RULES = [
  'Last name Review: the bank looks at it by hand (MANUAL_REVIEW) until you decide here.',
  'Last name Documents: the bank asks for documents (DOCUMENTS_NEEDED).',
  'Last name Rejected: the bank says no (REJECTED).',
  'Any other last name: APPROVED.'
]

const BY_LAST_NAME: Record<string, string> = { review: 'MANUAL_REVIEW', documents: 'DOCUMENTS_NEEDED', rejected: 'REJECTED' }
/** In no published list of statuses, on purpose. */
const UNKNOWN = 'THIRD_PARTY_SCREENING'
const EVENTS: Record<string, string> = {
  APPROVED: 'application.approved',
  REJECTED: 'application.rejected',
  DOCUMENTS_NEEDED: 'application.documents_needed',
  MANUAL_REVIEW: 'application.manual_review'
}

export const outcomeFor = (lastName: string): string => BY_LAST_NAME[lastName.trim().toLowerCase()] ?? 'APPROVED'
export const isOver = (application: Application): boolean => application.status === 'APPROVED' || application.status === 'REJECTED'

/** Sends an application to the check; it ends after the decision delay, or at once where the switch says so. */
export function startCheck(jiko: Jiko, application: Application, outcome: string): Application {
  const wait = jiko.switches.get().applyAnswer === 'final' ? 0 : jiko.options.decisionDelay
  const started = { ...application, status: 'SUBMITTED', updated_at: jiko.now().toISOString(), outcome, decideAt: jiko.now().getTime() + wait }
  jiko.records.applications.put(started)
  return jiko.switches.get().applyAnswer === 'final' ? end(jiko, started) : started
}

/** Ends every check whose time has come, and opens every pocket that was waiting to. */
export function settleDue(jiko: Jiko): void {
  const now = jiko.now().getTime()
  const { applications, pockets } = jiko.records
  for (const application of applications.filter(({ decideAt }) => decideAt !== null && decideAt <= now)) end(jiko, application)
  for (const pocket of pockets.filter(({ status, openAt }) => status === 'PENDING' && openAt !== null && openAt <= now)) {
    pockets.put({ ...pocket, status: 'OPEN', openAt: null })
  }
}

function end(jiko: Jiko, application: Application): Application {
  return moveTo(jiko, application, jiko.switches.get().unknownStatus ? UNKNOWN : (application.outcome ?? 'APPROVED'))
}

/** Sets a status with everything that follows from it: customer, requested documents, events. */
export function moveTo(jiko: Jiko, application: Application, status: string): Application {
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
    customer_id: application.customer_id ?? (withCustomer ? createCustomer(jiko, application.id) : null),
    documents: needsDocuments ? requested(jiko, application.documents) : application.documents.map((d) => reviewed(d, approved))
  })
  if (approved && moved.customer_id && jiko.switches.get().pocketOnApproval) openPocket(jiko, moved.customer_id, { pocket_name: 'My pocket' })
  const event = EVENTS[status]
  if (event) emit(jiko, event, { application_id: moved.id })
  return moved
}

function createCustomer(jiko: Jiko, applicationId: string): string {
  const id = jiko.sandbox.ids.uuid('customer')
  jiko.records.customers.put({ id, applicationId, time_created: jiko.now().toISOString() })
  return id
}

const ID_TYPES = ['ID_FRONT', 'ID_BACK', 'PASSPORT', 'SELFIE']

function requested(jiko: Jiko, documents: ApplicationDocument[]): ApplicationDocument[] {
  const missing = ID_TYPES.filter((type) => !documents.some((document) => document.type === type))
  const fresh = missing.map(
    (type): ApplicationDocument => ({ id: jiko.sandbox.ids.uuid('document'), type, status: 'PENDING_UPLOAD', exception_reason: null, name: type })
  )
  return [...documents, ...fresh]
}

const reviewed = (document: ApplicationDocument, approved: boolean): ApplicationDocument =>
  approved && document.status === 'PENDING_REVIEW' ? { ...document, status: 'APPROVED' } : document

/** Whether what was uploaded is enough: a selfie, and a passport or both sides of an ID. */
export function hasEnoughDocuments({ documents }: Application): boolean {
  const has = (type: string) => documents.some((d) => d.type === type && (d.status === 'PENDING_REVIEW' || d.status === 'APPROVED'))
  return has('SELFIE') && (has('PASSPORT') || (has('ID_FRONT') && has('ID_BACK')))
}
