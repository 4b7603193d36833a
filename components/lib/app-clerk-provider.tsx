'use client'

import { ClerkProvider } from '@clerk/nextjs'
import type { ReactNode } from 'react'
import { clerkAppearance } from '@/components/lib/clerk-appearance'
import { OnDemandClerkUi } from '@/components/lib/clerk-ui'

/** Clerk for signed-in pages: its session at once, its forms and dialogs when they are shown. */
export const AppClerkProvider = ({
  nonce,
  children
}: {
  nonce: string | undefined
  children: ReactNode
}) => (
  <ClerkProvider
    nonce={nonce}
    appearance={clerkAppearance}
    ui={{ ClerkUI: OnDemandClerkUi }}
    prefetchUI={false}
    afterSignOutUrl="/signed-out"
    signInUrl="/sign-in"
    signUpUrl="/sign-up"
  >
    {children}
  </ClerkProvider>
)
