import type { Metadata } from 'next'
import Link from 'next/link'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { PageHeading } from '@/components/ui/card'
import { DeleteMyData } from '@/components/users/delete-my-data'
import { ExportMyData } from '@/components/users/export-my-data'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('users')
  return { title: text('Your data') }
}

export default async function YourDataPage() {
  await requireUser('/settings/data')
  const text = await getText('users')
  return (
    <Texts areas={['users']}>
      <div className="max-w-3xl">
        <p className="mb-3 text-sm">
          <Link
            href="/settings"
            className="inline-flex min-h-6 items-center text-accent hover:underline"
          >
            {text('Settings')}
          </Link>
        </p>
        <PageHeading title={text('Your data')}>{text('Download it or delete it.')}</PageHeading>
        <div className="mt-7 space-y-6">
          <ExportMyData />
          <DeleteMyData />
        </div>
      </div>
    </Texts>
  )
}
