import { ClerkProvider } from '@clerk/nextjs'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { clerkAppearance } from '@/components/clerk-appearance'
import { LiveProvider } from '@/components/live'
import { PersonTheme } from '@/components/settings/person-theme'
import { NeedsScript, SkipLink } from '@/components/shell/header'
import { WritingProvider } from '@/components/writing'
import { readPreferences, readWriting } from '../writing'

export default async function AppLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const [{ theme }, writing] = await Promise.all([readPreferences(), readWriting()])
  return (
    <ClerkProvider nonce={nonce} appearance={clerkAppearance} afterSignOutUrl="/" signInUrl="/sign-in" signUpUrl="/sign-up">
      <PersonTheme theme={theme} />
      <LiveProvider>
        <WritingProvider writing={writing}>
          <SkipLink />
          <NeedsScript />
          {children}
        </WritingProvider>
      </LiveProvider>
    </ClerkProvider>
  )
}
