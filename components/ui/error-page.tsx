'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useEffect } from 'react'
import { useText } from '#text'
import { SupportContact } from '@/components/site/support-contact'
import { buttonClass } from '@/components/ui/button-class'
import { brand } from '@/pangea.config'

/** The props of Next's error files. */
export type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

/** Error page: what happened, what is safe, and a retry button. */
export function ErrorPage({ error: { digest }, reset }: ErrorPageProps) {
  const text = useText('common')
  const router = useRouter()
  useEffect(() => {
    document.title = `${text('Something went wrong')} - ${brand.name}`
  }, [text])
  const retry = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  return (
    <div className="mx-auto max-w-xl py-16">
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        {text('We could not load this page')}
      </h1>
      <p className="mt-3 leading-7">
        {text(
          'Something on our side is not answering. Your accounts and everything you entered are safe. Try again in a minute.'
        )}
      </p>
      <button type="button" className={buttonClass('primary', 'mt-6')} onClick={retry}>
        {text('Try again')}
      </button>
      <SupportContact className="mt-6 text-muted text-sm" />
      {digest && (
        <p className="mt-2 text-muted text-sm">
          {text('Reference: {reference}', { reference: digest })}
        </p>
      )}
    </div>
  )
}
