import { ClerkProvider } from '@clerk/nextjs'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { clerkAppearance } from '@/components/lib/clerk-appearance'
import { PersonTheme } from '@/components/users/user-theme'
import { ClerkAvatars } from '@/components/shell/fix-avatar-alt'
import { NeedsScript, SkipLink } from '@/components/shell/header'
import { OfflineNotice } from '@/components/shell/offline-notice'
import { SessionEndNotice } from '@/components/shell/session-expiry-notice'
import { UserBoundary } from '@/components/lib/user-boundary'
import { WritingProvider } from '@/components/ui/formatting'
import { findPerson } from '@/app/_lib/session'
import { readPreferences, readWriting } from '@/app/_lib/formatting'

export default async function AppLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const [person, { theme }, writing] = await Promise.all([
    findPerson(),
    readPreferences(),
    readWriting()
  ])
  return (
    <ClerkProvider
      nonce={nonce}
      appearance={clerkAppearance}
      afterSignOutUrl="/"
      signInUrl="/sign-in"
      signUpUrl="/sign-up"
    >
      <PersonTheme theme={theme} />
      <UserBoundary userId={person?.userId ?? null}>
        <WritingProvider writing={writing}>
          <ClerkAvatars />
          <SkipLink />
          <NeedsScript />
          <OfflineNotice />
          <SessionEndNotice />
          {children}
        </WritingProvider>
      </UserBoundary>
    </ClerkProvider>
  )
}
