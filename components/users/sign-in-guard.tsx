'use client'

import { useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useClerkSession } from '@/components/lib/clerk'
import { SessionRejected } from '@/components/users/session-rejected'
import { hasRetriedRecently, sameOriginPath } from '@/components/users/sign-in-redirect'

/**
 * Breaks the redirect loop when Clerk's form forwards a signed-in browser and the server rejects
 * its session (`at` changes each time): one full load to renew the cookies, then a page with
 * checks.
 */
export function SignInGuard({
  appUrl,
  fallback,
  children
}: {
  appUrl: string
  fallback: ReactNode
  children: ReactNode
}) {
  const { status, session } = useClerkSession()
  const [isLoaded, isSignedIn] = [status === 'loaded', Boolean(session)]
  const parameters = useSearchParams()
  const [at, target] = [parameters.get('at'), parameters.get('redirect_url')]
  const [seenSignedOut, setSeenSignedOut] = useState<string | null>(null)
  const [isLooping, setIsLooping] = useState(false)
  const isRejected = isLoaded && isSignedIn && at !== null && at !== seenSignedOut
  useEffect(() => {
    if (isLoaded && !isSignedIn) setSeenSignedOut(at)
    if (!isRejected) return
    if (hasRetriedRecently()) setIsLooping(true)
    else location.replace(sameOriginPath(target))
  }, [isLoaded, isSignedIn, at, target, isRejected])
  if (isLooping) return <SessionRejected appUrl={appUrl} target={sameOriginPath(target)} />
  return isRejected ? fallback : children
}
