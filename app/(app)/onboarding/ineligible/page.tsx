import type { Metadata } from 'next'
import { requirePerson } from '@/app/_lib/session'
import { IneligibleScreen } from '@/components/onboarding/ineligible-screen'

export const metadata: Metadata = { title: 'You cannot open an account yet' }

type Props = { searchParams: Promise<{ why?: string | string[] }> }

export default async function IneligiblePage({ searchParams }: Props) {
  await requirePerson('/onboarding')
  return (
    <IneligibleScreen why={(await searchParams).why === 'not_served' ? 'not_served' : 'under_18'} />
  )
}
