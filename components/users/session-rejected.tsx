'use client'

import { SignOutButton } from '@clerk/nextjs'
import { Button } from '@/components/ui/button'
import { brand } from '@/pangea.config'

/** Shown when the server rejects the browser's session. */
export function SessionRejected({ appUrl, target }: { appUrl: string; target: string }) {
  return (
    <section
      aria-labelledby="not-kept"
      className="rounded-2xl border border-line bg-surface px-8 py-8"
    >
      <h1 id="not-kept" className="font-bold text-xl tracking-[-0.01em]">
        We can’t keep you signed in
      </h1>
      <p className="mt-3 text-muted">
        You signed in, but the session does not reach {brand.name}. Check these three settings, then
        try again.
      </p>
      <ul className="mt-4 list-disc space-y-2 pl-5">
        <li>Cookies: allow them for this site, and turn off extensions that block them.</li>
        <li>
          Address: open {brand.name} at{' '}
          <span className="wrap-anywhere font-mono text-[0.9375rem]">{appUrl}</span>.
        </li>
        <li>
          Clock: your device and the server need the right time. If you run {brand.name} yourself,
          look for <code>clerk.clock_skew</code> in its log.
        </li>
      </ul>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button onClick={() => location.replace(target)}>Try again</Button>
        <SignOutButton>
          <Button variant="quiet">Sign out</Button>
        </SignOutButton>
      </div>
    </section>
  )
}
