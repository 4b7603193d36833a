import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DraftInput } from '@/lib/api/application'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { AuthService, DataService, PangeaService } from '@/lib/services'
import { completeDraft, draftAnswers, SSN } from '@/tests/support/applicant'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => fetch(`${world.clerk.url}/_sandbox/faults`, { method: 'DELETE' }))
afterAll(() => world.close())

let last = 0
const newNumber = () => `+1646555${String(100 + last++).padStart(4, '0')}`

async function atClerk(method: string, path: string, body?: object): Promise<{ id: string }> {
  const headers = {
    authorization: `Bearer ${KEYS.clerkSecret}`,
    'content-type': 'application/json'
  }
  const answer = await fetch(`${world.clerk.url}/v1${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {})
  })
  return (await answer.json()) as { id: string }
}
/** Adds a phone number at Clerk, verified or not. */
const prove = ({ userId }: UserActor, phone_number: string, verified = true) =>
  atClerk('POST', '/phone_numbers', { user_id: userId, phone_number, verified })
const stepOf = async (person: UserActor) =>
  onboardingStep(await DataService.getOnboardingFacts(person))
const breakClerk = () => world.control('clerk', '/faults', { path: '/v1/users', kind: '500' })

/** A user who has answered everything up to an unverified phone number. */
async function atThePhone() {
  const person = await world.person()
  for (const answered of draftAnswers().slice(0, 3))
    await PangeaService.saveAnswer(person, answered)
  return { person, number: newNumber() }
}
const answerPhone = (person: UserActor, number: string) =>
  PangeaService.saveAnswer(person, { question: 'phone', answer: { number } })

test('a new number needs a code, and counts once Clerk reports it as verified', async () => {
  const { person, number } = await atThePhone()
  expect(await answerPhone(person, number)).toMatchObject({ step: 'confirm-phone' })
  await expect(PangeaService.confirmPhone(person)).rejects.toMatchObject({
    code: 'phone_not_proven'
  })
  await prove(person, number, false)
  await expect(PangeaService.confirmPhone(person), 'only sent').rejects.toMatchObject({
    code: 'phone_not_proven'
  })
  expect(await stepOf(person)).toBe('confirm-phone')
  const other = await world.person()
  await prove(other, newNumber())
  await prove(person, newNumber())
  await expect(PangeaService.confirmPhone(person), 'another number').rejects.toMatchObject({
    code: 'phone_not_proven'
  })
})

test('a number already verified at Clerk needs no code, and another one does', async () => {
  const { person, number } = await atThePhone()
  await prove(person, number)
  expect(await answerPhone(person, number)).toMatchObject({ step: 'address' })
  expect(await answerPhone(person, newNumber())).toMatchObject({ step: 'confirm-phone' })
  expect(await answerPhone(person, number)).toMatchObject({ step: 'address' })
})

test('the verification is stored once present, twice with the same result', async () => {
  const { person, number } = await atThePhone()
  await answerPhone(person, number)
  await prove(person, number)
  expect(
    await Promise.all([PangeaService.confirmPhone(person), PangeaService.confirmPhone(person)])
  ).toMatchObject([{ step: 'address' }, { step: 'address' }])
  expect(await stepOf(person)).toBe('address')
})

test('an application without a verified number is refused, sends nothing, and leads back to the code', async () => {
  const person = await world.person()
  await completeDraft(person)
  await answerPhone(person, newNumber())
  expect(await stepOf(person)).toBe('confirm-phone')
  await expect(
    PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
  ).rejects.toMatchObject({ code: 'phone_not_proven', status: 409 })
  expect(await DataService.findApplication(person)).toBeNull()
})

test('a verified number removed at Clerk must be verified again before the application is sent', async () => {
  const person = await world.person()
  await completeDraft(person)
  expect(await stepOf(person)).toBe('check')
  const { draft: answers } = await DataService.getOnboardingFacts(person)
  expect((await AuthService.getUser(person.userId)).verifiedPhones).toEqual([answers.phone?.number])
  const { phone_numbers: phones } = (await atClerk(
    'GET',
    `/users/${person.userId}`
  )) as unknown as { phone_numbers: { id: string }[] }
  await atClerk('DELETE', `/phone_numbers/${phones[0]?.id}`)
  await expect(
    PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
  ).rejects.toMatchObject({ code: 'phone_not_proven' })
  expect(await stepOf(person)).toBe('confirm-phone')
  expect(await DataService.findApplication(person)).toBeNull()
})

test('the browser cannot declare a number verified', () => {
  const claimed = {
    question: 'phone',
    answer: {
      number: '415 555 0132',
      provenAt: '2026-11-21',
      verifiedPhone: { number: '+14155550132' }
    },
    verifiedPhone: {}
  }
  expect(DraftInput.parse(claimed)).toEqual({
    question: 'phone',
    answer: { number: '+14155550132' }
  })
  expect(
    DraftInput.safeParse({
      question: 'verifiedPhone',
      answer: { number: '+14155550132', provenAt: '2026-11-21' }
    }).success
  ).toBe(false)
})

// Last: the circuit breaker stays open for a while.
test('while Clerk is down the answer is kept, the verification waits, and nothing is assumed', async () => {
  const { person, number } = await atThePhone()
  await prove(person, number)
  await breakClerk()
  expect(await answerPhone(person, number)).toMatchObject({ step: 'confirm-phone' })
  await expect(PangeaService.confirmPhone(person)).rejects.toMatchObject({
    service: 'clerk',
    retryable: true
  })
  expect((await DataService.getOnboardingFacts(person)).draft.phone).toEqual({ number })
})
