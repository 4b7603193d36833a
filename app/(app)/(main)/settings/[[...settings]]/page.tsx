import { UserProfile } from '@clerk/nextjs'
import { ChevronRight } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getPreferences } from '@/app/_lib/formatting'
import { requireUser } from '@/app/_lib/session'
import { Texts } from '@/app/_lib/text'
import { localeOptions, timeZoneOptions } from '@/app/(app)/(main)/settings/options'
import { PageHeading } from '@/components/ui/card'
import { ClientOnly } from '@/components/ui/client-only'
import { ProfileSkeleton } from '@/components/ui/skeleton'
import { ClerkLoadError } from '@/components/users/clerk-load-error'
import { PreferencesForm } from '@/components/users/preferences-form'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  await requireUser('/settings')
  return (
    <Texts areas={['users']}>
      <PageHeading title="Settings">Appearance, login and security.</PageHeading>
      <div className="mt-7">
        <PreferencesForm
          initial={await getPreferences()}
          timeZones={timeZoneOptions()}
          locales={localeOptions()}
        />
      </div>
      <div className="mt-6 min-h-[32rem]">
        {/*
         * Clerk's own delete button would remove the login first, and with it access to the Jiko
         * account. Ours removes the login last.
         */}
        <ClientOnly fallback={<ProfileSkeleton />}>
          <ClerkLoadError />
          <UserProfile
            path="/settings"
            fallback={<ProfileSkeleton />}
            appearance={{ elements: { profileSection__danger: 'hidden' } }}
          />
        </ClientOnly>
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
    </Texts>
  )
}
