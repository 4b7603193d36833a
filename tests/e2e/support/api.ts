/** /api/v1 with a bearer token, to bring users to the state a test starts from. */
import { expect } from '@playwright/test'
import { type Client, createClient, type DraftInput } from '@/lib/client'
import { stack } from '@/tests/e2e/support/stack'
import type { TestUser } from '@/tests/e2e/support/users'
import { createPublicToken } from '@/tests/e2e/support/vendors'

export const SSN = '219099999'

/** Milliseconds between looks at what takes a second or two: by default they grow to a whole second. */
const OFTEN = [100, 250]

export type ApiResponse<T> = { status: number; body: T }

/** One request; never throws for a status. */
export async function callApi<T = unknown>(
  user: TestUser,
  method: string,
  path: string,
  body?: unknown
): Promise<ApiResponse<T>> {
  const response = await fetch(`${stack.appUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(await user.bearer()),
      ...(body === undefined ? {} : { 'content-type': 'application/json' })
    },
    body: body === undefined ? null : JSON.stringify(body)
  })
  return {
    status: response.status,
    body: (response.status === 204 ? undefined : await response.json()) as T
  }
}

/** The typed client of this user, as other programs use it. */
export const clientOf = (user: TestUser): Client =>
  createClient({
    baseUrl: stack.appUrl,
    token: async () => (await user.bearer()).authorization?.replace('Bearer ', '') ?? ''
  })

const draftAnswers = (lastName: string, phone: string): DraftInput[] => [
  { question: 'name', answer: { firstName: 'Ada', middleName: '', lastName } },
  { question: 'dateOfBirth', answer: { month: '3', day: '27', year: '1985' } },
  { question: 'citizenship', answer: { citizen: 'US' } },
  { question: 'phone', answer: { number: phone } },
  {
    question: 'address',
    answer: {
      street: '1 Market Street',
      street2: '',
      city: 'San Francisco',
      state: 'CA',
      postalCode: '94105'
    }
  },
  { question: 'work', answer: { employment: 'EMPLOYED', occupation: 'Engineer' } },
  { question: 'income', answer: { income: 'BETWEEN_50K_AND_100K' } },
  { question: 'netWorth', answer: { netWorth: 'BETWEEN_50K_AND_200K' } },
  { question: 'affiliations', answer: { brokerDealer: '', directorOf: '' } }
]

/** Answers every question before `until`, or all of them. */
export async function saveDraftAnswers(
  user: TestUser,
  { lastName = 'Okafor', until = '' } = {}
): Promise<void> {
  for (const body of draftAnswers(lastName, user.phone)) {
    if (body.question === until) return
    await clientOf(user).putApplicationDraft({ body })
  }
}

/** Completes everything before the Social Security number. */
export async function completeDraft(user: TestUser, lastName?: string): Promise<void> {
  await saveDraftAnswers(user, { ...(lastName ? { lastName } : {}) })
  const pangea = clientOf(user)
  const { version, documents, testPage } = await pangea.getApplicationAgreements()
  const shown = await esignCheckNumber(testPage ?? '')
  await pangea.postApplicationAgreementsEsign({ body: { version, shown, agreed: true } })
  const agreed = [...new Set(documents.map(({ category }) => category))]
  await pangea.postApplicationAgreements({ body: { version, agreed } })
}

/** The number that the e-sign test page shows. */
export async function esignCheckNumber(testPage: string): Promise<string> {
  const file = await (await fetch(new URL(testPage, stack.appUrl))).text()
  return /\((\d{4})\) Tj/.exec(file)?.[1] ?? ''
}

/** The address of the link on the e-sign test page. */
export async function esignLink(testPage: string): Promise<string> {
  const file = await (await fetch(new URL(testPage, stack.appUrl))).text()
  return /\/URI \((http[^)]+)\)/.exec(file)?.[1] ?? ''
}

/** Applies and waits for the status. The last name decides the outcome (the emulator's rule). */
export async function apply(user: TestUser, lastName?: string, status = 'APPROVED'): Promise<void> {
  await completeDraft(user, lastName)
  const pangea = clientOf(user)
  await pangea.postApplicationSubmit({ body: { ssn: SSN } })
  await expect
    .poll(async () => (await pangea.getApplication()).status, { timeout: 20_000, intervals: OFTEN })
    .toBe(status)
}

/** Applies and waits for the opened account. */
export async function openAccount(user: TestUser): Promise<void> {
  await apply(user)
  await expect
    .poll(async () => (await callApi(user, 'GET', '/account')).status, {
      timeout: 20_000,
      intervals: OFTEN
    })
    .toBe(200)
}

/** Links a bank and waits for its full history. @returns our connection id. */
export async function linkBank(
  user: TestUser,
  institutionId?: string,
  products?: string[]
): Promise<string> {
  const public_token = await createPublicToken({
    ...(institutionId ? { institutionId } : {}),
    ...(products ? { products } : {})
  })
  const pangea = clientOf(user)
  const { connectionId } = await pangea.postBankSetAccessToken({ body: { public_token } })
  const settled = async () => {
    const { history, sync } = await pangea.getConnectionsById({ params: { id: connectionId } })
    return history === 'HISTORICAL_UPDATE_COMPLETE' && sync?.status === 'completed'
  }
  await expect
    .poll(settled, {
      timeout: 40_000,
      intervals: OFTEN,
      message: 'the history of a linked bank'
    })
    .toBe(true)
  return connectionId
}
