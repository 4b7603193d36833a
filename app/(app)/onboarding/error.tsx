'use client'

import { ErrorPage } from '@/components/ui/error-page'

export default function RouteError({
  error,
  reset
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <ErrorPage digest={error.digest} reset={reset} />
}
