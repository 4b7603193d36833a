import type { Metadata } from 'next'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { ResumeLink } from '@/components/connections/link/resume-link'
import { Card, PageHeading } from '@/components/ui/card'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('connections')
  return { title: text('Back from your bank') }
}

/** The return address of banks whose sign-in page replaces the whole window. */
export default async function ConnectionReturnPage() {
  await requireUser('/connections')
  const text = await getText('connections')
  return (
    <Texts areas={['connections']}>
      <div className="max-w-2xl">
        <PageHeading title={text('Back from your bank')} />
        <Card className="mt-7 p-6">
          <ResumeLink />
        </Card>
      </div>
    </Texts>
  )
}
