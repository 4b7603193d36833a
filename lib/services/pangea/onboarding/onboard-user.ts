import 'server-only'
import { isFinal, toOutcome } from '@/lib/domain/onboarding/application'
import {
  CONFIRM_PHONE,
  firstOpenQuestion,
  onboardingStep
} from '@/lib/domain/onboarding/onboarding'
import type { Actor, UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError, isRequestError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import { openAccount } from '@/lib/services/pangea/account/open-account'
import { connectBank, type LinkToken } from '@/lib/services/pangea/connections/connect-bank'
import { requireCurrentAgreements } from '@/lib/services/pangea/onboarding/agreements'
import {
  reapply,
  refreshApplicationStatus
} from '@/lib/services/pangea/onboarding/follow-application'
import { sendApplication } from '@/lib/services/pangea/onboarding/send-application'
import { LEASE_MS, type Lease, withLease } from '@/lib/services/pangea/worker/lease'

export type AccountData = {
  /** Sent to Jiko in this call and never stored. */
  ssn?: string
  /** Which application to continue, when called by a job. */
  jikoApplicationId?: string
  /** Whether to create a Link token if linking a bank is the next step. */
  withLinkToken?: boolean
}

/** `link` is the Link session of the token, with everything a page needs to open it. */
export type OnboardingResult = {
  userId: string
  bankAccountId: string | null
  linkToken: string | null
  step: string
  link: LinkToken | null
}

type Application = DataService.ApplicationRecord
type Facts = Awaited<ReturnType<typeof DataService.getOnboardingFacts>>

/**
 * Performs the next valid step towards an account: create and submit the application under stored
 * keys, read the decision, open the pocket after approval. Idempotent; called by the user,
 * webhooks and the poll.
 * @throws RequestError if the user must provide something first; IntegrationError if Jiko does not
 * respond.
 */
export async function onboardUser(
  actor: Actor,
  accountData: AccountData
): Promise<OnboardingResult> {
  const { ssn, withLinkToken } = accountData
  const known =
    actor.kind === 'person'
      ? await findForUser(actor, accountData)
      : await findForSystem(actor, accountData)
  const userId = actor.kind === 'person' ? actor.userId : (known?.userId ?? '')
  const facts = await DataService.getOnboardingFacts(AuthService.ownerActor(userId))
  const application = known ?? (actor.kind === 'person' && ssn ? await start(actor, facts) : null)
  const reached = application ? await advance(actor, facts, application, ssn) : facts
  const step = onboardingStep(reached)
  const link =
    actor.kind === 'person' && withLinkToken && step === 'link-bank'
      ? await prepareLink(actor)
      : null
  return {
    userId,
    bankAccountId: reached.bankAccountId,
    linkToken: link?.linkToken ?? null,
    step,
    link
  }
}

/** Best effort: the account is open whether or not Plaid responds. */
async function prepareLink(actor: UserActor): Promise<LinkToken | null> {
  try {
    return await connectBank(actor)
  } catch (thrown) {
    if (!(isIntegrationError(thrown) || isRequestError(thrown))) throw thrown
    log.warn('onboarding.link_token_unavailable', { userId: actor.userId, code: thrown.code })
    return null
  }
}

async function findForSystem(
  actor: Actor,
  { jikoApplicationId }: AccountData
): Promise<Application | null> {
  return jikoApplicationId && actor.kind === 'system'
    ? DataService.findApplicationByJikoId(jikoApplicationId)
    : null
}

async function findForUser(actor: UserActor, { ssn }: AccountData): Promise<Application | null> {
  await DataService.ensureUser(actor)
  if (ssn) await DataService.requireNoDeletion(actor)
  return DataService.findApplication(actor)
}

/**
 * @throws RequestError if an answer is missing, or the e-mail address or phone number is not
 * verified at Clerk.
 */
async function start(actor: UserActor, { draft, consent }: Facts): Promise<Application> {
  const open = firstOpenQuestion(draft)
  if (open === CONFIRM_PHONE) throw phoneNotVerified()
  if (open || !consent)
    throw new RequestError(
      'conflict',
      'Some questions are still open. Answer them, then submit again.'
    )
  const { email, emailVerified, verifiedPhones } = await AuthService.getUser(actor.userId)
  if (!email || !emailVerified)
    throw new RequestError(
      'conflict',
      'Confirm your e-mail address in your profile, then submit again.'
    )
  // The number was verified once, but may have been removed at Clerk since.
  if (!verifiedPhones.includes(draft.phone?.number ?? '')) {
    await DataService.saveDraft(actor, { verifiedPhone: null })
    throw phoneNotVerified()
  }
  await requireCurrentAgreements(actor, consent.version)
  return DataService.startApplication(actor, {
    body: JSON.stringify({ answers: draft, email, consent })
  })
}

const phoneNotVerified = () =>
  new RequestError(
    'phone_not_proven',
    'Confirm your mobile phone number first. Jiko has to know that it is yours.'
  )

/** @returns the facts as they are after the step, without reading them again. */
async function advance(
  actor: Actor,
  facts: Facts,
  application: Application,
  ssn: string | undefined
): Promise<Facts> {
  if (isComplete(facts, application)) return facts
  const claimed = await DataService.claimApplication(actor, application.id, LEASE_MS)
  if (!claimed) return withApplication(facts, application, { busy: true })
  try {
    return await withLease(
      (options) => DataService.renewApplication(actor, claimed, options),
      (lease) => proceed(actor, facts, claimed, { ssn, lease })
    )
  } finally {
    await DataService.releaseApplication(actor, claimed)
  }
}

async function proceed(
  actor: Actor,
  facts: Facts,
  claimed: Application,
  { ssn, lease }: { ssn: string | undefined; lease: Lease }
): Promise<Facts> {
  const applied = await sendApplication(actor, claimed, { ssn, lease })
  if (!applied)
    // Jiko refused a created application, which is withdrawn then; otherwise the SSN is missing.
    return claimed.jikoApplicationId
      ? { ...facts, application: null }
      : withApplication(facts, claimed, { busy: false })
  const decided = await reapply(actor, await refreshApplicationStatus(actor, applied), 'poll')
  const bankAccountId =
    toOutcome(decided.status ?? '') === 'approved' ? await openAccount(actor, decided) : null
  return {
    ...withApplication(facts, decided, { busy: false }),
    bankAccountId: bankAccountId ?? facts.bankAccountId
  }
}

const isComplete = ({ bankAccountId }: Facts, { status }: Application): boolean =>
  status !== null && isFinal(status) && (status === 'REJECTED' || bankAccountId !== null)

const withApplication = (
  facts: Facts,
  { status, jikoApplicationId, createStartedAt, appliedAt }: Application,
  { busy }: { busy: boolean }
): Facts => ({
  ...facts,
  application: { status, jikoApplicationId, startedAt: createStartedAt, appliedAt, busy }
})
