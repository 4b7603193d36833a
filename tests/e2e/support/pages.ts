/** Every page of the app with a user who can see it, for the checks of all pages. */
import { brand } from '@/pangea.config'
import {
  apply,
  clientOf,
  completeDraft,
  linkBank,
  openAccount,
  saveDraftAnswers
} from '@/tests/e2e/support/api'
import { addMoney } from '@/tests/e2e/support/funding'
import { QUESTION_PAGES } from '@/tests/e2e/support/steps/onboarding-pages'
import { createTestUser, newPhone, type TestUser } from '@/tests/e2e/support/users'

/** The steps of a user before the pages are checked, by stage of the journey. */
const STAGES = {
  newcomer: async (user: TestUser) => {
    await saveDraftAnswers(user, { until: 'phone' })
    await clientOf(user).putApplicationDraft({
      body: { question: 'phone', answer: { number: newPhone() } }
    })
  },
  applicant: (user: TestUser) => completeDraft(user),
  review: (user: TestUser) => apply(user, 'Review', 'MANUAL_REVIEW'),
  documents: (user: TestUser) => apply(user, 'Documents', 'DOCUMENTS_NEEDED'),
  rejected: (user: TestUser) => apply(user, 'Rejected', 'REJECTED'),
  opened: (user: TestUser) => openAccount(user),
  linked: async (user: TestUser) => {
    await openAccount(user)
    await Promise.all([linkBank(user), addMoney(user, '250')])
  }
}

type Stage = keyof typeof STAGES

export type PageUsers = Record<Stage, TestUser> & { visitor: null }

async function createPageUser(stage: Stage): Promise<TestUser> {
  const user = await createTestUser()
  await STAGES[stage](user)
  return user
}

const readers = new Map<Stage, Promise<TestUser>>()

/**
 * The user at one stage of the journey that all tests of this worker share, which change nothing;
 * null for the visitor.
 */
export async function sharedPageUser(stage: keyof PageUsers): Promise<TestUser | null> {
  if (stage === 'visitor') return null
  const user = readers.get(stage) ?? createPageUser(stage)
  readers.set(stage, user)
  return user
}

/** One new user per stage of the journey. */
export async function createPageUsers(): Promise<PageUsers> {
  const stages = Object.keys(STAGES) as Stage[]
  const users = await Promise.all(stages.map(createPageUser))
  return Object.fromEntries([
    ['visitor', null],
    ...stages.map((stage, index) => [stage, users[index]])
  ]) as PageUsers
}

export type PageCase = {
  name: string
  user: keyof PageUsers
  path: string
  query?: string
  ready: RegExp
}

/** `ready` is a heading of the loaded page. */
export const PAGES: PageCase[] = [
  { name: 'landing', user: 'visitor', path: '/', ready: /All your money/ },
  {
    name: 'sign-in',
    user: 'visitor',
    path: '/sign-in',
    ready: new RegExp(`Sign in to ${brand.name}`)
  },
  { name: 'sign-up', user: 'visitor', path: '/sign-up', ready: /Create your account/ },
  { name: 'docs', user: 'visitor', path: '/docs', ready: /The API/ },
  { name: 'privacy', user: 'visitor', path: '/privacy', ready: /Privacy notice/ },
  { name: 'terms', user: 'visitor', path: '/terms', ready: /^Terms$/ },
  { name: 'fees', user: 'visitor', path: '/fees', ready: /Fees and yield/ },
  { name: 'security', user: 'visitor', path: '/security', ready: /^Security$/ },
  { name: 'help', user: 'visitor', path: '/help', ready: /^Help$/ },
  { name: 'contact', user: 'visitor', path: '/contact', ready: /^Contact$/ },
  { name: 'accessibility', user: 'visitor', path: '/accessibility', ready: /^Accessibility$/ },
  { name: 'status', user: 'visitor', path: '/status', ready: /^Status$/ },
  { name: 'not-found', user: 'visitor', path: '/no-such-page', ready: /There is no page here/ },
  ...QUESTION_PAGES.map(
    ({ segment, title }): PageCase => ({
      name: `question-${segment}`,
      user: 'applicant',
      path: `/onboarding/${segment}`,
      ready: new RegExp(title.replace('?', '\\?'))
    })
  ),
  {
    name: 'confirm-phone',
    user: 'newcomer',
    path: '/onboarding/confirm-phone',
    ready: /Confirm your phone number/
  },
  {
    name: 'agreements',
    user: 'applicant',
    path: '/onboarding/agreements',
    ready: /Receive documents electronically/
  },
  { name: 'check', user: 'applicant', path: '/onboarding/check', ready: /Check your answers/ },
  {
    name: 'submit',
    user: 'applicant',
    path: '/onboarding/submit',
    ready: /Social Security number/
  },
  {
    name: 'ineligible',
    user: 'newcomer',
    path: '/onboarding/ineligible',
    ready: /You need to be 18/
  },
  {
    name: 'not-served',
    user: 'newcomer',
    path: '/onboarding/ineligible',
    query: '?why=not_served',
    ready: /does not serve/
  },
  { name: 'status-review', user: 'review', path: '/onboarding/status', ready: /being reviewed/ },
  {
    name: 'status-documents',
    user: 'documents',
    path: '/onboarding/status',
    ready: /needs to see more documents/
  },
  {
    name: 'status-rejected',
    user: 'rejected',
    path: '/onboarding/status',
    ready: /could not open an account/
  },
  { name: 'pre-link', user: 'opened', path: '/onboarding/link-bank', ready: /Two next steps/ },
  { name: 'dashboard-in-review', user: 'review', path: '/dashboard', ready: /Dashboard/ },
  { name: 'dashboard', user: 'linked', path: '/dashboard', ready: /Dashboard/ },
  { name: 'transactions', user: 'linked', path: '/transactions', ready: /Transactions/ },
  { name: 'rules', user: 'linked', path: '/transactions/rules', ready: /^Rules$/ },
  { name: 'transactions-empty', user: 'newcomer', path: '/transactions', ready: /Transactions/ },
  { name: 'connections', user: 'linked', path: '/connections', ready: /Connections/ },
  { name: 'connections-empty', user: 'newcomer', path: '/connections', ready: /Connections/ },
  {
    name: 'connections-return',
    user: 'newcomer',
    path: '/connections/return',
    ready: /Back from your bank/
  },
  { name: 'account', user: 'linked', path: '/account', ready: /Account/ },
  { name: 'account-empty', user: 'newcomer', path: '/account', ready: /Account/ },
  { name: 'settings', user: 'newcomer', path: '/settings', ready: /Profile details|Account/ },
  { name: 'settings-data', user: 'newcomer', path: '/settings/data', ready: /Your data/ }
]
