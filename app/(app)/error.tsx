'use client'

import { ErrorPage, type ErrorPageProps } from '@/components/ui/error-page'

export default function RouteError(props: ErrorPageProps) {
  return (
    <main id="main" className="px-5">
      <ErrorPage {...props} />
    </main>
  )
}
