'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '#text'
import { type FieldErrors, fieldId } from '@/components/ui/forms/field'

type Props = {
  /** Field name → message, in the order of the fields. */
  errors: FieldErrors
  /** An error of the whole form, such as a network failure. */
  failure?: ReactNode
  /** Counts submissions; each new number moves the focus to the summary. */
  attempt: number
}

/** Focused list of errors at the top, with links to the fields. */
export function ErrorSummary({ errors, failure, attempt }: Props) {
  const text = useText('common')
  const box = useRef<HTMLDivElement>(null)
  const entries = Object.entries(errors)
  const visible = entries.length > 0 || Boolean(failure)
  useEffect(() => {
    if (visible && attempt > 0) box.current?.focus()
  }, [visible, attempt])
  useErrorTitle(visible)
  if (!visible) return null
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      aria-labelledby="error-summary-title"
      className="mb-8 rounded-xl border-2 border-danger bg-danger-soft px-5 py-4 focus-visible:outline-offset-4"
    >
      <h2 id="error-summary-title" className="font-semibold text-lg">
        {text('There is a problem')}
      </h2>
      {failure && <div className="mt-1.5 leading-6">{failure}</div>}
      {entries.length > 0 && (
        <ul className="mt-1.5 space-y-1">
          {entries.map(([name, message]) => (
            <li key={name}>
              <a
                href={`#${fieldId(name)}`}
                className="inline-block py-0.5 font-medium text-danger underline underline-offset-2"
                onClick={(event) => focusField(event, name)}
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function focusField(event: { preventDefault(): void }, name: string): void {
  const field = document.getElementById(fieldId(name))
  if (!field) return
  event.preventDefault()
  field.focus({ preventScroll: true })
  field.closest('[data-field]')?.scrollIntoView({ block: 'center' })
}

/** Screen readers announce the title first, so it starts with "Error: ". */
function useErrorTitle(visible: boolean): void {
  const text = useText('common')
  useEffect(() => {
    if (!visible) return
    const title = document.title
    document.title = text('Error: {title}', { title })
    return () => {
      document.title = title
    }
  }, [visible, text])
}
