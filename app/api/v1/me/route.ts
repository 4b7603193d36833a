import { answer, handlePerson } from '@/app/api/handle'
import type { WireMe } from '@/lib/api/answers'
import { onboardingStep } from '@/lib/domain/onboarding'
import { DataService } from '@/lib/services'

export const GET = handlePerson(async (person) => {
  const [facts, email] = await Promise.all([DataService.getOnboardingFacts(person), DataService.findEmail(person)])
  return answer({ id: person.userId, email, step: onboardingStep(facts) } satisfies WireMe)
})
