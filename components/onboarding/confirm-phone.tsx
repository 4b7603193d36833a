'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { fieldId } from '@/components/ui/forms/field-attributes'
import { TextField } from '@/components/ui/forms/text-field'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Button } from '@/components/ui/button'
import { useRefresh } from '@/components/lib/use-refresh'
import { usePhoneCode } from '@/components/onboarding/use-phone-verification'
import { writtenPhone } from '@/components/onboarding/questions'
import { BackLink } from '@/components/onboarding/step-layout'

const CODE = 'code'

/** Proves that the number is the person's own, which the bank requires: a code by text message, typed in here. */
export function ConfirmPhone({ number }: { number: string }) {
  const router = useRouter()
  const refresh = useRefresh()
  const { phase, send, enter, settle } = usePhoneCode(number)
  const [sends, setSends] = useState(0)
  const [coding, setCoding] = useState(false)
  // Once the code is asked for the form stays, whatever Clerk says meanwhile: faults are shown where the person is.
  if (phase === 'sent' && !coding) setCoding(true)
  const goOn = async () => {
    const { step } = await settle().catch((thrown: unknown) => {
      // The number may have been changed in another window: the page shows the one that counts.
      void refresh()
      throw thrown
    })
    return () => {
      router.push(`/onboarding/${step}`)
      void refresh()
    }
  }
  const asking = useSubmit(async () => {
    if (phase === 'proven') return goOn()
    await send()
    setSends((count) => count + 1)
  })
  return (
    <>
      <BackLink href="/onboarding/phone" />
      {coding ? (
        <CodeForm
          key={sends}
          number={number}
          sends={sends}
          asking={asking}
          enter={async (code) => enter(code).then(goOn)}
        />
      ) : (
        <form onSubmit={asking.submit} noValidate>
          <ErrorSummary errors={{}} failure={asking.failure} attempt={asking.attempt} />
          <Title />
          <Said>
            {phase === 'proven' ? (
              <>
                <Phone number={number} /> is confirmed.
              </>
            ) : (
              <>
                We text a code to <Phone number={number} />. Message and data rates may apply.
              </>
            )}
          </Said>
          <Button type="submit" busy={asking.busy} className="mt-7 min-w-36">
            {phase === 'proven' ? 'Continue' : asking.busy ? 'Sending' : 'Text me a code'}
          </Button>
          <AnotherNumber />
        </form>
      )}
    </>
  )
}

type CodeFormProps = {
  number: string
  sends: number
  asking: ReturnType<typeof useSubmit>
  enter: (code: string) => Promise<unknown>
}

function CodeForm({ number, sends, asking, enter }: CodeFormProps) {
  const [code, setCode] = useState('')
  const { busy, errors, failure, attempt, submit } = useSubmit(() => enter(code))
  useEffect(() => {
    // Where a code was just asked for, typing it is what comes next; after a reload the page starts at its top.
    if (sends) document.getElementById(fieldId(CODE))?.focus()
  }, [sends])
  return (
    <>
      <form onSubmit={submit} noValidate>
        <ErrorSummary
          errors={errors}
          failure={failure ?? asking.failure}
          attempt={attempt + asking.attempt}
        />
        <Title />
        <Said>
          We texted a code to <Phone number={number} />. It is good for ten minutes.
        </Said>
        <TextField
          name={CODE}
          label="Code from the text message"
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          inputMode="numeric"
          width="short"
          className="mt-6"
          {...(errors[CODE] ? { error: errors[CODE] } : {})}
        />
        <Button type="submit" busy={busy} className="mt-7 min-w-36">
          {busy ? 'Checking' : 'Continue'}
        </Button>
      </form>
      <form onSubmit={asking.submit} className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2.5">
        <Button type="submit" look="quiet" busy={asking.busy}>
          {asking.busy ? 'Sending' : 'Send a new code'}
        </Button>
        <p role="status" className="text-muted text-sm">
          {sends > 1 &&
            !asking.busy &&
            'A new code is on its way. The one before does not work any more.'}
        </p>
      </form>
      <AnotherNumber />
    </>
  )
}

const Title = () => (
  <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
    Confirm your phone number
  </h1>
)

const Said = ({ children }: { children: ReactNode }) => (
  <p className="mt-1 text-[0.9375rem] text-muted leading-6">
    The bank needs to know that the number is yours. {children}
  </p>
)

const Phone = ({ number }: { number: string }) => (
  <span className="whitespace-nowrap text-ink">{writtenPhone(number)}</span>
)

const AnotherNumber = () => (
  <p className="mt-5 text-[0.9375rem]">
    <Link
      href="/onboarding/phone"
      className="inline-block min-h-6 rounded font-medium text-accent underline underline-offset-2"
    >
      Use another number
    </Link>
  </p>
)
