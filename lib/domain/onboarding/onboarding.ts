/** Where a person stands, always derived from stored facts and never stored itself. Start reading Pangea here. */
import { type ApplicationDraft, isFinal, toOutcome } from '@/lib/domain/onboarding/application'
import type { IneligibilityReason } from '@/lib/domain/onboarding/eligibility'

/** The questions in the order they are asked; each is one page, one key of the draft and one URL segment. */
export const QUESTIONS = [
  { key: 'name', segment: 'name' },
  { key: 'dateOfBirth', segment: 'date-of-birth' },
  { key: 'citizenship', segment: 'citizenship' },
  { key: 'phone', segment: 'phone' },
  { key: 'address', segment: 'address' },
  { key: 'work', segment: 'work' },
  { key: 'income', segment: 'income' },
  { key: 'netWorth', segment: 'net-worth' },
  { key: 'affiliations', segment: 'affiliations' }
] as const satisfies readonly { key: keyof ApplicationDraft; segment: string }[]

export type QuestionKey = (typeof QUESTIONS)[number]['key']
export type QuestionSegment = (typeof QUESTIONS)[number]['segment']

/** The code by text message, right after the question for the number. */
export const CONFIRM_PHONE = 'confirm-phone'

/** Every step of onboarding, as URL segments under /onboarding. */
export const ONBOARDING_STEPS = [
  ...QUESTIONS.map(({ segment }) => segment),
  CONFIRM_PHONE,
  'agreements',
  'check',
  'submit',
  'submitting',
  'ssn-again',
  'status',
  'account',
  'link-bank',
  'done'
] as const
export type OnboardingStep = (typeof ONBOARDING_STEPS)[number]

const ORDER: readonly string[] = [
  ...QUESTIONS.flatMap(({ key, segment }) =>
    key === 'phone' ? [segment, CONFIRM_PHONE] : [segment]
  ),
  'agreements',
  'check',
  'submit'
]

export type OnboardingFacts = {
  draft: ApplicationDraft
  /** Version the person agreed to, and the newest version, where known. */
  consent: { version: string } | null
  application: ApplicationProgress | null
  /** When the bank would not have an application with these answers; null once one was sent that it takes. */
  refusedAt: string | null
  /** Our id of the opened pocket. */
  bankAccountId: string | null
  linkedConnections: number
}

export type ApplicationProgress = {
  /** The bank's own status word; null until the bank has answered once. */
  status: string | null
  jikoApplicationId: string | null
  /** When it was last begun to be sent. */
  startedAt: string | null
  appliedAt: string | null
  /** A process holds the application and is talking to the bank right now. */
  busy: boolean
}

/** What every change of the application answers. */
export type ApplicationState = {
  step: OnboardingStep
  /** Set when the answer means that the bank cannot serve this person; nothing was saved. */
  ineligible: IneligibilityReason | null
  status: string | null
}

/** The next thing this person can do. */
export function onboardingStep(facts: OnboardingFacts): OnboardingStep {
  if (facts.application) return applicationStep(facts, facts.application)
  return firstOpenQuestion(facts.draft) ?? (facts.consent ? 'check' : 'agreements')
}

function applicationStep(facts: OnboardingFacts, application: ApplicationProgress): OnboardingStep {
  if (application.status && toOutcome(application.status) === 'approved') {
    if (!facts.bankAccountId) return 'account'
    return facts.linkedConnections === 0 ? 'link-bank' : 'done'
  }
  if (application.appliedAt || (application.status && isFinal(application.status))) return 'status'
  if (application.busy) return 'submitting'
  return application.jikoApplicationId ? 'submitting' : 'ssn-again'
}

/** The first question without an answer, where a phone number counts only once it is proven; null when nothing is open. */
export function firstOpenQuestion(
  answers: ApplicationDraft
): QuestionSegment | typeof CONFIRM_PHONE | null {
  for (const { key, segment } of QUESTIONS) {
    if (!answers[key]) return segment
    if (key === 'phone' && !isPhoneVerified(answers)) return CONFIRM_PHONE
  }
  return null
}

/** Whether it is the very number of the answer that was proven. */
export const isPhoneVerified = ({ phone, verifiedPhone }: ApplicationDraft): boolean =>
  phone !== undefined && verifiedPhone?.number === phone.number

/** Whether a page may be opened: questions and the check page only before the application was sent, each only after those before it. */
export function canVisit(segment: string, facts: OnboardingFacts): boolean {
  const step = onboardingStep(facts)
  if (segment === step) return true
  if (facts.application) return false
  if (segment === CONFIRM_PHONE && isPhoneVerified(facts.draft)) return false
  const reached = step === 'check' ? ORDER.length - 1 : ORDER.indexOf(step)
  const wanted = ORDER.indexOf(segment)
  return wanted >= 0 && wanted <= reached
}

/** The page before this one, for the back link; null on the first. A number that is proven is not proven again. */
export function previousStep(segment: string): string | null {
  const earlier = ORDER[ORDER.indexOf(segment) - 1]
  return earlier === CONFIRM_PHONE ? 'phone' : (earlier ?? null)
}
