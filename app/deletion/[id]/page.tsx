import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { serializeDeletion } from '@/app/_lib/serializers/deletion'
import { Wordmark } from '@/components/ui/logo'
import { DeletionStatus } from '@/components/users/deletion-status'
import { isRequestError } from '@/lib/platform/errors'
import { DataService } from '@/lib/services'

export const metadata: Metadata = {
  title: 'Deleting your data',
  robots: { index: false },
  referrer: 'no-referrer'
}

/** Uses no Clerk component: the login is removed at the end of the deletion. */
export default async function DeletionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const deletion = await DataService.getDeletion(id).catch((thrown: unknown) => {
    if (isRequestError(thrown)) notFound()
    throw thrown
  })
  return (
    <div className="mx-auto max-w-xl px-5 py-6 [--mark-gap:var(--canvas)]">
      <header>
        <Wordmark />
      </header>
      <main id="main" className="py-12">
        <DeletionStatus initial={serializeDeletion(deletion)} />
      </main>
    </div>
  )
}
