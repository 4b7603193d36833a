'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { useText } from '#text'
import { apiSend, isApiError } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { QuestionFields, type Regions } from '@/components/onboarding/question-fields'
import { QUESTION_SPECS } from '@/components/onboarding/questions'
import { BackLink } from '@/components/onboarding/step-layout'
import { Button } from '@/components/ui/button'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Notice } from '@/components/ui/notice'
import { type ApplicationDraft, needsOccupation } from '@/lib/domain/onboarding/application'
import {
  type ApplicationState,
  CONFIRM_PHONE,
  type QuestionKey
} from '@/lib/domain/onboarding/onboarding'

type Props = {
  question: QuestionKey
  answers: ApplicationDraft
  /** The bank whose details the fields show. */
  suggestedBy: string | null
  backHref: string | null
  /** The next step. */
  nextStepHref: string
  regions: Regions
}

/** One question per page, saved on Continue. */
export function QuestionForm({
  question,
  answers,
  suggestedBy,
  backHref,
  nextStepHref,
  regions
}: Props) {
  const text = useText('onboarding')
  const router = useRouter()
  const refresh = useRefresh()
  const spec = QUESTION_SPECS[question]
  const [values, setValues] = useState(() => spec.toFormValues(answers))
  const confirmedZip = useRef('')
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    const answer = {
      ...toAnswer(question, values),
      ...(question === 'address' ? { confirmedZip: confirmedZip.current } : {})
    }
    const state = await apiSend<ApplicationState>(
      '/api/v1/application/draft',
      { question, answer },
      'PUT'
    ).catch((thrown) => {
      // A ZIP code outside the state is only questioned once; the user can continue with it.
      if (isApiError(thrown) && thrown.fields.postalCode)
        confirmedZip.current = `${values.state}${values.postalCode}`
      throw thrown
    })
    const nextHref = state.step === CONFIRM_PHONE ? `/onboarding/${CONFIRM_PHONE}` : nextStepHref
    return () => {
      router.push(state.ineligible ? `/onboarding/ineligible?why=${state.ineligible}` : nextHref)
      // The router cache has the old answer; going back must show the new one.
      void refresh()
    }
  })
  return (
    <>
      {backHref && <BackLink href={backHref} />}
      {suggestedBy && <SuggestionNotice bank={suggestedBy} />}
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
        <QuestionFields
          spec={spec}
          hint={typeof spec.hint === 'function' ? spec.hint(answers) : spec.hint}
          values={values}
          errors={errors}
          regions={regions}
          onChange={(name, value) => setValues((current) => ({ ...current, [name]: value }))}
        />
        <Button type="submit" busy={busy} className="mt-8 min-w-36 max-sm:w-full">
          {busy ? text('Saving') : text('Continue')}
        </Button>
      </form>
    </>
  )
}

function SuggestionNotice({ bank }: { bank: string }) {
  const text = useText('onboarding')
  return (
    <Notice tone="info" className="mb-6">
      {text('From {bank}. Check it, change what is different, then continue.', { bank })}
    </Notice>
  )
}

/** Follow-up fields belong to their choice; without it they are absent, not empty. */
function toAnswer(
  question: QuestionKey,
  values: Record<string, string>
): Record<string, string | undefined> {
  const { occupation, country, ...rest } = values
  const chosen = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      CHOICE_FIELDS.has(name) && !value ? undefined : value
    ])
  )
  if (question === 'work')
    return { ...chosen, ...(needsOccupation(values.employment ?? '') ? { occupation } : {}) }
  if (question === 'citizenship')
    return { ...chosen, ...(values.citizen === 'OTHER' ? { country } : {}) }
  return chosen
}

const CHOICE_FIELDS = new Set(['citizen', 'employment', 'income', 'netWorth', 'state'])
