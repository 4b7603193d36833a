import { UserProfile } from '@clerk/nextjs'
import type { Metadata } from 'next'
import { requirePerson } from '@/app/session'
import { PageHeading } from '@/components/ui/card'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  await requirePerson('/settings')
  return (
    <>
      <PageHeading title="Settings">Your login and its security.</PageHeading>
      <div className="mt-7 min-h-[32rem]">
        <UserProfile path="/settings" />
      </div>
    </>
  )
}
