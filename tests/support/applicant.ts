import { categoriesOf, type DraftAnswer } from '@/lib/domain/onboarding/application'
import type { UserActor } from '@/lib/domain/users/actor'
import { AuthService, PangeaService } from '@/lib/services'

export const SSN = '219099999'

/** Valid application answers; the last name decides the outcome at the emulator. */
export const draftAnswers = (lastName = 'Okafor', phone = '+14155550132'): DraftAnswer[] => [
  { question: 'name', answer: { firstName: 'Ada', middleName: null, lastName } },
  { question: 'dateOfBirth', answer: { date: '1985-03-27' } },
  { question: 'citizenship', answer: { country: 'US' } },
  { question: 'phone', answer: { number: phone } },
  {
    question: 'address',
    answer: {
      street: '1 Market Street',
      street2: null,
      city: 'San Francisco',
      state: 'CA',
      postalCode: '94105'
    }
  },
  { question: 'work', answer: { employment: 'EMPLOYED', occupation: 'Engineer' } },
  { question: 'income', answer: { income: 'BETWEEN_50K_AND_100K' } },
  { question: 'netWorth', answer: { netWorth: 'BETWEEN_50K_AND_200K' } },
  { question: 'affiliations', answer: { brokerDealer: null, directorOf: null } }
]

/**
 * Completes the application up to the review page, with the phone number verified at Clerk, and
 * accepts the documents.
 */
export async function completeDraft(user: UserActor, lastName?: string): Promise<void> {
  const { verifiedPhones: provenPhones } = await AuthService.getUser(user.userId)
  for (const answered of draftAnswers(lastName, provenPhones[0]))
    await PangeaService.saveAnswer(user, answered)
  await acceptAgreements(user)
}

/** Accepts the current documents, with the number on the e-sign test page. */
export async function acceptAgreements(user: UserActor): Promise<void> {
  const { version, documents, testPage } = await PangeaService.getAgreements(user)
  const page = PangeaService.renderTestPage(testPage ?? '')
  await PangeaService.recordEsignConsent(user, { version, shown: esignCheckNumber(page) })
  await PangeaService.recordConsent(user, { version, agreed: categoriesOf(documents) })
}

/** The number on an e-sign test page. */
export const esignCheckNumber = (page: Uint8Array): string =>
  /\((\d{4})\) Tj/.exec(Buffer.from(page).toString('latin1'))?.[1] ?? ''

/** The token of the link on an e-sign test page. */
export const esignLinkToken = (page: Uint8Array): string =>
  /\/esign#([\w-]+)\)/.exec(Buffer.from(page).toString('latin1'))?.[1] ?? ''
