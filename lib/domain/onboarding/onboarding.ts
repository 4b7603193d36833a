/**
 * The onboarding step, derived from stored facts and never stored itself. Start reading Pangea
 * here.
 */
import { type ApplicationDraft, isFinal, toOutcome } from '@/lib/domain/onboarding/application'
import type { IneligibilityReason } from '@/lib/domain/onboarding/eligibility'

/** The questions in order. Each is one page, one key of the draft and one URL segment. */
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
