import type { Metadata } from 'next'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { IneligibleScreen } from '@/components/onboarding/ineligible-screen'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('onboarding')
  return { title: text('You cannot open an account yet') }
}

type Props = { searchParams: Promise<{ why?: string | string[] }> }

export default async function IneligiblePage({ searchParams }: Props) {
  await requireUser('/onboarding')
  return (
    <Texts areas={['onboarding']}>
      <IneligibleScreen
        reason={(await searchParams).why === 'not_served' ? 'not_served' : 'under_18'}
      />
    </Texts>
  )
}
