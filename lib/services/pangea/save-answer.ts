import 'server-only'
import type { Person } from '../../domain/actor'
import type { Answered } from '../../domain/application'
import { today } from '../../domain/dates'
import { ineligibility } from '../../domain/eligibility'
import { type ApplicationState, onboardingStep } from '../../domain/onboarding'
import { now } from '../../platform/clock'
import { RequestError } from '../../platform/errors'
import * as DataService from '../data'

/**
 * Keeps one answer of the application. Someone the bank cannot serve is told so and nothing is kept.
 * @throws RequestError conflict once the application was sent.
 */
export async function saveAnswer(person: Person, answered: Answered): Promise<ApplicationState> {
  const { question, answer } = answered
  await DataService.ensureUser(person)
  const facts = await DataService.getOnboardingFacts(person)
  if (facts.application) throw new RequestError('conflict', 'Your application was already sent, so its answers cannot change any more.')
  const ineligible = ineligibility(answered, furthestToday())
  if (ineligible) return { step: onboardingStep(facts), ineligible, status: null }
  await DataService.storeAnswer(person, { [question]: answer })
  return { step: onboardingStep({ ...facts, answers: { ...facts.answers, [question]: answer } }), ineligible: null, status: null }
}

/** Of all dates on Earth the one that is furthest on, so that nobody of age is turned away for living east of us. */
const furthestToday = () => today('Pacific/Kiritimati', now())
