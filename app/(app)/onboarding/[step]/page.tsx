import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { requirePerson } from '@/app/_lib/session'
import { QuestionForm } from '@/components/onboarding/question-form'
import { QUESTION_SPECS } from '@/components/onboarding/questions'
import {
  previousStep,
  canVisit,
  type OnboardingFacts,
  onboardingStep,
  QUESTIONS
} from '@/lib/domain/onboarding/onboarding'
import { COUNTRIES, UNSERVED_REGIONS, US_STATES } from '@/lib/domain/onboarding/states-and-countries'
import { DataService } from '@/lib/services'
import { StepPage } from '@/app/(app)/onboarding/[step]/step-page'
import { STEP_TITLES } from '@/app/(app)/onboarding/[step]/step-titles'

type Props = {
  params: Promise<{ step: string }>
  searchParams: Promise<{ return?: string | string[] }>
}

const questionAt = (segment: string) =>
  QUESTIONS.findIndex((question) => question.segment === segment)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { step } = await params
  const question = QUESTIONS[questionAt(step)]
  return { title: question ? QUESTION_SPECS[question.key].title : STEP_TITLES[step] }
}

/** One step of opening the account. A step that is not open yet, or not any more, leads to the one that is. */
export default async function OnboardingStepPage({ params, searchParams }: Props) {
  const { step } = await params
  const person = await requirePerson(`/onboarding/${step}`)
  if (questionAt(step) < 0 && !STEP_TITLES[step]) notFound()
  const facts = await DataService.getOnboardingFacts(person)
  if (!canVisit(step, facts)) redirect('/onboarding')
  if (questionAt(step) < 0) return <StepPage step={step} person={person} facts={facts} />
  const returning = (await searchParams).return === 'check' && onboardingStep(facts) === 'check'
  return <Question segment={step} facts={facts} returning={returning} />
}

function Question({
  segment,
  facts,
  returning
}: {
  segment: string
  facts: OnboardingFacts
  returning: boolean
}) {
  const index = questionAt(segment)
  const question = QUESTIONS[index]
  if (!question) notFound()
  const earlier = previousStep(segment)
  const back = returning ? '/onboarding/check' : earlier && `/onboarding/${earlier}`
  const next = returning
    ? '/onboarding/check'
    : `/onboarding/${QUESTIONS[index + 1]?.segment ?? 'agreements'}`
  return (
    <QuestionForm
      key={question.key}
      question={question.key}
      answers={facts.draft}
      number={index + 1}
      total={QUESTIONS.length}
      back={back}
      next={next}
      places={{
        states: US_STATES,
        elsewhere: UNSERVED_REGIONS,
        countries: question.key === 'citizenship' ? countries() : []
      }}
    />
  )
}

/** Every country but this one, by its English name. */
function countries(): [code: string, name: string][] {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  const named = COUNTRIES.filter((code) => code !== 'US').map((code): [string, string] => [
    code,
    names.of(code) ?? code
  ])
  return named.toSorted(([, a], [, b]) => a.localeCompare(b, 'en'))
}
