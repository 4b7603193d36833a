import type { Metadata } from 'next'
import { requirePerson } from '@/app/session'
import { IneligibleScreen } from '@/components/onboarding/status-screens'

export const metadata: Metadata = { title: 'You need to be 18' }

export default async function IneligiblePage() {
  await requirePerson('/onboarding')
  return <IneligibleScreen />
}
