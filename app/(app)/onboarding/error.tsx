'use client'

import { PageFault } from '@/components/page-fault'

export default function ErrorPage({
  error,
  reset
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <PageFault digest={error.digest} reset={reset} />
}
