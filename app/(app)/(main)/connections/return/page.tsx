import type { Metadata } from 'next'
import { requireUser } from '@/app/_lib/session'
import { ResumeLink } from '@/components/connections/link/resume-link'
import { Card, PageHeading } from '@/components/ui/card'

export const metadata: Metadata = { title: 'Back from your bank' }

/** The return address of banks whose sign-in page replaces the whole window. */
export default async function ConnectionReturnPage() {
  await requireUser('/connections')
  return (
    <div className="max-w-2xl">
      <PageHeading title="Back from your bank" />
      <Card className="mt-7 p-6">
        <ResumeLink />
      </Card>
    </div>
  )
}
