'use client'

import clsx from 'clsx'
import { Eye, EyeOff, Lock } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useText } from '#text'
import { apiSend, isApiError } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { BackLink } from '@/components/onboarding/step-layout'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import {
  borderClass,
  CONTROL_CLASS,
  describedBy,
  FieldError,
  fieldId,
  Hint
} from '@/components/ui/forms/field'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { useTypedFormat } from '@/components/ui/forms/use-typed-format'
import { CONFIRM_PHONE } from '@/lib/domain/onboarding/onboarding'
import { formatTypedSsn } from '@/lib/domain/onboarding/typed-format'

const FIELD_NAME = 'ssn'
/** Errors that lead to a page where the user can fix them. */
const ERROR_STEPS: Record<string, string> = {
  agreements_changed: 'agreements',
  phone_not_proven: CONFIRM_PHONE,
  refused: 'check'
}

/**
 * The Social Security number is never stored: it is only in the request that submits the
 * application.
 */
export function SsnForm({ isResubmission }: { isResubmission: boolean }) {
  const text = useText('onboarding')
  const router = useRouter()
  const refresh = useRefresh()
  const [ssn, setSsn] = useState('')
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    const { step } = await apiSend<{ step: string }>('/api/v1/application/submit', { ssn }).catch(
      (thrown: unknown) => {
        const step = isApiError(thrown) ? ERROR_STEPS[thrown.code] : undefined
        if (step) return { step }
        throw thrown
      }
    )
    return () => {
      router.replace(`/onboarding/${step}`)
      void refresh()
    }
  })
  return (
    <>
      {!isResubmission && <BackLink href="/onboarding/check" />}
      <form onSubmit={submit} noValidate autoComplete="off">
        <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
        <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
          <label htmlFor={fieldId(FIELD_NAME)}>
            {isResubmission
              ? text('Enter your Social Security number once more')
              : text('What is your Social Security number?')}
          </label>
        </h1>
        {isResubmission && (
          <p className="mt-3 rounded-xl border border-line bg-surface px-4 py-3.5 text-[0.9375rem] leading-6">
            {text(
              'Jiko did not confirm that your application arrived. Your other answers are saved. We never store your Social Security number, so we need it once more to resubmit your application. Only one application will count.'
            )}
          </p>
        )}
        <SsnField value={ssn} onChange={setSsn} error={errors[FIELD_NAME]} />
        <p className="mt-5 flex gap-2.5 text-[0.9375rem] text-muted leading-6">
          <Lock aria-hidden="true" className="mt-0.5 size-4.5 shrink-0 text-accent" />
          {text('We send it to Jiko once, over an encrypted connection. We do not store it.')}
        </p>
        <p className="mt-5 text-[0.9375rem] text-muted leading-6">
          {text(
            'Federal law requires every bank to confirm who you are before it opens an account. Jiko checks your name, address, date of birth and this number, and may ask to see an ID. Submitting sends your application, and you cannot change it afterwards.'
          )}
        </p>
        <Button type="submit" busy={busy} className="mt-8 min-w-44 max-sm:w-full">
          {busy ? text('Sending to Jiko') : text('Submit application')}
        </Button>
        <p role="status" className="mt-3 text-muted text-sm">
          {busy && text('This can take up to half a minute. Keep this page open.')}
        </p>
      </form>
    </>
  )
}

const hidden = (part: ReactNode) => (
  <span key="hidden" className="sr-only">
    {part}
  </span>
)

/** Masked by CSS rather than a password field, which browsers offer to save. */
function SsnField({
  value,
  onChange,
  error
}: {
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  const text = useText('onboarding')
  const [shown, setShown] = useState(false)
  const onInput = useTypedFormat(formatTypedSsn, onChange)
  const Icon = shown ? EyeOff : Eye
  return (
    <div data-field className="mt-2">
      <Hint name={FIELD_NAME}>{text('9 digits, such as 123-45-6789.')}</Hint>
      <FieldError name={FIELD_NAME} error={error} />
      <div className="mt-4 flex max-w-80 gap-2">
        <input
          id={fieldId(FIELD_NAME)}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          data-1p-ignore
          data-lpignore="true"
          value={value}
          onChange={onInput}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(FIELD_NAME, { hint: true, error: Boolean(error) })}
          className={clsx(
            CONTROL_CLASS,
            borderClass(error),
            'w-full min-w-0 tabular-nums tracking-wide',
            !shown && '[-webkit-text-security:disc]'
          )}
        />
        <Button
          variant="quiet"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="min-h-12 shrink-0"
        >
          <Icon aria-hidden="true" className="size-4.5" />
          {text.rich(
            shown
              ? 'Hide<hidden> Social Security number</hidden>'
              : 'Show<hidden> Social Security number</hidden>',
            { hidden }
          )}
        </Button>
      </div>
    </div>
  )
}
