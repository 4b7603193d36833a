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
    const user = await world.createUser()
    await completeDraft(user)
    const submitted = await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    expect(submitted.userId).toBe(user.userId)
    await world.settle()
    const onboarded = await PangeaService.onboardUser(user, {})
    expect(onboarded).toMatchObject({ step: 'link-bank', linkToken: null })
    expect(onboarded.bankAccountId).toEqual(expect.any(String))
    const account = await DataService.findBankAccount(user)
    expect(account?.accountNumberLast4).toMatch(/^\d{4}$/)
    const audited = await world.storage.rows(
      `select subject from audit_entries join audit_details on audit_id = id where action = 'onboarding.completed' and user_id = $1`,
      [user.userId]
    )
    expect(audited).toEqual([{ subject: onboarded.bankAccountId }])
  })

  test('creates a Link token only on request at the linking step', async () => {
    const user = await world.createUser()
    const waiting = await world.createUser()
    await completeDraft(user)
    await completeDraft(waiting, 'Review')
    expect(
      await PangeaService.onboardUser(waiting, { ssn: SSN, withLinkToken: true })
    ).toMatchObject({ step: 'status', linkToken: null })
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await world.settle()
    expect(await PangeaService.onboardUser(user, {})).toMatchObject({
      step: 'link-bank',
      linkToken: null
    })
    const { linkToken, link } = await PangeaService.onboardUser(user, { withLinkToken: true })
    expect(linkToken).toMatch(/^link-sandbox-/)
    expect(await PangeaService.resumeLink(user, { visit: link?.visit ?? null })).toMatchObject({
      over: false,
      linkToken
    })
  })

  test('returns a Link token with a submit once the account is open, and none when Plaid does not respond', async () => {
    const user = await world.createUser()
    await completeDraft(user)
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await world.settle()
    const submitted = await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    expect(submitted).toMatchObject({
      userId: user.userId,
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
    expect(await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })).toMatchObject({
      step: 'link-bank',
      linkToken: null
    })
  })

  test.each([
    ['Review', 'status', 'MANUAL_REVIEW'],
    ['Documents', 'status', 'DOCUMENTS_NEEDED'],
    ['Rejected', 'status', 'REJECTED']
  ])('a decision of %s ends on the status page', async (lastName, step, status) => {
    const user = await world.createUser()
    await completeDraft(user, lastName)
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await world.settle()
    const facts = await DataService.getOnboardingFacts(user)
    expect(facts.application?.status).toBe(status)
    expect((await PangeaService.onboardUser(user, {})).step).toBe(step)
    expect(await DataService.findBankAccount(user)).toBeNull()
  })

  test.each([
    ['小龍', '李'],
    ['Siobhán', 'O’Brien-Núñez'],
    ['ياسمين', 'الخوري']
  ])('sends the name %s %s as typed, and the citizenship', async (firstName, lastName) => {
    const user = await world.createUser()
    await completeDraft(user)
    const typed = [
      { question: 'name', answer: { firstName, middleName: ' ', lastName } },
      { question: 'citizenship', answer: { citizen: 'OTHER', country: 'NG' } }
    ]
    for (const answer of typed) await PangeaService.saveAnswer(user, DraftInput.parse(answer))
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
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
    const user = await world.createUser()
    expect(await PangeaService.saveAnswer(user, DraftInput.parse(typed))).toMatchObject({
      ineligible,
      step: 'name'
    })
    expect((await DataService.getOnboardingFacts(user)).draft).toEqual({})
  })

  test('two simultaneous submits create one applied application and one pocket', async () => {
    const user = await world.createUser()
    await completeDraft(user)
    await Promise.all([
      PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true }),
      PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    ])
    await world.settle()
    await PangeaService.onboardUser(user, {})
    const { applications, pockets } = await ledger()
    expect(applications.map(({ applied }) => applied)).toEqual([1])
    expect(pockets).toHaveLength(1)
  })

  test('a lost create response is requested again under the same key', async () => {
    const user = await world.createUser()
    await completeDraft(user)
    await world.control('jiko', '/faults', {
      path: '/api/v1/applications/',
      method: 'POST',
      kind: 'truncated',
      times: 4
    })
    await expect(
      PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    ).rejects.toMatchObject({ service: 'jiko' })
    expect((await PangeaService.onboardUser(user, {})).step).toBe('ssn-again')
    await fetch(`${world.jiko.url}/_sandbox/faults`, { method: 'DELETE' })
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await world.settle()
    expect((await ledger()).applications.filter(({ applied }) => applied > 0)).toHaveLength(1)
  })

  test('refuses to submit while questions are open, and sends nothing', async () => {
    const user = await world.createUser()
    await expect(
      PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    ).rejects.toMatchObject({ code: 'conflict' })
    expect((await ledger()).applications).toEqual([])
  })

  test('with every webhook lost, the poll still finds the decision', async () => {
    const user = await world.createUser()
    await world.control('jiko', '/deliveries/mode', { drop: true })
    await completeDraft(user)
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await world.settle()
    expect((await PangeaService.onboardUser(user, {})).step).toBe('link-bank')
  })
})
