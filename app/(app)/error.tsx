'use client'

import { PageFault } from '@/components/ui/error-page'

export default function ErrorPage({
  error,
  reset
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main id="main" className="px-5">
      <PageFault digest={error.digest} reset={reset} />
    </main>
  )
}
