import { ClerkProvider } from '@clerk/nextjs'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { clerkAppearance } from '@/components/clerk-appearance'
import { PersonTheme } from '@/components/settings/person-theme'
import { ClerkAvatars } from '@/components/shell/clerk-avatars'
import { NeedsScript, SkipLink } from '@/components/shell/header'
import { OfflineNotice } from '@/components/shell/offline'
import { SessionEndNotice } from '@/components/shell/session-end-notice'
import { UserBoundary } from '@/components/user-boundary'
import { WritingProvider } from '@/components/writing'
import { findPerson } from '../session'
import { readPreferences, readWriting } from '../writing'

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
