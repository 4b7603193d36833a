import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { serializeDeletion } from '@/app/_lib/serializers/deletion'
import { getText, Texts } from '@/app/_lib/text'
import { LinkPage } from '@/components/shell/link-page'
import { DeletionStatus } from '@/components/users/deletion-status'
import { isRequestError } from '@/lib/platform/errors'
import { DataService } from '@/lib/services'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('users')
  return { title: text('Deleting your data'), robots: { index: false }, referrer: 'no-referrer' }
}

/** Uses no Clerk component: the login is removed at the end of the deletion. */
export default async function DeletionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const deletion = await DataService.getDeletion(id).catch((thrown: unknown) => {
    if (isRequestError(thrown)) notFound()
    throw thrown
  })
  return (
    <LinkPage>
      <Texts areas={['users']}>
        <DeletionStatus initial={serializeDeletion(deletion)} />
      </Texts>
    </LinkPage>
  )
}
