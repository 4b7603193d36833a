'use client'

import { type FormEvent, type ReactNode, useState, useTransition } from 'react'
import { useText } from '#text'
import { errorMessage, isApiError } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import type { FieldErrors } from '@/components/ui/forms/field'

/**
 * State of a form submission: one request at a time, field and form errors, input is kept. @param
 * send may resolve to a function that opens the next page: the form stays busy until it is shown.
 */
export function useSubmit(send: () => Promise<unknown>) {
  const [isNavigating, startNavigation] = useTransition()
  const [errors, setErrors] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<ReactNode>(null)
  const [attempt, setAttempt] = useState(0)
  const { busy, mutate } = useMutation(async (hasInput: boolean) => {
    try {
      const openNext = await send()
      setErrors({})
      setFailure(null)
      if (typeof openNext === 'function') startNavigation(() => openNext())
    } catch (thrown) {
      const fields = isApiError(thrown) ? thrown.fields : {}
      setErrors(Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'form')))
      setFailure(
        Object.keys(fields).some((name) => name !== 'form') ? null : (
          <SubmitFailure thrown={thrown} hasInput={hasInput} />
        )
      )
      setAttempt((count) => count + 1)
    }
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isNavigating) void mutate(hasInputFields(event.currentTarget))
  }
  return { busy: busy || isNavigating, errors, failure, attempt, submit }
}

const hasInputFields = (form: HTMLFormElement): boolean =>
  [...form.elements].some(
    (field) =>
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
  )

const isOutage = (thrown: unknown): boolean =>
  isApiError(thrown) && (thrown.status === 0 || thrown.status >= 500)

/** Sign-in after an expired session opens in a new tab, so that the input is kept. */
function SubmitFailure({ thrown, hasInput }: { thrown: unknown; hasInput: boolean }) {
  const text = useText('common')
  const kept = hasInput ? ` ${text('Your entries are kept.')}` : ''
  if (!isApiError(thrown) || thrown.status !== 401) {
    const reference = isApiError(thrown) ? thrown.reference : null
    return (
      <>
        <span>{errorMessage(thrown) + (isOutage(thrown) ? kept : '')}</span>
        {reference && (
          <span className="mt-1 block text-muted text-sm">
            {text('Reference: {reference}', { reference })}
          </span>
        )}
      </>
    )
  }
  return (
    <>
      {text.rich<ReactNode>(
        'Your session has ended. <link>Sign in again in a new tab</link>, then come back here and continue.',
        { link: (part) => <SignInLink key="link">{part}</SignInLink> }
      )}
      {kept}
    </>
  )
}

const SignInLink = ({ children }: { children: ReactNode }) => (
  <a
    href="/sign-in"
    target="_blank"
    rel="noreferrer"
    className="font-medium underline underline-offset-2"
  >
    {children}
  </a>
)
