import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onboardingStep, QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import * as DataService from '@/lib/services/data'
import { draftAnswers } from '@/tests/support/applicant'
import { auditActionsOf, connect, newUser, usd, userVersionOf } from '@/tests/support/data-fixtures'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const agreed = {
  version: '3',
  documents: [{ title: 'Terms', type: 'TERMS' }],
  consentedAt: '2026-11-20T10:00:00.000Z'
}

describe('storeAnswer', () => {
  test('stores answers encrypted, with an audit row that names the question and not the answer', async () => {
    const person = await newUser()
    await DataService.storeAnswer(person, { phone: { number: '+14155550132' } })
    await DataService.storeAnswer(person, { income: { income: 'OVER_250K' } })
    expect((await DataService.getOnboardingFacts(person)).draft).toEqual({
      phone: { number: '+14155550132' },
      income: { income: 'OVER_250K' }
    })
    const everything = JSON.stringify([
      await storage.rows('select * from application_drafts where user_id = $1', [person.userId]),
      await storage.rows('select * from audit_log where user_id = $1', [person.userId])
    ])
    expect(everything).not.toMatch(/4155550132|OVER_250K/)
    expect(
      (await auditActionsOf(storage, person)).filter((action) => action === 'application.answered')
    ).toHaveLength(2)
    expect(await userVersionOf(person)).toBe(2)
  })

  test('simultaneous answers from two tabs are both kept', async () => {
    const person = await newUser()
    await Promise.all([
      DataService.storeAnswer(person, { phone: { number: '+14155550132' } }),
      DataService.storeAnswer(person, { income: { income: 'OVER_250K' } }),
      DataService.storeAnswer(person, { netWorth: { netWorth: 'OVER_5M' } }),
      DataService.storeAnswer(person, { dateOfBirth: { date: '1985-03-27' } })
    ])
    expect(Object.keys((await DataService.getOnboardingFacts(person)).draft).sort()).toEqual([
      'dateOfBirth',
      'income',
      'netWorth',
      'phone'
    ])
  })

  test('answers cannot change once the application was sent', async () => {
    const person = await newUser()
    await DataService.startApplication(person, { body: '{}' })
    await expect(
      DataService.storeAnswer(person, { income: { income: 'OVER_250K' } })
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(
      await storage.rows('select 1 from application_drafts where user_id = $1', [person.userId])
    ).toEqual([])
  })

  test("another user's answers are not found, and do not decrypt when moved", async () => {
    const [owner, other] = [await newUser(), await newUser()]
    await DataService.storeAnswer(owner, { income: { income: 'OVER_250K' } })
    expect((await DataService.getOnboardingFacts(other)).draft).toEqual({})
    await storage.rows(
      'insert into application_drafts (user_id, sealed) select $1, sealed from application_drafts where user_id = $2',
      [other.userId, owner.userId]
    )
    await expect(DataService.getOnboardingFacts(other)).rejects.toMatchObject({
      code: 'SEAL_BROKEN'
    })
  })
})

describe('storeConsent', () => {
  test('keeps every consent with its documents; the newest counts, for this user only', async () => {
    const person = await newUser()
    await DataService.storeConsent(person, agreed)
    await DataService.storeConsent(person, {
      ...agreed,
      version: '4',
      consentedAt: '2026-11-21T10:00:00.000Z'
    })
    expect((await DataService.getOnboardingFacts(person)).consent).toEqual({
      version: '4',
      consentedAt: '2026-11-21T10:00:00.000Z'
    })
    expect(
      await storage.rows(
        'select version, documents from consents where user_id = $1 order by consented_at',
        [person.userId]
      )
    ).toMatchObject([{ version: '3', documents: agreed.documents }, { version: '4' }])
    expect(
      (await auditActionsOf(storage, person)).filter((action) => action === 'application.consented')
    ).toHaveLength(2)
    expect((await DataService.getOnboardingFacts(await newUser())).consent).toBeNull()
  })
})

test('the stored facts lead through every onboarding step', async () => {
  const person = await newUser()
  const step = async () => onboardingStep(await DataService.getOnboardingFacts(person))
  for (const [n, { question, answer }] of draftAnswers().entries()) {
    expect(await step()).toBe(QUESTIONS[n]?.segment)
    await DataService.storeAnswer(person, { [question]: answer })
    if (question !== 'phone') continue
    expect(await step()).toBe('confirm-phone')
    await DataService.storeAnswer(person, {
      verifiedPhone: { number: answer.number, provenAt: '2026-11-21T09:00:00.000Z' }
    })
  }
  expect(await step()).toBe('agreements')
  await DataService.storeConsent(person, agreed)
  expect(await step()).toBe('check')
  const { id } = await DataService.startApplication(person, { body: '{}' })
  expect(await step()).toBe('ssn-again')
  const held = await DataService.claimApplication(person, id, 60_000)
  if (!held) throw new Error('not free')
  expect(await step()).toBe('submitting')
  const created = await DataService.storeCreated(person, held, {
    jikoApplicationId: 'facts',
    status: 'CREATED'
  })
  const applied = await DataService.storeApplied(person, created, { status: 'SUBMITTED' })
  await DataService.releaseApplication(person, held)
  expect(await step()).toBe('status')
  const application = await DataService.storeApplicationStatus(person, applied.id, {
    status: 'APPROVED',
    jikoCustomerId: 'c',
    documents: []
  })
  expect(await step()).toBe('account')
  await DataService.storeBankAccount(person, {
    application,
    jikoPocketId: 'facts-pocket',
    name: 'Pocket',
    status: 'OPEN',
    balance: usd(0n)
  })
  expect(await step()).toBe('link-bank')
  await connect(person)
  expect(await step()).toBe('done')
})
