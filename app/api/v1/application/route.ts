import { answer, handlePerson } from '@/app/api/handle'
import type { ApplicationState } from '@/lib/api/application'
import { onboardingStep } from '@/lib/domain/onboarding'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const facts = await DataService.getOnboardingFacts(person)
  return answer({ step: onboardingStep(facts), ineligible: null, status: facts.application?.status ?? null } satisfies ApplicationState)
})
