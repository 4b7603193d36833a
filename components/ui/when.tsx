'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}
const options: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }

/** An instant in the reader's own time zone. The server does not know the zone, so its text names UTC until the browser takes over. */
export function When({ at }: { at: string }) {
  const browser = useSyncExternalStore(
    never,
    () => true,
    () => false
  )
  const text = new Intl.DateTimeFormat('en-US', browser ? options : { ...options, timeZone: 'UTC', timeZoneName: 'short' }).format(new Date(at))
  return <time dateTime={at}>{text}</time>
}
