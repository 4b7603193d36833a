import 'server-only'
import type { Person } from '../../domain/actor'
import type { Answered } from '../../domain/application'
import { today, yearsBetween } from '../../domain/dates'
import { type ApplicationState, onboardingStep } from '../../domain/onboarding'
import { now } from '../../platform/clock'
import { RequestError } from '../../platform/errors'
import * as DataService from '../data'

const ADULT = 18

/**
 * Keeps one answer of the application. Someone too young is told so and nothing is kept.
 * @throws RequestError conflict once the application was sent.
 */
export async function saveAnswer(person: Person, { question, answer }: Answered): Promise<ApplicationState> {
  await DataService.ensureUser(person)
  const facts = await DataService.getOnboardingFacts(person)
  if (facts.application) throw new RequestError('conflict', 'Your application was already sent, so its answers cannot change any more.')
  if (question === 'dateOfBirth' && !isAdult(answer.date)) return { step: 'date-of-birth', ineligible: 'under_18', status: null }
  await DataService.storeAnswer(person, { [question]: answer })
  return { step: onboardingStep({ ...facts, answers: { ...facts.answers, [question]: answer } }), ineligible: null, status: null }
}

/** By the earliest date on Earth, so that nobody of age is turned away for living east of us. */
const isAdult = (dateOfBirth: string) => yearsBetween(dateOfBirth, today('Pacific/Kiritimati', now())) >= ADULT
