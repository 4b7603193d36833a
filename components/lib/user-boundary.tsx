'use client'

import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react'
import { useClerkSession } from '@/components/lib/clerk'
import { loadedClerk } from '@/components/lib/clerk-session'
import { claimDocument, replaceAfterSignOut, watchClerk } from '@/components/lib/document-user'
import { LiveProvider } from '@/components/lib/live-updates'

/** Boundary of one user's data. Another user gets new state and caches, and a reload. */
export const UserBoundary = ({
  userId,
  children
}: {
  userId: string | null
  children: ReactNode
}) =>
  userId ? (
    <UserScope key={userId} userId={userId}>
      {children}
    </UserScope>
  ) : (
    children
  )

function UserScope({ userId, children }: { userId: string; children: ReactNode }) {
  const [claimed] = useState(() => claimDocument(userId))
  const { status } = useClerkSession()
  useEffect(() => {
    if (status === 'loaded') void loadedClerk().then(watchClerk)
  }, [status])
  useLayoutEffect(() => replaceAfterSignOut, [])
  return claimed ? <LiveProvider userId={userId}>{children}</LiveProvider> : null
}
