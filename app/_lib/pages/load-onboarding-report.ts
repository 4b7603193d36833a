import type { OnboardingReport } from '@/lib/api/admin'
import { explainStuck } from '@/lib/domain/onboarding/funnel'
import { DataService } from '@/lib/services'

/** The onboarding of users who signed up in the last `days` days, shared by the page and the API. */
export async function loadOnboardingReport(days: number): Promise<OnboardingReport> {
  const [steps, cohorts, linkErrors, stuck] = await Promise.all([
    DataService.readFunnel(days),
    DataService.readFunnelCohorts(days),
    DataService.countLinkErrors(days),
    DataService.listStuckApplications(days)
  ])
  return {
    steps: steps.map((step) => ({ ...step, left: step.entered - step.done })),
    cohorts,
    linkErrors,
    stuck: stuck.map((application) => ({ ...application, ...explainStuck(application) }))
  }
}
