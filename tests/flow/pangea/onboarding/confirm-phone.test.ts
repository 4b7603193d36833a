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
const addPhone = ({ userId }: UserActor, phone_number: string, verified = true) =>
  atClerk('POST', '/phone_numbers', { user_id: userId, phone_number, verified })
const stepOf = async (user: UserActor) => onboardingStep(await DataService.getOnboardingFacts(user))
const breakClerk = () => world.control('clerk', '/faults', { path: '/v1/users', kind: '500' })

/** A user who has answered everything up to an unverified phone number. */
async function atThePhone() {
  const user = await world.createUser()
  for (const answered of draftAnswers().slice(0, 3)) await PangeaService.saveAnswer(user, answered)
  return { user, number: newNumber() }
}
const answerPhone = (user: UserActor, number: string) =>
  PangeaService.saveAnswer(user, { question: 'phone', answer: { number } })

test('a new number needs a code, and counts once Clerk reports it as verified', async () => {
  const { user, number } = await atThePhone()
  expect(await answerPhone(user, number)).toMatchObject({ step: 'confirm-phone' })
  await expect(PangeaService.confirmPhone(user)).rejects.toMatchObject({
    code: 'phone_not_proven'
  })
  await addPhone(user, number, false)
  await expect(PangeaService.confirmPhone(user), 'only sent').rejects.toMatchObject({
    code: 'phone_not_proven'
  })
  expect(await stepOf(user)).toBe('confirm-phone')
  const other = await world.createUser()
  await addPhone(other, newNumber())
  await addPhone(user, newNumber())
  await expect(PangeaService.confirmPhone(user), 'another number').rejects.toMatchObject({
    code: 'phone_not_proven'
  })
})

test('a number already verified at Clerk needs no code, and another one does', async () => {
  const { user, number } = await atThePhone()
  await addPhone(user, number)
  expect(await answerPhone(user, number)).toMatchObject({ step: 'address' })
  expect(await answerPhone(user, newNumber())).toMatchObject({ step: 'confirm-phone' })
  expect(await answerPhone(user, number)).toMatchObject({ step: 'address' })
})

test('the verification is stored once present, twice with the same result', async () => {
  const { user, number } = await atThePhone()
  await answerPhone(user, number)
  await addPhone(user, number)
  expect(
    await Promise.all([PangeaService.confirmPhone(user), PangeaService.confirmPhone(user)])
  ).toMatchObject([{ step: 'address' }, { step: 'address' }])
  expect(await stepOf(user)).toBe('address')
})

test('an application without a verified number is refused, sends nothing, and leads back to the code', async () => {
  const user = await world.createUser()
  await completeDraft(user)
  await answerPhone(user, newNumber())
  expect(await stepOf(user)).toBe('confirm-phone')
  await expect(
    PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
  ).rejects.toMatchObject({ code: 'phone_not_proven', status: 409 })
  expect(await DataService.findApplication(user)).toBeNull()
})

test('a verified number removed at Clerk must be verified again before the application is sent', async () => {
  const user = await world.createUser()
  await completeDraft(user)
  expect(await stepOf(user)).toBe('check')
  const { draft: answers } = await DataService.getOnboardingFacts(user)
  expect((await AuthService.getUser(user.userId)).verifiedPhones).toEqual([answers.phone?.number])
  const { phone_numbers: phones } = (await atClerk('GET', `/users/${user.userId}`)) as unknown as {
    phone_numbers: { id: string }[]
  }
  await atClerk('DELETE', `/phone_numbers/${phones[0]?.id}`)
  await expect(
    PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
  ).rejects.toMatchObject({ code: 'phone_not_proven' })
  expect(await stepOf(user)).toBe('confirm-phone')
  expect(await DataService.findApplication(user)).toBeNull()
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
  const { user, number } = await atThePhone()
  await addPhone(user, number)
  await breakClerk()
  expect(await answerPhone(user, number)).toMatchObject({ step: 'confirm-phone' })
  await expect(PangeaService.confirmPhone(user)).rejects.toMatchObject({
    service: 'clerk',
    retryable: true
  })
  expect((await DataService.getOnboardingFacts(user)).draft.phone).toEqual({ number })
})
