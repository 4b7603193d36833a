import 'server-only'
import type { Actor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { type IntegrationError, isIntegrationError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { requireCurrentAgreements } from '@/lib/services/pangea/onboarding/agreements'
import type { Lease } from '@/lib/services/pangea/worker/lease'

type Application = DataService.ApplicationRecord
type Sending = { ssn: string; lease: Lease }

/** Jiko keeps a key for an hour (contracts: Jiko §1); retries stop before that. */
const IDEMPOTENCY_KEY_TTL_MS = 55 * 60_000
/** Definite refusals: a retry gets the same response. */
const REFUSALS = new Set(['REFUSED', 'NOT_FOUND', 'PRECONDITION_FAILED'])

/**
 * Creates and submits an application, continuing from its stored progress. At most one application
 * per user is submitted.
 * @returns null if the SSN is needed first, or if Jiko refused while a job was asking.
 * @throws RequestError refused, agreements_changed; IntegrationError if Jiko does not respond.
 */
export async function sendApplication(
  actor: Actor,
  claimed: Application,
  { ssn, lease }: { ssn: string | undefined; lease: Lease }
): Promise<Application | null> {
  if (claimed.appliedAt) return claimed
  if (!claimed.jikoApplicationId && !ssn) return null
  return apply(
    actor,
    ssn && !claimed.jikoApplicationId ? await create(actor, claimed, { ssn, lease }) : claimed,
    lease
  )
}

/**
 * A lost response is requested again with the same key and bytes; after the key expired, with a
 * new key.
 */
async function create(
  actor: Actor,
  application: Application,
  sending: Sending
): Promise<Application> {
  const stale =
    application.createStartedAt &&
    now().getTime() - Date.parse(application.createStartedAt) > IDEMPOTENCY_KEY_TTL_MS
  const started = await DataService.recordCreateStarted(actor, application, {
    renewKey: Boolean(stale)
  })
  try {
    return await createWithKey(actor, started, sending)
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    if (thrown.code !== 'KEY_USED') return handleRefusal(actor, started, thrown)
  }
  // Jiko saw the key but does not report the result. That application is never submitted; the SSN
  // is at hand to create a new one.
  const renewed = await DataService.recordCreateStarted(actor, started, { renewKey: true })
  return createWithKey(actor, renewed, sending).catch((thrown: unknown) =>
    handleRefusal(actor, renewed, thrown)
  )
}

async function createWithKey(
  actor: Actor,
  application: Application,
  { ssn, lease }: Sending
): Promise<Application> {
  const { body, createKey: idempotencyKey, userId } = application
  const facts = JSON.parse(body) as BankingService.ApplicationDetails
  return DataService.recordCreated(
    actor,
    application,
    await BankingService.createApplication({
      facts,
      ssn,
      idempotencyKey,
      userId,
      beforeAttempt: lease.requireHeld
    })
  )
}

/**
 * A definite refusal is rolled back, so that the user can correct the answers. Anything ambiguous
 * keeps its key.
 */
async function handleRefusal(
  actor: Actor,
  application: Application,
  thrown: unknown
): Promise<never> {
  if (!isIntegrationError(thrown)) throw thrown
  if (thrown.code === 'KEY_USED')
    await DataService.recordCreateStarted(actor, application, { renewKey: true })
  if (thrown.code !== 'REFUSED') throw thrown
  await DataService.withdrawApplication(actor, application)
  const agreed = (JSON.parse(application.body) as BankingService.ApplicationDetails).consent.version
  await requireCurrentAgreements(AuthService.ownerActor(application.userId), agreed)
  throw refused()
}

const refused = () =>
  new RequestError('refused', 'Jiko could not accept these answers. Check them, then submit again.')

async function apply(
  actor: Actor,
  application: Application,
  { requireHeld: beforeAttempt }: Lease
): Promise<Application | null> {
  const { jikoApplicationId, applyKey, userId } = application
  if (!jikoApplicationId) return null
  const earlier = await findAcceptedApplication(actor, application)
  if (earlier) {
    const relinked = await DataService.relinkApplication(
      actor,
      application,
      earlier.jikoApplicationId
    )
    return DataService.recordApplied(actor, relinked, { status: earlier.status })
  }
  try {
    await BankingService.applyForAccount({
      jikoApplicationId,
      idempotencyKey: applyKey,
      userId,
      beforeAttempt
    })
  } catch (thrown) {
    if (!isIntegrationError(thrown) || !REFUSALS.has(thrown.code)) throw thrown
    return handleApplyRefusal(actor, application, thrown)
  }
  return DataService.recordApplied(actor, application, { status: 'SUBMITTED' })
}

/**
 * An application withdrawn after a refusal may have been accepted after all: check before
 * submitting another.
 */
async function findAcceptedApplication(
  actor: Actor,
  { userId }: Application
): Promise<BankingService.BankApplication | null> {
  for (const id of await DataService.listWithdrawn(actor, userId)) {
    const read = await findBankApplication(id, userId)
    if (read && read.status !== 'CREATED') return read
  }
  return null
}

/**
 * Jiko cannot change an application, so a refused one is withdrawn and the answers can be edited
 * again.
 */
async function handleApplyRefusal(
  actor: Actor,
  application: Application,
  refusal: IntegrationError
): Promise<Application | null> {
  const { jikoApplicationId, userId } = application
  const read = await findBankApplication(jikoApplicationId ?? '', userId)
  if (read && read.status !== 'CREATED')
    return DataService.recordApplied(actor, application, { status: read.status })
  await DataService.withdrawApplication(actor, application)
  log.warn('application.refused', { service: refusal.service, code: refusal.code, userId })
  if (actor.kind === 'person') throw refused()
  return null
}

async function findBankApplication(
  jikoApplicationId: string,
  userId: string
): Promise<BankingService.BankApplication | null> {
  try {
    return await BankingService.getApplication(jikoApplicationId, { userId })
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'NOT_FOUND') return null
    throw thrown
  }
}
