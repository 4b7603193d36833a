import { route } from '@/app/_lib/route'
import { WireApplication } from '@/lib/api/application'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'The application: its answers, state and next step.',
    auth: 'user',
    limit: 'read',
    errors: ['conflict'],
    response: WireApplication
  },
  async ({ actor }) => {
    const facts = await DataService.getOnboardingFacts(actor)
    return {
      step: onboardingStep(facts),
      ineligible: null,
      status: facts.application?.status ?? null
    }
  }
)
