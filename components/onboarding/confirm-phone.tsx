'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '#text'
import { useRefresh } from '@/components/lib/use-refresh'
import { formatPhone } from '@/components/onboarding/questions'
import { BackLink } from '@/components/onboarding/step-layout'
import { usePhoneVerification } from '@/components/onboarding/use-phone-verification'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { fieldId } from '@/components/ui/forms/field'
import { TextField } from '@/components/ui/forms/text-field'
import { useSubmit } from '@/components/ui/forms/use-submit'

const CODE_FIELD = 'code'

/** Confirms the phone number with a code by text message, which Jiko requires. */
export function ConfirmPhone({ number }: { number: string }) {
  const router = useRouter()
  const refresh = useRefresh()
  const { phase, send, enter: verify, settle: confirm } = usePhoneVerification(number)
  const [sendCount, setSendCount] = useState(0)
  const [isCodeRequested, setIsCodeRequested] = useState(false)
  // The form stays once a code was requested, so that errors appear where the user is.
  if (phase === 'sent' && !isCodeRequested) setIsCodeRequested(true)
  const continueToNextStep = async () => {
    const { step } = await confirm().catch((thrown: unknown) => {
      // Another tab may have changed the number: the page shows the stored one.
      void refresh()
      throw thrown
    })
    return () => {
      router.push(`/onboarding/${step}`)
      void refresh()
    }
  }
  const sendForm = useSubmit(async () => {
    if (phase === 'proven') return continueToNextStep()
    await send()
    setSendCount((count) => count + 1)
  })
  return (
    <>
      <BackLink href="/onboarding/phone" />
      {isCodeRequested ? (
        <CodeForm
          key={sendCount}
          number={number}
          sendCount={sendCount}
          sendForm={sendForm}
          verify={async (code) => verify(code).then(continueToNextStep)}
        />
      ) : (
        <RequestForm number={number} sendForm={sendForm} isVerified={phase === 'proven'} />
      )}
    </>
  )
}

type RequestFormProps = {
  number: string
  sendForm: ReturnType<typeof useSubmit>
  isVerified: boolean
}

/** Asks for a code, or continues with a number that is verified already. */
function RequestForm({ number, sendForm, isVerified }: RequestFormProps) {
  const text = useText('onboarding')
  const phone = () => <Phone key="phone" number={number} />
  return (
    <form onSubmit={sendForm.submit} noValidate>
      <ErrorSummary errors={{}} failure={sendForm.failure} attempt={sendForm.attempt} />
      <Heading />
      <Intro>
        {isVerified
          ? text.rich('<phone></phone> is confirmed.', { phone })
          : text.rich('We text a code to <phone></phone>. Message and data rates may apply.', {
              phone
            })}
      </Intro>
      <Button type="submit" busy={sendForm.busy} className="mt-7 min-w-36 max-sm:w-full">
        {isVerified ? text('Continue') : sendForm.busy ? text('Sending') : text('Text me a code')}
      </Button>
      <AnotherNumber />
    </form>
  )
}

type CodeFormProps = {
  number: string
  sendCount: number
  sendForm: ReturnType<typeof useSubmit>
  verify: (code: string) => Promise<unknown>
}

function CodeForm({ number, sendCount, sendForm, verify }: CodeFormProps) {
  const text = useText('onboarding')
  const [code, setCode] = useState('')
  const { busy, errors, failure, attempt, submit } = useSubmit(() => verify(code))
  useEffect(() => {
    // Focuses the field only after a code was requested, not after a reload.
    if (sendCount) document.getElementById(fieldId(CODE_FIELD))?.focus()
  }, [sendCount])
  return (
    <>
      <form onSubmit={submit} noValidate>
        <ErrorSummary
          errors={errors}
          failure={failure ?? sendForm.failure}
          attempt={attempt + sendForm.attempt}
        />
        <Heading />
        <Intro>
          {text.rich('We texted a code to <phone></phone>. It is valid for ten minutes.', {
            phone: () => <Phone key="phone" number={number} />
          })}
        </Intro>
        <TextField
          name={CODE_FIELD}
          label={text('Code from the text message')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          inputMode="numeric"
          width="short"
          className="mt-6"
          {...(errors[CODE_FIELD] ? { error: errors[CODE_FIELD] } : {})}
        />
        <Button type="submit" busy={busy} className="mt-7 min-w-36 max-sm:w-full">
          {busy ? text('Checking') : text('Continue')}
        </Button>
      </form>
      <form
        onSubmit={sendForm.submit}
        className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2.5"
      >
        <Button type="submit" variant="quiet" busy={sendForm.busy} className="max-sm:w-full">
          {sendForm.busy ? text('Sending') : text('Send a new code')}
        </Button>
        <p role="status" className="text-muted text-sm">
          {sendCount > 1 &&
            !sendForm.busy &&
            text('A new code is on its way. The previous one no longer works.')}
        </p>
      </form>
      <AnotherNumber />
    </>
  )
}

function Heading() {
  const text = useText('onboarding')
  return (
    <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
      {text('Confirm your phone number')}
    </h1>
  )
}

function Intro({ children }: { children: ReactNode }) {
  const text = useText('onboarding')
  return (
    <p className="mt-1 text-[0.9375rem] text-muted leading-6">
      {text('Jiko needs to know that the number is yours.')} {children}
    </p>
  )
}

const Phone = ({ number }: { number: string }) => (
  <span className="whitespace-nowrap text-ink">{formatPhone(number)}</span>
)

function AnotherNumber() {
  const text = useText('onboarding')
  return (
    <p className="mt-5 text-[0.9375rem]">
      <Link
        href="/onboarding/phone"
        className="inline-block min-h-6 rounded font-medium text-accent underline underline-offset-2"
      >
        {text('Use another number')}
      </Link>
    </p>
  )
}
