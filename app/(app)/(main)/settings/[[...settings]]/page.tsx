import { ChevronRight } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { useText } from '#text'
import { getPreferences } from '@/app/_lib/formatting'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { localeOptions, timeZoneOptions } from '@/app/(app)/(main)/settings/options'
import { PageHeading } from '@/components/ui/card'
import { ClientOnly } from '@/components/ui/client-only'
import { ProfileSkeleton } from '@/components/ui/skeleton'
import { ClerkForm } from '@/components/users/clerk-form'
import { ClerkLoadError } from '@/components/users/clerk-load-error'
import { PreferencesForm } from '@/components/users/preferences-form'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('users')
  return { title: text('Settings') }
}

export default async function SettingsPage() {
  await requireUser('/settings')
  const text = await getText('users')
  return (
    <Texts areas={['users']}>
      <PageHeading title={text('Settings')}>{text('Appearance, login and security.')}</PageHeading>
      <div className="mt-7">
        <PreferencesForm
          initial={await getPreferences()}
          timeZones={timeZoneOptions(text)}
          locales={localeOptions(text)}
        />
      </div>
      <div className="mt-6 min-h-[32rem]">
        {/*
         * Clerk's own delete button would remove the login first, and with it access to the Jiko
         * account. Ours removes the login last.
         */}
        <ClientOnly fallback={<ProfileSkeleton />}>
          <ClerkLoadError />
          <ClerkForm
            form="UserProfile"
            path="/settings"
            settings={{ appearance: { elements: { profileSection__danger: 'hidden' } } }}
            fallback={<ProfileSkeleton />}
          />
        </ClientOnly>
      </div>
      <YourDataLink />
    </Texts>
  )
}

function YourDataLink() {
  const text = useText('users')
  return (
    <Link
      href="/settings/data"
      className="mt-6 flex items-center justify-between gap-4 rounded-card border border-line bg-surface p-5 shadow-[0_1px_2px_var(--shadow)] transition-colors hover:bg-sunken"
    >
      <span>
        <span className="block font-medium">{text('Your data')}</span>
        <span className="block text-[0.9375rem] text-muted leading-6">
          {text('Download everything, or delete everything.')}
        </span>
      </span>
      <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-muted" strokeWidth={1.75} />
    </Link>
  )
}
