import { describe, expect, test } from 'vitest'
import type { ApplicationDraft } from '@/lib/domain/onboarding/application'
import {
  type ApplicationProgress,
  canVisit,
  firstOpenQuestion,
  hasBegun,
  journeyPosition,
  type OnboardingFacts,
  onboardingStep,
  orderProblems,
  previousStep,
  QUESTIONS
} from '@/lib/domain/onboarding/onboarding'

const ANSWERS: Required<Omit<ApplicationDraft, 'fromBank'>> = {
  name: { firstName: 'Ada', middleName: null, lastName: 'Okafor' },
  dateOfBirth: { date: '1985-03-27' },
  citizenship: { country: 'US' },
  phone: { number: '+14155550132' },
  verifiedPhone: { number: '+14155550132', provenAt: '2026-11-21T00:00:00.000Z' },
  address: {
    street: '1 Market Street',
    street2: null,
    city: 'San Francisco',
    state: 'CA',
    postalCode: '94105'
  },
  work: { employment: 'EMPLOYED', occupation: 'Engineer' },
  income: { income: 'OVER_250K' },
  netWorth: { netWorth: 'OVER_5M' },
  affiliations: { brokerDealer: null, directorOf: null }
}
const answered = (count: number): ApplicationDraft => ({
  ...Object.fromEntries(QUESTIONS.slice(0, count).map(({ key }) => [key, ANSWERS[key]])),
  verifiedPhone: ANSWERS.verifiedPhone
})
const facts = (more: Partial<OnboardingFacts> = {}): OnboardingFacts => ({
  draft: {},
  consent: null,
  application: null,
  refusedAt: null,
  bankAccountId: null,
  linkedConnections: 0,
  ...more
})
const sent = (more: Partial<ApplicationProgress> = {}, rest: Partial<OnboardingFacts> = {}) =>
  facts({
    application: {
      status: null,
      jikoApplicationId: null,
      startedAt: null,
      appliedAt: null,
      busy: false,
      ...more
    },
    ...rest
  })
const applied = { jikoApplicationId: 'j', appliedAt: '2026-11-21T00:00:00.000Z' }

test('a user has begun to apply with the first answer, not by linking a bank', () => {
  expect(hasBegun(facts({ linkedConnections: 2 }))).toBe(false)
  expect(hasBegun(facts({ draft: { dateOfBirth: ANSWERS.dateOfBirth } }))).toBe(true)
  expect(hasBegun(sent())).toBe(true)
})

describe('onboardingStep', () => {
  test('asks the questions in order, then for agreement, then for a review', () => {
    const steps = QUESTIONS.map((_, n) => onboardingStep(facts({ draft: answered(n) })))
    expect(steps).toEqual(QUESTIONS.map(({ segment }) => segment))
    expect(onboardingStep(facts({ draft: ANSWERS }))).toBe('agreements')
    expect(onboardingStep(facts({ draft: ANSWERS, consent: { version: '1' } }))).toBe('check')
  })

  test('asks for the code right after the phone number, and again when the number changes', () => {
    const { verifiedPhone: _, ...unproven } = ANSWERS
    expect(onboardingStep(facts({ draft: unproven, consent: { version: '1' } }))).toBe(
      'confirm-phone'
    )
    const changed = { ...ANSWERS, phone: { number: '+14155550133' } }
    expect(onboardingStep(facts({ draft: changed, consent: { version: '1' } }))).toBe(
      'confirm-phone'
    )
    expect(canVisit('confirm-phone', facts({ draft: changed }))).toBe(true)
    expect(canVisit('address', facts({ draft: changed }))).toBe(false)
    expect(canVisit('confirm-phone', facts({ draft: ANSWERS })), 'once proven').toBe(false)
    expect(
      canVisit('confirm-phone', facts({ draft: answered(3) })),
      'before there is a number'
    ).toBe(false)
    expect(['confirm-phone', 'address'].map(previousStep)).toEqual(['phone', 'phone'])
  })

  test('returns to a skipped question, whatever follows it', () => {
    const { phone: _, ...rest } = ANSWERS
    expect(onboardingStep(facts({ draft: rest, consent: { version: '1' } }))).toBe('phone')
    expect(firstOpenQuestion(ANSWERS)).toBeNull()
  })

  test.each<[string, OnboardingFacts, string]>([
    ['a send that got no answer needs the number again', sent(), 'ssn-again'],
    ['a send that is under way is being submitted', sent({ busy: true }), 'submitting'],
    [
      'created at the bank and not yet applied is being submitted',
      sent({ jikoApplicationId: 'j' }),
      'submitting'
    ],
    [
      'created at the bank and not yet applied is being submitted, whatever its status is called',
      sent({ jikoApplicationId: 'j', status: 'CREATED' }),
      'submitting'
    ],
    ['applied without a decision waits', sent({ ...applied, status: 'SUBMITTED' }), 'status'],
    ['documents needed waits', sent({ ...applied, status: 'DOCUMENTS_NEEDED' }), 'status'],
    [
      'a word of the bank that we do not know waits',
      sent({ ...applied, status: 'ESCALATED' }),
      'status'
    ],
    ['rejected stays', sent({ ...applied, status: 'REJECTED' }), 'status'],
    ['rejected before it was applied stays', sent({ status: 'REJECTED' }), 'status'],
    ['approved opens the account', sent({ ...applied, status: 'APPROVED' }), 'account'],
    [
      'an open account leads to linking a bank',
      sent({ ...applied, status: 'APPROVED' }, { bankAccountId: 'b' }),
      'link-bank'
    ],
    [
      'with a bank linked there is nothing left',
      sent({ ...applied, status: 'APPROVED' }, { bankAccountId: 'b', linkedConnections: 2 }),
      'done'
    ],
    [
      'a draft that is still there does not matter once sent',
      sent({ ...applied, status: 'SUBMITTED' }, { draft: answered(3) }),
      'status'
    ]
  ])('%s', (_, given, step) => {
    expect(onboardingStep(given)).toBe(step)
  })
})

