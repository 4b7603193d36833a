'use client'

import {
  buildClerkJSScriptAttributes,
  clerkJSScriptUrl,
  clerkUIScriptUrl
} from '@clerk/shared/loadClerkJsScript'
import type { ClerkOptions } from '@clerk/shared/types'
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { clerkAppearance } from '@/components/lib/clerk-appearance'
import { type ClerkSource, startClerk } from '@/components/lib/clerk-session'
import { OnDemandClerkUi } from '@/components/lib/clerk-ui'

type Navigation = NonNullable<ClerkOptions['routerPush']>

/** Steps of a form stay in the document; everything else that Clerk opens loads a new one. */
const navigation =
  (history: 'pushState' | 'replaceState'): Navigation =>
  (to, options) => {
    if (options?.__internal_metadata?.navigationType === 'internal')
      window.history[history](null, '', to)
    else options?.windowNavigate(new URL(to, window.location.origin))
  }

const OPTIONS = {
  appearance: clerkAppearance,
  ui: { ClerkUI: OnDemandClerkUi },
  afterSignOutUrl: '/signed-out',
  signInUrl: '/sign-in',
  signUpUrl: '/sign-up',
  signInFallbackRedirectUrl: '/dashboard',
  signUpFallbackRedirectUrl: '/onboarding',
  telemetry: false,
  routerPush: navigation('pushState'),
  routerReplace: navigation('replaceState')
} satisfies ClerkOptions

const SourceContext = createContext<ClerkSource>({ publishableKey: '' })
export const useClerkSource = () => useContext(SourceContext)

/**
 * Clerk for the pages below: its session at once, its forms and dialogs when they are shown.
 * @param showsForm loads the script of the forms early.
 */
export function AppClerkProvider({
  nonce,
  source,
  showsForm = false,
  children
}: {
  nonce: string | undefined
  source: ClerkSource
  showsForm?: boolean
  children: ReactNode
}) {
  const { publishableKey, proxyUrl } = source
  useEffect(
    () =>
      startClerk({ publishableKey, proxyUrl, nonce }, { ...OPTIONS, ...(nonce ? { nonce } : {}) }),
    [publishableKey, proxyUrl, nonce]
  )
  const script = { publishableKey, ...(proxyUrl ? { proxyUrl } : {}), ...(nonce ? { nonce } : {}) }
  return (
    <SourceContext value={source}>
      <script
        src={clerkJSScriptUrl(script)}
        async
        crossOrigin="anonymous"
        data-clerk-js-script=""
        {...buildClerkJSScriptAttributes(script)}
      />
      {showsForm && (
        <link
          rel="preload"
          as="script"
          href={clerkUIScriptUrl(script)}
          crossOrigin="anonymous"
          nonce={nonce}
        />
      )}
      {children}
    </SourceContext>
  )
}
