import type { Metadata } from 'next'
import { requireUser } from '@/app/_lib/session'
import { ResumeLink } from '@/components/connections/link/resume-link'
import { Card, PageHeading } from '@/components/ui/card'

export const metadata: Metadata = { title: 'Back from your bank' }

/** Where a bank's own sign-in page comes back to, when it took over the window. */
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
