'use client'

import { brand } from '@/pangea.config'

/** Shown when the root layout fails: it has no styles or components of ours. */
export default function GlobalErrorPage({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          fontFamily: 'system-ui, sans-serif',
          maxWidth: '34rem',
          margin: '15vh auto',
          padding: '0 1.25rem',
          lineHeight: 1.6
        }}
      >
        <title>{`Something went wrong - ${brand.name}`}</title>
        <h1>We could not load this page</h1>
        <p>
          Something on our side is not answering. Your accounts and everything you entered are safe.
          Try again in a minute.
        </p>
        <button type="button" onClick={reset} style={{ font: 'inherit', padding: '0.6rem 1.2rem' }}>
          Try again
        </button>
        <p>
          Need help? E-mail <a href={`mailto:${brand.support.email}`}>{brand.support.email}</a> or
          call {brand.support.phone}.
        </p>
      </body>
    </html>
  )
}
