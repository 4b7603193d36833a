import 'server-only'
import { today } from '@/lib/domain/dates'
import type { ApplicationDraft, DraftAnswer } from '@/lib/domain/onboarding/application'
import { ineligibility } from '@/lib/domain/onboarding/eligibility'
import { type ApplicationState, onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { findVerifiedPhone } from '@/lib/services/pangea/onboarding/confirm-phone'

/**
 * Saves one answer of the application. If it makes the user ineligible, nothing is saved.
 * @throws RequestError conflict after submission.
 */
export async function saveAnswer(
  actor: UserActor,
  answered: DraftAnswer
): Promise<ApplicationState> {
  const { question, answer } = answered
  await DataService.ensureUser(actor)
  const facts = await DataService.getOnboardingFacts(actor)
  if (facts.application)
    throw new RequestError(
      'conflict',
      'Your application was already sent, so its answers can no longer change.'
    )
  const ineligible = ineligibility(answered, latestDateOnEarth())
  if (ineligible) return { step: onboardingStep(facts), ineligible, status: null }
  const changes = { [question]: answer, ...(await verifiedPhoneOf(actor, answered)) }
  await DataService.saveDraft(actor, changes)
  return {
    step: onboardingStep({ ...facts, draft: { ...facts.draft, ...changes } }),
    ineligible: null,
    status: null
  }
}

/**
 * A number already verified at Clerk needs no new code. If Clerk is unreachable, the answer is
 * saved and the next step asks for it.
 */
async function verifiedPhoneOf(
  actor: UserActor,
  { question, answer }: DraftAnswer
): Promise<Pick<ApplicationDraft, 'verifiedPhone'>> {
  if (question !== 'phone') return {}
  try {
    return { verifiedPhone: await findVerifiedPhone(actor, answer.number) }
  } catch (thrown) {
    if (isIntegrationError(thrown)) return {}
    throw thrown
  }
}

/** The latest current date on Earth, so that no adult is refused because of their time zone. */
const latestDateOnEarth = () => today('Pacific/Kiritimati', now())
