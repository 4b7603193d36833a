'use client'

import { useWriting } from '@/components/ui/formatting'
import { useInBrowser } from '@/components/ui/client-only'

/** An instant in the reader's time zone. Where they chose none only the browser knows it, so the server's text names UTC until the browser takes over. */
export function When({ at }: { at: string }) {
  const write = useWriting()
  const browser = useInBrowser()
  return (
    <time dateTime={at} suppressHydrationWarning>
      {write.instant(at, browser || write.timeZone ? undefined : 'UTC')}
    </time>
  )
}
