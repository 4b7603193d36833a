import type { Metadata } from 'next'
import Link from 'next/link'
import { requireUser } from '@/app/_lib/session'
import { MessageList } from '@/components/messages/message-list'
import { PageHeading } from '@/components/ui/card'
import { DataService } from '@/lib/services'

export const metadata: Metadata = { title: 'Messages' }

export default async function MessagesPage() {
  const user = await requireUser('/messages')
  const [newest] = (await DataService.listMessages(user, { limit: 1 })).items
  return (
    <div className="max-w-3xl">
      <PageHeading title="Messages">
        What changed and what needs you. Most messages also come by e-mail:{' '}
        <Link href="/settings" className="text-accent underline underline-offset-4">
          choose which
        </Link>
        .
      </PageHeading>
      <div className="mt-7">
        <MessageList newest={newest ? { id: newest.id, read: newest.readAt !== null } : null} />
      </div>
    </div>
  )
}
