import { loadOnboardingReport } from '@/app/_lib/pages/load-onboarding-report'
import { route } from '@/app/_lib/route'
import { OnboardingQuery, WireOnboarding } from '@/lib/api/admin'

export const GET = route(
  {
    summary: 'How far users come in onboarding, errors of Link, and stuck applications.',
    auth: 'admin',
    limit: 'admin.read',
    query: OnboardingQuery,
    response: WireOnboarding
  },
  async ({ query }) => loadOnboardingReport(query.days)
)
