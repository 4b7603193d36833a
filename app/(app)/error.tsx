'use client'

import { ErrorPage } from '@/components/ui/error-page'

export default function RouteError({
  error,
  reset
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main id="main" className="px-5">
      <ErrorPage digest={error.digest} reset={reset} />
    </main>
  )
}
