import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import type { Answered, Answers } from '@/lib/domain/onboarding/application'
import { today } from '@/lib/domain/dates'
import { ineligibility } from '@/lib/domain/onboarding/eligibility'
import { type ApplicationState, onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { now } from '@/lib/platform/clock'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { findPhoneProof } from '@/lib/services/pangea/onboarding/confirm-phone'

/**
 * Keeps one answer of the application. Someone the bank cannot serve is told so and nothing is kept.
 * @throws RequestError conflict once the application was sent.
 */
export async function saveAnswer(person: UserActor, answered: Answered): Promise<ApplicationState> {
  const { question, answer } = answered
  await DataService.ensureUser(person)
  const facts = await DataService.getOnboardingFacts(person)
  if (facts.application)
    throw new RequestError(
      'conflict',
      'Your application was already sent, so its answers cannot change any more.'
    )
  const ineligible = ineligibility(answered, furthestToday())
  if (ineligible) return { step: onboardingStep(facts), ineligible, status: null }
  const answers = { [question]: answer, ...(await proofOf(person, answered)) }
  await DataService.storeAnswer(person, answers)
  return {
    step: onboardingStep({ ...facts, answers: { ...facts.answers, ...answers } }),
    ineligible: null,
    status: null
  }
}

/** A number that was proven at Clerk before is not proven again. With Clerk away the answer is kept all the same, and the next step asks. */
async function proofOf(
  person: UserActor,
  { question, answer }: Answered
): Promise<Pick<Answers, 'phoneProof'>> {
  if (question !== 'phone') return {}
  try {
    return { phoneProof: await findPhoneProof(person, answer.number) }
  } catch (thrown) {
    if (isIntegrationError(thrown)) return {}
    throw thrown
  }
}

/** Of all dates on Earth the one that is furthest on, so that nobody of age is turned away for living east of us. */
const furthestToday = () => today('Pacific/Kiritimati', now())
