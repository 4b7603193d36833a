'use client'

import { useHydrated } from '@/components/ui/client-only'
import { useFormatting } from '@/components/ui/formatting'

/** An instant in the reader's time zone. Where they chose none only the browser knows it, so the server's text names UTC until the browser takes over. */
export function DateTime({ at }: { at: string }) {
  const format = useFormatting()
  const isHydrated = useHydrated()
  return (
    <time dateTime={at} suppressHydrationWarning>
      {format.instant(at, isHydrated || format.timeZone ? undefined : 'UTC')}
    </time>
  )
}
