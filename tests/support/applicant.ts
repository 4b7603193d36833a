import type { DraftAnswer } from '@/lib/domain/onboarding/application'
import type { UserActor } from '@/lib/domain/users/actor'
import { AuthService, PangeaService } from '@/lib/services'

export const SSN = '219099999'

/** Answers that the bank accepts; the last name decides the outcome at the stand-in. */
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

/** Fills in the whole application, with the phone number that is proven at Clerk, and agrees to the documents, up to the check page. */
export async function completeDraft(person: UserActor, lastName?: string): Promise<void> {
  const { verifiedPhones: provenPhones } = await AuthService.getUser(person.userId)
  for (const answered of draftAnswers(lastName, provenPhones[0]))
    await PangeaService.saveAnswer(person, answered)
  await acceptAgreements(person)
}

/** Agrees to the documents as they are now, with the number that the test page shows. */
export async function acceptAgreements(person: UserActor): Promise<void> {
  const { version } = await PangeaService.getAgreements(person)
  const page = PangeaService.openTestPage(PangeaService.testPageFor(person, version))
  await PangeaService.recordConsent(person, { version, shown: esignCheckNumber(page) })
}

/** What somebody reads on a test page. */
export const esignCheckNumber = (page: Uint8Array): string =>
  /\((\d{4})\) Tj/.exec(Buffer.from(page).toString('latin1'))?.[1] ?? ''
