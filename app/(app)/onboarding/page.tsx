import { redirect } from 'next/navigation'
import { requirePerson } from '@/app/_lib/session'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { DataService } from '@/lib/services'

export default async function OnboardingPage() {
  const person = await requirePerson('/onboarding')
  const step = onboardingStep(await DataService.getOnboardingFacts(person))
  redirect(step === 'done' ? '/dashboard' : `/onboarding/${step}`)
}
