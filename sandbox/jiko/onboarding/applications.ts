/** Individual applications: create, read, apply. */
import { keyedHash } from '@/sandbox/jiko/authentication'
import { conflict, invalid, readBody } from '@/sandbox/jiko/errors'
import { currentBundle } from '@/sandbox/jiko/onboarding/agreements'
import {
  type ApplicationFields,
  CreateApplication,
  isAdult
} from '@/sandbox/jiko/onboarding/application-fields'
import {
  applyDueDecisions,
  hasEnoughDocuments,
  isDecided,
  startReview
} from '@/sandbox/jiko/onboarding/decisions'
import { outcomeFor } from '@/sandbox/jiko/onboarding/test-applicants'
import { type Application, getApplication, type Jiko } from '@/sandbox/jiko/state'

export function addApplications(jiko: Jiko): void {
  const { app, ids } = jiko.sandbox
  app.post('/api/v1/applications/', async (c) => {
    const given = (await c.req.json()) as object
    const { identification_number, ...fields } = await readBody(c, CreateApplication)
    if (jiko.switches.get().announcedFields === 'required') checkAnnouncedFields(given, fields)
    checkFacts(jiko, fields)
    const at = jiko.now().toISOString()
    const application = jiko.records.applications.put({
      id: ids.uuid('application'),
      time_created: at,
      updated_at: at,
      status: 'CREATED',
      exception_reasons: [],
      fields,
      identificationHash: keyedHash(jiko, identification_number),
      customer_id: null,
      documents: [],
      decideAt: null,
      outcome: null,
      applied: 0
    })
    return c.json(render(jiko, application), 201)
  })
  app.get('/api/v1/applications/:id/', (c) => {
    applyDueDecisions(jiko)
    return c.json(render(jiko, getApplication(jiko, c.req.param('id'))))
  })
  app.post('/api/v1/applications/:id/apply/', (c) =>
    c.json(render(jiko, apply(jiko, getApplication(jiko, c.req.param('id')))))
  )
}

/** Fields that the vendor has announced as mandatory. */
function checkAnnouncedFields(given: object, { phone_number }: ApplicationFields): void {
  for (const field of [
    'identification_type',
    'identification_number_issuing_country',
    'citizenship_country'
  ])
    if (!(field in given)) throw invalid(['body', field], 'Field required', 'missing')
  if (!/^\+[1-9]\d{1,14}$/.test(phone_number)) throw invalid(['body', 'phone_number'], 'not E.164')
}

function checkFacts(jiko: Jiko, fields: ApplicationFields): void {
  if (!isAdult(fields.date_of_birth, jiko.now()))
    throw invalid(['body', 'date_of_birth'], `must be at least 18, got ${fields.date_of_birth}`)
  const { version } = fields.agreement_consent
  if (version === currentBundle(jiko).id) return
  if (!jiko.records.bundles.get(version))
    throw invalid(['body', 'agreement_consent', 'version'], 'no such version')
  if (jiko.switches.get().staleConsent === 'refuse')
    throw invalid(['body', 'agreement_consent', 'version'], 'not the latest version')
}

function apply(jiko: Jiko, application: Application): Application {
  const first = application.status === 'CREATED'
  const again =
    application.status === 'DOCUMENTS_NEEDED' &&
    jiko.switches.get().afterUpload === 'needs_apply' &&
    hasEnoughDocuments(jiko, application)
  if (!first && !again) {
    if (jiko.switches.get().applyAgain === 'conflict')
      throw conflict('Application was already applied')
    return application
  }
  const stale =
    application.fields.agreement_consent.version !== currentBundle(jiko).id &&
    jiko.switches.get().staleConsent === 'manual_review'
  const outcome = again
    ? 'APPROVED'
    : stale
      ? 'MANUAL_REVIEW'
      : outcomeFor(application.fields.name.last_name)
  return startReview(jiko, { ...application, applied: application.applied + 1 }, outcome)
}

/**
 * The response shape that create, read and apply share; it does not contain the identification
 * number.
 */
function render(jiko: Jiko, application: Application) {
  const { fields, documents } = application
  const pending = (...types: string[]) =>
    !isDecided(application) &&
    documents.some((d) => types.includes(d.type) && d.status !== 'APPROVED')
  return {
    id: application.id,
    time_created: application.time_created,
    updated_at: application.updated_at,
    status: application.status,
    exception_reasons: application.exception_reasons,
    email: fields.email,
    phone_number: fields.phone_number,
    name: fields.name,
    date_of_birth: { date_of_birth: fields.date_of_birth },
    investment_profile: fields.investment_profile,
    agreement_consent: fields.agreement_consent,
    address: fields.address,
    citizenship_country: fields.citizenship_country,
    customer_id: application.customer_id,
    documents:
      jiko.switches.get().documentsAsked === 'flags'
        ? documents.filter(({ status }) => status !== 'PENDING_UPLOAD')
        : documents,
    id_verification_documents_needed: pending('ID_FRONT', 'ID_BACK', 'PASSPORT', 'SELFIE'),
    identification_number_verification_document_needed: pending(
      'IDENTIFICATION_NUMBER_VERIFICATION'
    ),
    address_verification_document_needed: pending('ADDRESS_VERIFICATION'),
    object_type: 'InternationalApplication'
  }
}
