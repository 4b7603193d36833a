/** Every page of the app with somebody for whom it is there: what the looks of all pages are judged on. */
import { answer, apply, ask, fillIn, linkBank, openAccount } from '@/tests/e2e/support/api'
import { addMoney } from '@/tests/e2e/support/funding'
import { QUESTION_PAGES } from '@/tests/e2e/support/onboarding-pages'
import { createPerson, newPhone, type TestPerson } from '@/tests/e2e/support/users'

export type Cast = {
  visitor: null
  newcomer: TestPerson
  applicant: TestPerson
  review: TestPerson
  documents: TestPerson
  rejected: TestPerson
  opened: TestPerson
  linked: TestPerson
}

/** One person for each place in the journey. */
export async function createCast(): Promise<Cast> {
  const [newcomer, applicant, review, documents, rejected, opened, linked] = (await Promise.all(
    Array.from({ length: 7 }, createPerson)
  )) as [TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson, TestPerson]
  await Promise.all([
    fillIn(applicant),
    apply(review, 'Review', 'MANUAL_REVIEW'),
    apply(documents, 'Documents', 'DOCUMENTS_NEEDED'),
    apply(rejected, 'Rejected', 'REJECTED'),
    openAccount(opened),
    openAccount(linked).then(() => Promise.all([linkBank(linked), addMoney(linked, '250')])),
    answer(newcomer, { until: 'phone' }).then(() =>
      ask(newcomer, 'PUT', '/application/draft', {
        question: 'phone',
        answer: { number: newPhone() }
      })
    )
  ])
  return { visitor: null, newcomer, applicant, review, documents, rejected, opened, linked }
}

export type PageCase = {
  name: string
  who: keyof Cast
  path: string
  query?: string
  ready: RegExp
}

/** `ready` is a heading that is there once the page is. */
export const PAGES: PageCase[] = [
  { name: 'landing', who: 'visitor', path: '/', ready: /All your money/ },
  { name: 'sign-in', who: 'visitor', path: '/sign-in', ready: /Sign in to Pangea/ },
  { name: 'sign-up', who: 'visitor', path: '/sign-up', ready: /Create your account/ },
  { name: 'not-found', who: 'visitor', path: '/no-such-page', ready: /There is no page here/ },
  ...QUESTION_PAGES.map(
    ({ segment, title }): PageCase => ({
      name: `question-${segment}`,
      who: 'applicant',
      path: `/onboarding/${segment}`,
      ready: new RegExp(title.replace('?', '\\?'))
    })
  ),
  {
    name: 'confirm-phone',
    who: 'newcomer',
    path: '/onboarding/confirm-phone',
    ready: /Confirm your phone number/
  },
  {
    name: 'agreements',
    who: 'applicant',
    path: '/onboarding/agreements',
    ready: /Your bank account/
  },
  { name: 'check', who: 'applicant', path: '/onboarding/check', ready: /Check your answers/ },
  { name: 'submit', who: 'applicant', path: '/onboarding/submit', ready: /Social Security number/ },
  {
    name: 'ineligible',
    who: 'newcomer',
    path: '/onboarding/ineligible',
    ready: /You need to be 18/
  },
  {
    name: 'not-served',
    who: 'newcomer',
    path: '/onboarding/ineligible',
    query: '?why=not_served',
    ready: /does not serve/
  },
  { name: 'status-review', who: 'review', path: '/onboarding/status', ready: /being reviewed/ },
  {
    name: 'status-documents',
    who: 'documents',
    path: '/onboarding/status',
    ready: /needs to see more documents/
  },
  {
    name: 'status-rejected',
    who: 'rejected',
    path: '/onboarding/status',
    ready: /could not open an account/
  },
  { name: 'pre-link', who: 'opened', path: '/onboarding/link-bank', ready: /Add the banks/ },
  { name: 'dashboard-in-review', who: 'review', path: '/dashboard', ready: /Dashboard/ },
  { name: 'dashboard', who: 'linked', path: '/dashboard', ready: /Dashboard/ },
  { name: 'transactions', who: 'linked', path: '/transactions', ready: /Transactions/ },
  { name: 'rules', who: 'linked', path: '/transactions/rules', ready: /^Rules$/ },
  { name: 'transactions-empty', who: 'newcomer', path: '/transactions', ready: /Transactions/ },
  { name: 'connections', who: 'linked', path: '/connections', ready: /Connections/ },
  { name: 'connections-empty', who: 'newcomer', path: '/connections', ready: /Connections/ },
  {
    name: 'connections-return',
    who: 'newcomer',
    path: '/connections/return',
    ready: /Back from your bank/
  },
  { name: 'account', who: 'linked', path: '/account', ready: /Account/ },
  { name: 'account-empty', who: 'newcomer', path: '/account', ready: /Account/ },
  { name: 'settings', who: 'newcomer', path: '/settings', ready: /Profile details|Account/ },
  { name: 'settings-data', who: 'newcomer', path: '/settings/data', ready: /Your data/ }
]
