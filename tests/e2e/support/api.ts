/** /api/v1 called with a bearer token, for getting people to where a test begins. */
import { expect } from '@playwright/test'
import type { AgreementsResponse, ConnectionResponse, LinkResponse } from '@/lib/api/responses'
import type { TestPerson } from '@/tests/e2e/support/users'
import { stack } from '@/tests/e2e/support/stack'
import { createPublicToken } from '@/tests/e2e/support/vendors'

export const SSN = '219099999'

export type Answer<T> = { status: number; body: T }

/** One request; never throws for a status. */
export async function call<T = unknown>(
  person: TestPerson,
  method: string,
  path: string,
  body?: unknown
): Promise<Answer<T>> {
  const response = await fetch(`${stack.appUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(await person.bearer()),
      ...(body === undefined ? {} : { 'content-type': 'application/json' })
    },
    body: body === undefined ? null : JSON.stringify(body)
  })
  return {
    status: response.status,
    body: (response.status === 204 ? undefined : await response.json()) as T
  }
}

/** The body of a request that has to succeed. */
export async function ask<T>(
  person: TestPerson,
  method: string,
  path: string,
  body?: unknown
): Promise<T> {
  const answer = await call<T>(person, method, path, body)
  expect(
    [200, 204],
    `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`
  ).toContain(answer.status)
  return answer.body
}

const answersOf = (lastName: string, phone: string): [question: string, answer: object][] => [
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
export async function answer(
  person: TestPerson,
  { lastName = 'Okafor', until = '' } = {}
): Promise<void> {
  for (const [question, value] of answersOf(lastName, person.phone)) {
    if (question === until) return
    await ask(person, 'PUT', '/application/draft', { question, answer: value })
  }
}

/** Everything up to the Social Security number. */
export async function fillIn(person: TestPerson, lastName?: string): Promise<void> {
  await answer(person, { ...(lastName ? { lastName } : {}) })
  const { version, testPage } = await ask<AgreementsResponse>(person, 'GET', '/application/agreements')
  await ask(person, 'POST', '/application/agreements', {
    version,
    shown: await numberOn(testPage),
    agreed: true
  })
}

/** What somebody reads on the test page of the agreements. */
export async function numberOn(testPage: string): Promise<string> {
  const file = await (await fetch(new URL(testPage, stack.appUrl))).text()
  return /\((\d{4})\) Tj/.exec(file)?.[1] ?? ''
}

/** Applies, and waits until the bank's word is `status`. The last name decides (the stand-in's rule). */
export async function apply(
  person: TestPerson,
  lastName?: string,
  status = 'APPROVED'
): Promise<void> {
  await fillIn(person, lastName)
  await ask(person, 'POST', '/application/submit', { ssn: SSN })
  await expect
    .poll(async () => (await ask<{ status: string }>(person, 'GET', '/application')).status, {
      timeout: 20_000
    })
    .toBe(status)
}

/** Applies and waits for the opened account. */
export async function openAccount(person: TestPerson): Promise<void> {
  await apply(person)
  await expect
    .poll(async () => (await call(person, 'GET', '/account')).status, { timeout: 20_000 })
    .toBe(200)
}

/** Links a bank and waits until the whole history is in. @returns our id of the connection. */
export async function linkBank(person: TestPerson, institutionId?: string): Promise<string> {
  const public_token = await createPublicToken(institutionId ? { institutionId } : {})
  const { connectionId } = await ask<LinkResponse>(person, 'POST', '/bank/set_access_token', {
    public_token
  })
  const settled = async () => {
    const { history, sync } = await ask<ConnectionResponse>(
      person,
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
