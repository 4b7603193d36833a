import { ClerkProvider } from '@clerk/nextjs'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { clerkAppearance } from '@/components/clerk-appearance'
import { LiveProvider } from '@/components/live'
import { NeedsScript, SkipLink } from '@/components/shell/header'

export default async function AppLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <ClerkProvider nonce={nonce} appearance={clerkAppearance} afterSignOutUrl="/" signInUrl="/sign-in" signUpUrl="/sign-up">
      <LiveProvider>
        <SkipLink />
        <NeedsScript />
        {children}
      </LiveProvider>
    </ClerkProvider>
  )
}
