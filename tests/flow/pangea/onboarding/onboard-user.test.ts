import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DraftInput } from '@/lib/api/application'
import { DataService, PangeaService } from '@/lib/services'
import type { Application } from '@/sandbox/jiko/state'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { openWorld, type World } from '@/tests/support/world'

type Ledger = {
  applications: { id: string; status: string; applied: number; customerId: string | null }[]
  pockets: { customerId: string }[]
}

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
// Emulator ids never repeat within a world, so each test checks what was created since it began.
let known = new Set<string>()
const all = async () => (await world.control('jiko', '/ledger')) as Ledger
const ledger = async () => {
  const { applications, pockets } = await all()
  const fresh = applications.filter(({ id }) => !known.has(id))
  return {
    applications: fresh,
    pockets: pockets.filter(({ customerId }) =>
      fresh.some((made) => made.customerId === customerId)
    )
  }
}
beforeEach(async () => {
  known = new Set((await all()).applications.map(({ id }) => id))
})

describe('onboardUser', () => {
  test('opens an account for an approved applicant and records that onboarding is completed', async () => {
    const person = await world.person()
    await completeDraft(person)
    const submitted = await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    expect(submitted.userId).toBe(person.userId)
    await world.settle()
    const onboarded = await PangeaService.onboardUser(person, {})
    expect(onboarded).toMatchObject({ step: 'link-bank', linkToken: null })
    expect(onboarded.bankAccountId).toEqual(expect.any(String))
    const account = await DataService.findBankAccount(person)
    expect(account?.accountNumberLast4).toMatch(/^\d{4}$/)
    const audited = await world.storage.rows(
      `select subject from audit_log where action = 'onboarding.completed' and user_id = $1`,
      [person.userId]
    )
    expect(audited).toEqual([{ subject: onboarded.bankAccountId }])
  })

  test('creates a Link token only on request at the linking step', async () => {
    const person = await world.person()
    const waiting = await world.person()
    await completeDraft(person)
    await completeDraft(waiting, 'Review')
    expect(
      await PangeaService.onboardUser(waiting, { ssn: SSN, withLinkToken: true })
    ).toMatchObject({ step: 'status', linkToken: null })
    await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    await world.settle()
    expect(await PangeaService.onboardUser(person, {})).toMatchObject({
      step: 'link-bank',
      linkToken: null
    })
    const { linkToken, link } = await PangeaService.onboardUser(person, { withLinkToken: true })
    expect(linkToken).toMatch(/^link-sandbox-/)
    expect(await PangeaService.resumeLink(person, { visit: link?.visit ?? null })).toMatchObject({
      over: false,
      linkToken
    })
  })

  test('returns a Link token with a submit once the account is open, and none when Plaid does not respond', async () => {
    const person = await world.person()
    await completeDraft(person)
    await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    await world.settle()
    const submitted = await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    expect(submitted).toMatchObject({
      userId: person.userId,
      step: 'link-bank',
      bankAccountId: expect.any(String)
    })
    expect(submitted.linkToken).toMatch(/^link-sandbox-/)
    await world.control('plaid', '/faults', {
      path: '/link/token/create',
      kind: '400',
      code: 'INVALID_API_KEYS',
      times: 1
    })
    expect(
      await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    ).toMatchObject({ step: 'link-bank', linkToken: null })
  })

  test.each([
    ['Review', 'status', 'MANUAL_REVIEW'],
    ['Documents', 'status', 'DOCUMENTS_NEEDED'],
    ['Rejected', 'status', 'REJECTED']
  ])('a decision of %s ends on the status page', async (lastName, step, status) => {
    const person = await world.person()
    await completeDraft(person, lastName)
    await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    await world.settle()
    const facts = await DataService.getOnboardingFacts(person)
    expect(facts.application?.status).toBe(status)
    expect((await PangeaService.onboardUser(person, {})).step).toBe(step)
    expect(await DataService.findBankAccount(person)).toBeNull()
  })

  test.each([
    ['小龍', '李'],
    ['Siobhán', 'O’Brien-Núñez'],
    ['ياسمين', 'الخوري']
  ])('sends the name %s %s as typed, and the citizenship', async (firstName, lastName) => {
    const person = await world.person()
    await completeDraft(person)
    const typed = [
      { question: 'name', answer: { firstName, middleName: ' ', lastName } },
      { question: 'citizenship', answer: { citizen: 'OTHER', country: 'NG' } }
    ]
    for (const answer of typed) await PangeaService.saveAnswer(person, DraftInput.parse(answer))
    await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    const { applications } = await ledger()
    const { fields } =
      world.jiko.store.collection<Application>('applications').get(applications[0]?.id ?? '') ?? {}
    expect(fields).toMatchObject({
      name: { first_name: firstName, last_name: lastName },
      citizenship_country: 'NG'
    })
    expect(Object.keys(fields?.name ?? {})).toEqual(['first_name', 'last_name'])
  })

  test.each([
    [
      {
        question: 'dateOfBirth',
        answer: { month: '1', day: '1', year: String(new Date().getFullYear() - 17) }
      },
      'under_18'
    ],
    [{ question: 'address', answer: { state: 'PR' } }, 'not_served']
  ])('stores nothing of %j, which Jiko does not serve', async (typed, ineligible) => {
    const person = await world.person()
    expect(await PangeaService.saveAnswer(person, DraftInput.parse(typed))).toMatchObject({
      ineligible,
      step: 'name'
    })
    expect((await DataService.getOnboardingFacts(person)).draft).toEqual({})
  })

  test('two simultaneous submits create one applied application and one pocket', async () => {
    const person = await world.person()
    await completeDraft(person)
    await Promise.all([
      PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true }),
      PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    ])
    await world.settle()
    await PangeaService.onboardUser(person, {})
    const { applications, pockets } = await ledger()
    expect(applications.map(({ applied }) => applied)).toEqual([1])
    expect(pockets).toHaveLength(1)
  })

  test('a lost create response is requested again under the same key', async () => {
    const person = await world.person()
    await completeDraft(person)
    await world.control('jiko', '/faults', {
      path: '/api/v1/applications/',
      method: 'POST',
      kind: 'truncated',
      times: 4
    })
    await expect(
      PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    ).rejects.toMatchObject({ service: 'jiko' })
    expect((await PangeaService.onboardUser(person, {})).step).toBe('ssn-again')
    await fetch(`${world.jiko.url}/_sandbox/faults`, { method: 'DELETE' })
    await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    await world.settle()
    expect((await ledger()).applications.filter(({ applied }) => applied > 0)).toHaveLength(1)
  })

  test('refuses to submit while questions are open, and sends nothing', async () => {
    const person = await world.person()
    await expect(
      PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    ).rejects.toMatchObject({ code: 'conflict' })
    expect((await ledger()).applications).toEqual([])
  })

  test('with every webhook lost, the poll still finds the decision', async () => {
    const person = await world.person()
    await world.control('jiko', '/deliveries/mode', { drop: true })
    await completeDraft(person)
    await PangeaService.onboardUser(person, { ssn: SSN, withLinkToken: true })
    await world.settle()
    expect((await PangeaService.onboardUser(person, {})).step).toBe('link-bank')
  })
})
