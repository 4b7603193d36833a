'use client'

import { PageFault } from '@/components/ui/error-page'

export default function ErrorPage({
  error,
  reset
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <PageFault digest={error.digest} reset={reset} />
}
