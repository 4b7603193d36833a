'use client'

import type { LoadedClerk } from '@clerk/shared/types'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useClerkSession } from '@/components/lib/clerk'
import { loadedClerk } from '@/components/lib/clerk-session'

type Form = 'SignIn' | 'SignUp' | 'UserProfile'
type Settings<F extends Form> = NonNullable<Parameters<LoadedClerk[`mount${F}`]>[1]>
type Mount = (node: HTMLDivElement, settings: object) => void

/** One of Clerk's own forms, whose steps have addresses below `path`. */
export function ClerkForm<F extends Form>({
  form,
  path,
  settings,
  fallback
}: {
  form: F
  path: string
  settings: Settings<F>
  fallback: ReactNode
}) {
  const { status } = useClerkSession()
  const place = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState(false)
  // The page passes new objects with the same content.
  const options = JSON.stringify({ ...settings, path, routing: 'path' })
  useEffect(() => {
    const node = place.current
    if (status !== 'loaded' || !node) return
    const observer = new MutationObserver(() => setShown(node.childElementCount > 0))
    observer.observe(node, { childList: true })
    const clerk = loadedClerk()
    void clerk.then((one) => (one[`mount${form}`] as Mount)(node, JSON.parse(options)))
    return () => {
      observer.disconnect()
      void clerk.then((one) => one[`unmount${form}`](node))
    }
  }, [status, form, options])
  return (
    <>
      {!shown && fallback}
      <div ref={place} hidden={!shown} />
    </>
  )
}
