import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { useText } from '#text'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { STEP_TITLES, StepPage } from '@/app/(app)/onboarding/[step]/step-page'
import { BankFirst } from '@/components/onboarding/bank-first'
import { BeforeYouStart } from '@/components/onboarding/before-you-start'
import { QuestionForm } from '@/components/onboarding/question-form'
import { QUESTION_SPECS } from '@/components/onboarding/questions'
import { JourneyProgress } from '@/components/onboarding/step-layout'
import { suggestAnswer } from '@/lib/domain/onboarding/bank-details'
import {
  canVisit,
  journeyPosition,
  type OnboardingFacts,
  onboardingStep,
  previousStep,
  QUESTIONS
} from '@/lib/domain/onboarding/onboarding'
import {
  COUNTRIES,
  UNSERVED_REGIONS,
  US_STATES
} from '@/lib/domain/onboarding/states-and-countries'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { DataService } from '@/lib/services'
import { plaid } from '@/pangea.config'

type Props = {
  params: Promise<{ step: string }>
  searchParams: Promise<{ return?: string | string[] }>
}

const questionIndex = (segment: string) =>
  QUESTIONS.findIndex((question) => question.segment === segment)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { step } = await params
  const text = await getText('onboarding')
  const question = QUESTIONS[questionIndex(step)]
  const title = question ? QUESTION_SPECS[question.key].title : STEP_TITLES[step]
  return title ? { title: text(title) } : {}
}

/** One step of the application. Redirects to the current step when this one is not available. */
export default async function OnboardingStepPage({ params, searchParams }: Props) {
  const { step } = await params
  const user = await requireUser(`/onboarding/${step}`)
  if (questionIndex(step) < 0 && !STEP_TITLES[step]) notFound()
  const facts = await DataService.getOnboardingFacts(user)
  if (!canVisit(step, facts)) redirect('/onboarding')
  const position = journeyPosition(step)
  const isReviewing = (await searchParams).return === 'check' && onboardingStep(facts) === 'check'
  return (
    <Texts areas={['onboarding', 'connections', 'account']}>
      {position && <JourneyProgress {...position} />}
      {position?.at === 1 && !isReviewing && <BeforeYouStart />}
      {questionIndex(step) < 0 ? (
        <StepPage step={step} user={user} facts={facts} />
      ) : (
        <Question segment={step} facts={facts} returning={isReviewing} />
      )}
      {position?.at === 1 && !isReviewing && <BanksOnly />}
    </Texts>
  )
}

/** An application is not needed to see other banks. */
function BanksOnly() {
  const text = useText('onboarding')
  return (
    <p className="mt-6 text-[0.9375rem] text-muted leading-6">
      {text('Only want to see the banks you already have?')}{' '}
      <Link href="/connections#add-bank" className="text-accent underline underline-offset-2">
        {text('Add them without an account')}
      </Link>
    </p>
  )
}

function Question({
  segment,
  facts,
  returning: isReviewing
}: {
  segment: string
  facts: OnboardingFacts
  returning: boolean
}) {
  const text = useText('onboarding')
  const index = questionIndex(segment)
  const question = QUESTIONS[index]
  if (!question) notFound()
  const previous = previousStep(segment)
  const backHref = isReviewing ? '/onboarding/check' : previous && `/onboarding/${previous}`
  const nextHref = isReviewing
    ? '/onboarding/check'
    : `/onboarding/${QUESTIONS[index + 1]?.segment ?? 'agreements'}`
  const { answers, bank } = suggestAnswer(facts.draft, question.key)
  return (
    <>
      {index === 0 && offersBankFirst(facts) && <BankFirst />}
      <QuestionForm
        key={`${question.key} ${bank ?? ''}`}
        question={question.key}
        answers={answers}
        suggestedBy={bank}
        backHref={backHref}
        nextStepHref={nextHref}
        regions={{
          states: namesOf(US_STATES, text),
          militaryStates: namesOf(UNSERVED_REGIONS, text),
          countries: question.key === 'citizenship' ? listCountries(text) : []
        }}
      />
    </>
  )
}

const offersBankFirst = ({ draft, linkedConnections }: OnboardingFacts): boolean =>
  plaid.prefillFromBank && !draft.name && !draft.fromBank && linkedConnections === 0

/** By name; the armed forces and places outside the US come last. */
const namesOf = (
  regions: readonly (readonly [code: string, name: TextKey<'onboarding'>])[],
  text: Text<'onboarding'>
): [code: string, name: string][] =>
  regions
    .map(([code, name]): [string, string] => [code, text(name)])
    .toSorted(
      ([code, name], [other, otherName]) =>
        Number(LAST.has(code)) - Number(LAST.has(other)) ||
        name.localeCompare(otherName, text.language)
    )

const LAST = new Set(['AA', 'AE', 'AP', 'XX'])

/** Every country except the US, sorted by name. */
function listCountries({ language }: Text<'onboarding'>): [code: string, name: string][] {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  const named = COUNTRIES.filter((code) => code !== 'US').map((code): [string, string] => [
    code,
    names.of(code) ?? code
  ])
  return named.toSorted(([, a], [, b]) => a.localeCompare(b, language))
}
