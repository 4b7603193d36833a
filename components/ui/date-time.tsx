'use client'

import { useHydrated } from '@/components/ui/client-only'
import { useFormatting } from '@/components/ui/formatting'

/**
 * A timestamp in the user's time zone. Without a preference the server's HTML is in UTC until
 * hydration.
 */
export function DateTime({ at }: { at: string }) {
  const format = useFormatting()
  const isHydrated = useHydrated()
  return (
    <time dateTime={at} suppressHydrationWarning>
      {format.instant(at, isHydrated || format.timeZone ? undefined : 'UTC')}
    </time>
  )
}
