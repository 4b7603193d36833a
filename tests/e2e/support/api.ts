/** /api/v1 with a bearer token, to bring users to the state a test starts from. */
import { expect } from '@playwright/test'
import type { AgreementsResponse, ConnectionResponse, LinkResponse } from '@/lib/api/responses'
import { stack } from '@/tests/e2e/support/stack'
import type { TestUser } from '@/tests/e2e/support/users'
import { createPublicToken } from '@/tests/e2e/support/vendors'

export const SSN = '219099999'

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

/** The body of a request that must succeed. */
export async function callApiOk<T>(
  user: TestUser,
  method: string,
  path: string,
  body?: unknown
): Promise<T> {
  const saveDraftAnswers = await callApi<T>(user, method, path, body)
  expect(
    [200, 204],
    `${method} ${path}: ${saveDraftAnswers.status} ${JSON.stringify(saveDraftAnswers.body)}`
  ).toContain(saveDraftAnswers.status)
  return saveDraftAnswers.body
}

const draftAnswers = (lastName: string, phone: string): [question: string, answer: object][] => [
  ['name', { firstName: 'Ada', middleName: '', lastName }],
  ['dateOfBirth', { month: '3', day: '27', year: '1985' }],
  ['citizenship', { citizen: 'US' }],
  ['phone', { number: phone }],
  [
    'address',
    {
      street: '1 Market Street',
      street2: '',
      city: 'San Francisco',
      state: 'CA',
      postalCode: '94105'
    }
  ],
  ['work', { employment: 'EMPLOYED', occupation: 'Engineer' }],
  ['income', { income: 'BETWEEN_50K_AND_100K' }],
  ['netWorth', { netWorth: 'BETWEEN_50K_AND_200K' }],
  ['affiliations', { brokerDealer: '', directorOf: '' }]
]

/** Answers every question before `until`, or all of them. */
export async function saveDraftAnswers(
  user: TestUser,
  { lastName = 'Okafor', until = '' } = {}
): Promise<void> {
  for (const [question, value] of draftAnswers(lastName, user.phone)) {
    if (question === until) return
    await callApiOk(user, 'PUT', '/application/draft', { question, answer: value })
  }
}

/** Completes everything before the Social Security number. */
export async function completeDraft(user: TestUser, lastName?: string): Promise<void> {
  await saveDraftAnswers(user, { ...(lastName ? { lastName } : {}) })
  const { version, testPage } = await callApiOk<AgreementsResponse>(
    user,
    'GET',
    '/application/agreements'
  )
  await callApiOk(user, 'POST', '/application/agreements', {
    version,
    shown: await esignCheckNumber(testPage),
    agreed: true
  })
}

/** The number that the e-sign test page shows. */
export async function esignCheckNumber(testPage: string): Promise<string> {
  const file = await (await fetch(new URL(testPage, stack.appUrl))).text()
  return /\((\d{4})\) Tj/.exec(file)?.[1] ?? ''
}

/** Applies and waits for the status. The last name decides the outcome (the emulator's rule). */
export async function apply(user: TestUser, lastName?: string, status = 'APPROVED'): Promise<void> {
  await completeDraft(user, lastName)
  await callApiOk(user, 'POST', '/application/submit', { ssn: SSN })
  await expect
    .poll(async () => (await callApiOk<{ status: string }>(user, 'GET', '/application')).status, {
      timeout: 20_000
    })
    .toBe(status)
}

/** Applies and waits for the opened account. */
export async function openAccount(user: TestUser): Promise<void> {
  await apply(user)
  await expect
    .poll(async () => (await callApi(user, 'GET', '/account')).status, { timeout: 20_000 })
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
  const { connectionId } = await callApiOk<LinkResponse>(user, 'POST', '/bank/set_access_token', {
    public_token
  })
  const settled = async () => {
    const { history, sync } = await callApiOk<ConnectionResponse>(
      user,
      'GET',
      `/connections/${connectionId}`
    )
    return history === 'HISTORICAL_UPDATE_COMPLETE' && sync?.status === 'completed'
  }
  await expect
    .poll(settled, { timeout: 40_000, message: 'the history of a linked bank' })
    .toBe(true)
  return connectionId
}
