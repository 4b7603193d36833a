import { redirect } from 'next/navigation'
import { requireUser } from '@/app/_lib/session'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { DataService } from '@/lib/services'

export default async function OnboardingPage() {
  const user = await requireUser('/onboarding')
  const step = onboardingStep(await DataService.getOnboardingFacts(user))
  redirect(step === 'done' ? '/dashboard' : `/onboarding/${step}`)
}
