import 'server-only'
import type { Actor, UserActor } from '@/lib/domain/users/actor'
import { isFinal, outcomeOf } from '@/lib/domain/onboarding/application'
import { CONFIRM_PHONE, firstUnanswered, onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { isIntegrationError, isRequestError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import { requireNewest } from '@/lib/services/pangea/onboarding/agreements'
import { connectBank, type LinkToken } from '@/lib/services/pangea/connections/connect-bank'
import { applyAgain, readDecision } from '@/lib/services/pangea/onboarding/follow-application'
import { openAccount } from '@/lib/services/pangea/account/open-account'
import { sendApplication } from '@/lib/services/pangea/onboarding/send-application'

export type AccountData = {
  /** Given once, by the person, to be handed to the bank in this call. It is kept nowhere. */
  ssn?: string
  /** Which application to go on with, where the app itself is asking. */
  jikoApplicationId?: string
  /** Whether the person asks for a Link token, should the next step be linking a bank. */
  withLinkToken?: boolean
}

/** `link` is the visit to Link that the token is for, with what a page needs to open it. */
export type Onboarded = {
  userId: string
  bankAccountId: string | null
  linkToken: string | null
  step: string
  link: LinkToken | null
}

type Application = DataService.ApplicationRecord

/** How long one process may talk to the bank about one application before another takes over. */
const LEASE_MS = 90_000

/**
 * Does the next lawful thing for a person's account: create and apply at the bank under keys stored first, read the decision,
 * open the pocket after approval. Safe to call at any time, any number of times, by the person, a webhook or the poll.
 * @throws RequestError when the person has to answer something first; IntegrationError when the bank does not answer.
 */
export async function onboardUser(actor: Actor, accountData: AccountData): Promise<Onboarded> {
  const application =
    actor.kind === 'person'
      ? await findOrStart(actor, accountData)
      : await findForApp(actor, accountData)
  if (application) await advance(actor, application, accountData.ssn)
  const userId = actor.kind === 'person' ? actor.userId : (application?.userId ?? '')
  const facts = await DataService.getOnboardingFacts(AuthService.ownerActor(userId))
  const step = onboardingStep(facts)
  const link =
    actor.kind === 'person' && accountData.withLinkToken && step === 'link-bank'
      ? await prepareLink(actor)
      : null
  return {
    userId,
    bankAccountId: facts.bankAccountId,
    linkToken: link?.linkToken ?? null,
    step,
    link
  }
}

/** The account is open whether or not Plaid answers, so the result says so either way. */
async function prepareLink(person: UserActor): Promise<LinkToken | null> {
  try {
    return await connectBank(person)
  } catch (thrown) {
    if (!(isIntegrationError(thrown) || isRequestError(thrown))) throw thrown
    log.warn('onboarding.no_link_token', { userId: person.userId, code: thrown.code })
    return null
  }
}

async function findForApp(
  actor: Actor,
  { jikoApplicationId }: AccountData
): Promise<Application | null> {
  return jikoApplicationId && actor.kind === 'system'
    ? DataService.findApplicationByJikoId(jikoApplicationId)
    : null
}

async function findOrStart(person: UserActor, { ssn }: AccountData): Promise<Application | null> {
  await DataService.ensureUser(person)
  if (ssn) await DataService.requireNoDeletion(person)
  const existing = await DataService.findApplication(person)
  return existing || !ssn ? existing : start(person)
}

/** @throws RequestError when a question is open, or the e-mail address or the phone number is not confirmed at Clerk. */
async function start(person: UserActor): Promise<Application> {
  const { answers, consent } = await DataService.getOnboardingFacts(person)
  const open = firstUnanswered(answers)
  if (open === CONFIRM_PHONE) throw phoneNotProven()
  if (open || !consent)
    throw new RequestError(
      'conflict',
      'Some questions are still open. Answer them, then submit again.'
    )
  const { email, emailVerified, provenPhones } = await AuthService.getUser(person.userId)
  if (!email || !emailVerified)
    throw new RequestError(
      'conflict',
      'Confirm your e-mail address in your profile, then submit again.'
    )
  // It was confirmed once, and may have been removed at Clerk since.
  if (!provenPhones.includes(answers.phone?.number ?? '')) {
    await DataService.storeAnswer(person, { phoneProof: null })
    throw phoneNotProven()
  }
  await requireNewest(person, consent.version)
  return DataService.startApplication(person, { body: JSON.stringify({ answers, email, consent }) })
}

const phoneNotProven = () =>
  new RequestError(
    'phone_not_proven',
    'Confirm your mobile phone number first. The bank has to know that it is yours.'
  )

async function advance(
  actor: Actor,
  application: Application,
  ssn: string | undefined
): Promise<void> {
  if (application.status && isFinal(application.status) && (await isSettled(application))) return
  const held = await DataService.claimApplication(actor, application.id, LEASE_MS)
  if (!held) return
  try {
    const applied = await sendApplication(actor, held, ssn)
    if (!applied) return
    const decided = await applyAgain(actor, await readDecision(actor, applied), 'poll')
    if (outcomeOf(decided.status ?? '') === 'approved') await openAccount(actor, decided)
  } finally {
    await DataService.releaseApplication(actor, held)
  }
}

async function isSettled(application: Application): Promise<boolean> {
  if (application.status === 'REJECTED') return true
  return (await DataService.findBankAccount(AuthService.ownerActor(application.userId))) !== null
}
