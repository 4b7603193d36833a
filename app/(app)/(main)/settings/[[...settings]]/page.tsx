import { UserProfile } from '@clerk/nextjs'
import { ChevronRight } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { requirePerson } from '@/app/_lib/session'
import { readPreferences } from '@/app/_lib/formatting'
import { ClerkTrouble } from '@/components/users/clerk-load-error'
import { PreferencesForm } from '@/components/users/preferences-form'
import { ProfileWaiting } from '@/components/users/profile-skeleton'
import { PageHeading } from '@/components/ui/card'
import { InBrowser } from '@/components/ui/client-only'
import { localeChoices, zoneChoices } from '@/app/(app)/(main)/settings/options'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  await requirePerson('/settings')
  return (
    <>
      <PageHeading title="Settings">
        How Pangea looks to you, your login and its security.
      </PageHeading>
      <div className="mt-7">
        <PreferencesForm
          initial={await readPreferences()}
          zones={zoneChoices()}
          locales={localeChoices()}
        />
      </div>
      <div className="mt-6 min-h-[32rem]">
        {/* Clerk's own button would end the login first, and with it the way to the money. Ours ends it last. */}
        <InBrowser fallback={<ProfileWaiting />}>
          <ClerkTrouble />
          <UserProfile
            path="/settings"
            fallback={<ProfileWaiting />}
            appearance={{ elements: { profileSection__danger: 'hidden' } }}
          />
        </InBrowser>
      </div>
      <Link
        href="/settings/data"
        className="mt-6 flex items-center justify-between gap-4 rounded-card border border-line bg-surface p-5 shadow-[0_1px_2px_var(--shadow)] transition-colors hover:bg-sunken"
      >
        <span>
          <span className="block font-medium">Your data</span>
          <span className="block text-[0.9375rem] text-muted leading-6">
            Download everything, or delete everything.
          </span>
        </span>
        <ChevronRight
          aria-hidden="true"
          className="size-5 shrink-0 text-muted"
          strokeWidth={1.75}
        />
      </Link>
    </>
  )
}
