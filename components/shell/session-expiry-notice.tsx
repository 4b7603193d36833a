'use client'

import { usePathname } from 'next/navigation'
import { useText } from '#text'
import { useClerkSession } from '@/components/lib/clerk'
import { loadedClerk } from '@/components/lib/clerk-session'
import { setSignedOutPath } from '@/components/lib/document-user'
import { useExpiresSoon } from '@/components/lib/use-expires-soon'
import { useFormatting } from '@/components/ui/formatting'

const WARN_BEFORE_MS = 10 * 60_000

/** Warns before the session reaches its maximum age, which activity does not extend. */
export function SessionExpiryNotice() {
  const text = useText('shell')
  const { session } = useClerkSession()
  const path = usePathname()
  const format = useFormatting()
  const expiresSoon = useExpiresSoon(session?.expireAt.getTime() ?? null, WARN_BEFORE_MS)
  const signInAgain = () => {
    const redirectUrl = `/signed-out?redirect_url=${encodeURIComponent(path)}`
    // Signing out also replaces the document, which must not win with the start page.
    setSignedOutPath(redirectUrl)
    void loadedClerk().then((clerk) => clerk.signOut({ redirectUrl }))
  }
  return (
    <div role="status" className="print:hidden">
      {expiresSoon && session && (
        <p className="flex flex-wrap items-center justify-center gap-x-2.5 border-warn/30 border-b bg-warn-soft px-5 py-3 text-[0.9375rem]">
          <span>
            {text(
              'You’ll be signed out on {when}. Save your changes, then sign in again to continue.',
              { when: format.instant(session.expireAt.toISOString()) }
            )}
          </span>
          <button
            type="button"
            className="font-medium text-accent underline underline-offset-2"
            onClick={signInAgain}
          >
            {text('Sign in again')}
          </button>
        </p>
      )}
    </div>
  )
}
