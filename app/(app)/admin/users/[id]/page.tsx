import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { findAdmin } from '@/app/_lib/admin-session'
import { ActionButton } from '@/components/admin/action-button'
import { ActivityTimeline } from '@/components/admin/activity-timeline'
import { InlineCode } from '@/components/admin/list-card'
import { Card, PageHeading } from '@/components/ui/card'
import { isRequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

export const metadata: Metadata = { title: 'User' }

export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const admin = await findAdmin(`/admin/users/${id}`)
  if (!admin) return null
  const timeline = await PangeaService.findActivityTimeline(admin, id).catch((thrown: unknown) => {
    if (isRequestError(thrown)) notFound()
    throw thrown
  })
  if (timeline) return <ActivityTimeline timeline={timeline} />
  return (
    <>
      <PageHeading title="User">
        <InlineCode>{id}</InlineCode>
      </PageHeading>
      <Card className="mt-7 max-w-2xl p-6">
        <p className="mb-4 text-[0.9375rem] leading-7">
          A user’s history is private. Say why you need to see it. Your reason stays in the audit
          log, even after the user is deleted, so write a request number rather than a name. Access
          lasts half an hour.
        </p>
        <ActionButton
          action={{ path: `/api/v1/admin/users/${encodeURIComponent(id)}/access` }}
          label="Open activity"
          title="Why do you need access?"
          text="For example, the number of their support request."
        />
      </Card>
    </>
  )
}
