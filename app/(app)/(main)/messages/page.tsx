import type { Metadata } from 'next'
import Link from 'next/link'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { MessageList } from '@/components/messages/message-list'
import { PageHeading } from '@/components/ui/card'
import { DataService } from '@/lib/services'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('messages')
  return { title: text('Messages') }
}

export default async function MessagesPage() {
  const user = await requireUser('/messages')
  const [newest] = (await DataService.listMessages(user, { limit: 1 })).items
  const text = await getText('messages')
  return (
    <Texts areas={['messages', 'account']}>
      <div className="max-w-3xl">
        <PageHeading title={text('Messages')}>
          {text.rich(
            'What changed and what needs you. Most messages also come by e-mail: <link>choose which</link>.',
            {
              link: (part) => (
                <Link
                  key="link"
                  href="/settings"
                  className="text-accent underline underline-offset-4"
                >
                  {part}
                </Link>
              )
            }
          )}
        </PageHeading>
        <div className="mt-7">
          <MessageList newest={newest ? { id: newest.id, read: newest.readAt !== null } : null} />
        </div>
      </div>
    </Texts>
  )
}
