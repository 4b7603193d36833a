import type { Metadata } from 'next'
import Link from 'next/link'
import { requireUser } from '@/app/_lib/session'
import { PageHeading } from '@/components/ui/card'
import { DeleteMyData } from '@/components/users/delete-my-data'
import { ExportMyData } from '@/components/users/export-my-data'

export const metadata: Metadata = { title: 'Your data' }

export default async function YourDataPage() {
  await requireUser('/settings/data')
  return (
    <div className="max-w-3xl">
      <p className="mb-3 text-sm">
        <Link
          href="/settings"
          className="inline-flex min-h-6 items-center text-accent hover:underline"
        >
          Settings
        </Link>
      </p>
      <PageHeading title="Your data">Download it or delete it.</PageHeading>
      <div className="mt-7 space-y-6">
        <ExportMyData />
        <DeleteMyData />
      </div>
    </div>
  )
}
