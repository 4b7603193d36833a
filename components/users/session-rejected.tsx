'use client'

import { useText } from '#text'
import { loadedClerk } from '@/components/lib/clerk-session'
import { Button } from '@/components/ui/button'

/** Shown when the server rejects the browser's session. */
export function SessionRejected({ appUrl, target }: { appUrl: string; target: string }) {
  const text = useText('users')
  return (
    <section
      aria-labelledby="not-kept"
      className="rounded-2xl border border-line bg-surface px-8 py-8"
    >
      <h1 id="not-kept" className="font-bold text-xl tracking-[-0.01em]">
        {text('We can’t keep you signed in')}
      </h1>
      <p className="mt-3 text-muted">
        {text(
          'You signed in, but the session does not reach {brand}. Check these three settings, then try again.'
        )}
      </p>
      <ul className="mt-4 list-disc space-y-2 pl-5">
        <li>
          {text('Cookies: allow them for this site, and turn off extensions that block them.')}
        </li>
        <li>
          {text.rich('Address: open {brand} at <address></address>.', {
            address: () => (
              <span key="address" className="wrap-anywhere font-mono text-[0.9375rem]">
                {appUrl}
              </span>
            )
          })}
        </li>
        <li>
          {text.rich(
            'Clock: your device and the server need the right time. If you run {brand} yourself, look for <code></code> in its log.',
            { code: () => <code key="code">clerk.clock_skew</code> }
          )}
        </li>
      </ul>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button onClick={() => location.replace(target)}>{text('Try again')}</Button>
        <Button variant="quiet" onClick={() => void loadedClerk().then((clerk) => clerk.signOut())}>
          {text('Sign out')}
        </Button>
      </div>
    </section>
  )
}
