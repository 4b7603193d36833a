/**
 * The onboarding step, derived from stored facts and never stored itself. Start reading Pangea
 * here.
 */
import { type ApplicationDraft, isFinal, toOutcome } from '@/lib/domain/onboarding/application'
import type { IneligibilityReason } from '@/lib/domain/onboarding/eligibility'
import { questionOrder } from '@/pangea.config'

/** Each question is one key of the draft and one page. */
const SEGMENTS = {
  name: 'name',
  dateOfBirth: 'date-of-birth',
  citizenship: 'citizenship',
  phone: 'phone',
  address: 'address',
  work: 'work',
  income: 'income',
  netWorth: 'net-worth',
  affiliations: 'affiliations'
} as const satisfies { [Key in keyof ApplicationDraft]: string }

export type QuestionKey = keyof typeof SEGMENTS
export type QuestionSegment = (typeof SEGMENTS)[QuestionKey]

/** The questions in the order of this deployment. */
export const QUESTIONS = questionOrder.map((key: QuestionKey) => ({ key, segment: SEGMENTS[key] }))

/** @returns one sentence per question that the order leaves out or asks twice. */
export const orderProblems = (order: readonly string[] = questionOrder): string[] =>
  Object.keys(SEGMENTS)
    .filter((key) => order.filter((asked) => asked === key).length !== 1)
    .map((key) => `pangea.config.ts: questionOrder must have ${key} exactly once.`)

/** The page for the SMS code, right after the phone number. */
export const CONFIRM_PHONE = 'confirm-phone'

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
  /** The version the user agreed to, and the newest version if known. */
  consent: { version: string } | null
  application: ApplicationProgress | null
  /** When Jiko refused an application with these answers; null after one that it accepted. */
  refusedAt: string | null
  bankAccountId: string | null
  linkedConnections: number
}

export type ApplicationProgress = {
  /** Jiko's status text; null before Jiko's first response. */
  status: string | null
  jikoApplicationId: string | null
  /** When submission last started. */
  startedAt: string | null
  appliedAt: string | null
  /** A process holds the lease and is talking to Jiko. */
  busy: boolean
}

/** The response to every change of the application. */
export type ApplicationState = {
  step: OnboardingStep
  /** Set if the answer makes the user ineligible; nothing was saved then. */
  ineligible: IneligibilityReason | null
  status: string | null
}

/** The user's next step. */
export function onboardingStep(facts: OnboardingFacts): OnboardingStep {
  if (facts.application) return applicationStep(facts, facts.application)
  return firstOpenQuestion(facts.draft) ?? (facts.consent ? 'check' : 'agreements')
}

/** Whether the user has begun to apply. Linking banks needs no application. */
export const hasBegun = ({ application, draft }: OnboardingFacts): boolean =>
  application !== null || Object.keys(draft).length > 0

function applicationStep(facts: OnboardingFacts, application: ApplicationProgress): OnboardingStep {
  if (application.status && toOutcome(application.status) === 'approved') {
    if (!facts.bankAccountId) return 'account'
    return facts.linkedConnections === 0 ? 'link-bank' : 'done'
  }
  if (application.appliedAt || (application.status && isFinal(application.status))) return 'status'
  if (application.busy) return 'submitting'
  return application.jikoApplicationId ? 'submitting' : 'ssn-again'
}

/**
 * The first unanswered question, counting an unverified phone number as unanswered; null if none.
 */
export function firstOpenQuestion(
  answers: ApplicationDraft
): QuestionSegment | typeof CONFIRM_PHONE | null {
  for (const { key, segment } of QUESTIONS) {
    if (!answers[key]) return segment
    if (key === 'phone' && !isPhoneVerified(answers)) return CONFIRM_PHONE
  }
  return null
}

/** Whether the answered phone number is the verified one. */
export const isPhoneVerified = ({ phone, verifiedPhone }: ApplicationDraft): boolean =>
  phone !== undefined && verifiedPhone?.number === phone.number

/**
 * Whether a page may be opened: questions and the review page only before submission, each only
 * after the previous ones.
 */
export function canVisit(segment: string, facts: OnboardingFacts): boolean {
  const step = onboardingStep(facts)
  if (segment === step) return true
  if (segment === CONFIRM_PHONE && isPhoneVerified(facts.draft)) return false
  // The review page leads to the submit page. After submission no page is in the order.
  const reached = ORDER.indexOf(step === 'check' ? 'submit' : step)
  const wanted = ORDER.indexOf(segment)
  return wanted >= 0 && wanted <= reached
}

/** A page's place among those that lead to a submitted application; null for all others. */
export function journeyPosition(segment: string): { at: number; of: number } | null {
  const index = ORDER.indexOf(segment)
  return index < 0 ? null : { at: index + 1, of: ORDER.length }
}

/**
 * The previous page for the back link; null on the first. Skips the SMS code of a verified number.
 */
export function previousStep(segment: string): string | null {
  const earlier = ORDER[ORDER.indexOf(segment) - 1]
  return earlier === CONFIRM_PHONE ? 'phone' : (earlier ?? null)
}
