'use client'

import { startTransition, useEffect } from 'react'
import { useRefresh } from '@/components/lib/use-refresh'
import { SupportContact } from '@/components/site/support-contact'
import { Button } from '@/components/ui/button'
import { brand } from '@/pangea.config'

/** The props of Next's error files. */
export type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

/** Error page: what happened, what is safe, and a retry button. */
export function ErrorPage({ error: { digest }, reset }: ErrorPageProps) {
  const refresh = useRefresh()
  useEffect(() => {
    document.title = `Something went wrong - ${brand.name}`
  }, [])
  const retry = () =>
    startTransition(() => {
      void refresh()
      reset()
    })
  return (
    <div className="mx-auto max-w-xl py-16">
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        We could not load this page
      </h1>
      <p className="mt-3 leading-7">
        Something on our side is not answering. Your accounts and everything you entered are safe.
        Try again in a minute.
      </p>
      <Button className="mt-6" onClick={retry}>
        Try again
      </Button>
      <SupportContact className="mt-6 text-muted text-sm" />
      {digest && <p className="mt-2 text-muted text-sm">Reference: {digest}</p>}
    </div>
  )
}