describe('canVisit', () => {
  const opened = (given: OnboardingFacts) =>
    [
      ...QUESTIONS.map(({ segment }) => segment),
      'agreements',
      'check',
      'submit',
      'submitting',
      'ssn-again',
      'status',
      'account',
      'link-bank',
      'done',
      'elsewhere'
    ].filter((segment) => canVisit(segment, given))

  test('allows the next question and those before it', () => {
    expect(opened(facts())).toEqual(['name'])
    expect(opened(facts({ draft: answered(2) }))).toEqual(['name', 'date-of-birth', 'citizenship'])
  })

  test('allows the submit only after everything was answered and agreed to', () => {
    expect(opened(facts({ draft: ANSWERS }))).not.toContain('check')
    expect(opened(facts({ draft: ANSWERS, consent: { version: '1' } }))).toEqual([
      ...QUESTIONS.map(({ segment }) => segment),
      'agreements',
      'check',
      'submit'
    ])
  })

  test('allows only the step itself once the application was sent', () => {
    expect(
      opened(
        sent({ ...applied, status: 'SUBMITTED' }, { draft: ANSWERS, consent: { version: '1' } })
      )
    ).toEqual(['status'])
    expect(opened(sent())).toEqual(['ssn-again'])
  })
})

test('the back link leads through the pages in reverse, and nowhere from the first', () => {
  const way = []
  for (let at: string | null = 'submit'; at; at = previousStep(at)) way.push(at)
  expect(way).toEqual([
    'submit',
    'check',
    'agreements',
    ...QUESTIONS.map(({ segment }) => segment).reverse()
  ])
  expect(previousStep('elsewhere')).toBeNull()
})

test('the progress counts every page up to the submission, and ends there', () => {
  const last = QUESTIONS.length + 4
  expect(journeyPosition('name')).toEqual({ at: 1, of: last })
  expect(journeyPosition('confirm-phone')).toEqual({ at: 5, of: last })
  expect(journeyPosition('submit')).toEqual({ at: last, of: last })
  expect(journeyPosition('status')).toBeNull()
})

describe('the order of the questions', () => {
  test('has each question once', () => {
    expect(orderProblems()).toEqual([])
    const keys = QUESTIONS.map(({ key }) => key)
    expect(orderProblems(keys.slice(1))).toEqual([
      'pangea.config.ts: questionOrder must have name exactly once.'
    ])
    expect(orderProblems([...keys, 'phone'])).toEqual([
      'pangea.config.ts: questionOrder must have phone exactly once.'
    ])
  })
})
