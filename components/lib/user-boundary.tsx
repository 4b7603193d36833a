'use client'

import { useClerk } from '@clerk/nextjs'
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react'
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
  const clerk = useClerk()
  useEffect(() => watchClerk(clerk), [clerk])
  useLayoutEffect(() => replaceAfterSignOut, [])
  return claimed ? <LiveProvider userId={userId}>{children}</LiveProvider> : null
}
