import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onboardingStep, QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import * as DataService from '@/lib/services/data'
import { draftAnswers } from '@/tests/support/applicant'
import { auditActionsOf, connect, newUser, usd, userVersionOf } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const agreed = {
  version: '3',
  groups: [
    { category: 'BANK', documents: [{ title: 'Terms', type: 'TERMS', sha256: 'a'.repeat(64) }] }
  ],
  consentedAt: '2026-11-20T10:00:00.000Z'
}

describe('saveDraft', () => {
  test('stores answers encrypted, with an audit row that names the question and not the answer', async () => {
    const user = await newUser()
    await DataService.saveDraft(user, { phone: { number: '+14155550132' } })
    await DataService.saveDraft(user, { income: { income: 'OVER_250K' } })
    expect((await DataService.getOnboardingFacts(user)).draft).toEqual({
      phone: { number: '+14155550132' },
      income: { income: 'OVER_250K' }
    })
    const everything = JSON.stringify([
      await storage.rows('select * from application_drafts where user_id = $1', [user.userId]),
      await storage.rows(
        'select * from audit_entries join audit_details on audit_id = id where user_id = $1',
        [user.userId]
      )
    ])
    expect(everything).not.toMatch(/4155550132|OVER_250K/)
    expect(
      (await auditActionsOf(storage, user)).filter((action) => action === 'application.answered')
    ).toHaveLength(2)
    expect(await userVersionOf(user)).toBe(2)
  })

  test('simultaneous answers from two tabs are both kept', async () => {
    const user = await newUser()
    await Promise.all([
      DataService.saveDraft(user, { phone: { number: '+14155550132' } }),
      DataService.saveDraft(user, { income: { income: 'OVER_250K' } }),
      DataService.saveDraft(user, { netWorth: { netWorth: 'OVER_5M' } }),
      DataService.saveDraft(user, { dateOfBirth: { date: '1985-03-27' } })
    ])
    expect(Object.keys((await DataService.getOnboardingFacts(user)).draft).sort()).toEqual([
      'dateOfBirth',
      'income',
      'netWorth',
      'phone'
    ])
  })

  test('answers cannot change once the application was sent', async () => {
    const user = await newUser()
    await DataService.startApplication(user, { body: '{}' })
    await expect(
      DataService.saveDraft(user, { income: { income: 'OVER_250K' } })
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(
      await storage.rows('select 1 from application_drafts where user_id = $1', [user.userId])
    ).toEqual([])
  })

  test("another user's answers are not found, and do not decrypt when moved", async () => {
    const [owner, other] = [await newUser(), await newUser()]
    await DataService.saveDraft(owner, { income: { income: 'OVER_250K' } })
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

describe('saveConsents', () => {
  test('keeps every consent with its documents; the newest counts, for this user only', async () => {
    const user = await newUser()
    await DataService.saveConsents(user, agreed)
    await DataService.saveConsents(user, {
      ...agreed,
      version: '4',
      consentedAt: '2026-11-21T10:00:00.000Z'
    })
    expect((await DataService.getOnboardingFacts(user)).consent).toEqual({
      version: '4',
      consentedAt: '2026-11-21T10:00:00.000Z'
    })
    expect(
      await storage.rows(
        'select version, documents from consents where user_id = $1 order by consented_at',
        [user.userId]
      )
    ).toMatchObject([{ version: '3', documents: agreed.groups[0]?.documents }, { version: '4' }])
    expect(
      (await auditActionsOf(storage, user)).filter((action) => action === 'application.consented')
    ).toHaveLength(2)
    expect((await DataService.getOnboardingFacts(await newUser())).consent).toBeNull()
  })
})

test('the stored facts lead through every onboarding step', async () => {
  const user = await newUser()
  const step = async () => onboardingStep(await DataService.getOnboardingFacts(user))
  for (const [n, { question, answer }] of draftAnswers().entries()) {
    expect(await step()).toBe(QUESTIONS[n]?.segment)
    await DataService.saveDraft(user, { [question]: answer })
    if (question !== 'phone') continue
    expect(await step()).toBe('confirm-phone')
    await DataService.saveDraft(user, {
      verifiedPhone: { number: answer.number, provenAt: '2026-11-21T09:00:00.000Z' }
    })
  }
  expect(await step()).toBe('agreements')
  await DataService.saveConsents(user, agreed)
  expect(await step()).toBe('check')
  const { id } = await DataService.startApplication(user, { body: '{}' })
  expect(await step()).toBe('ssn-again')
  const held = await DataService.claimApplication(user, id, 60_000)
  if (!held) throw new Error('not free')
  expect(await step()).toBe('submitting')
  const created = await DataService.recordCreated(user, held, {
    jikoApplicationId: 'facts',
    status: 'CREATED'
  })
  const applied = await DataService.recordApplied(user, created, { status: 'SUBMITTED' })
  await DataService.releaseApplication(user, held)
  expect(await step()).toBe('status')
  const application = await DataService.saveApplicationStatus(user, applied.id, {
    status: 'APPROVED',
    jikoCustomerId: 'c',
    documents: []
  })
  expect(await step()).toBe('account')
  await DataService.saveBankAccount(user, {
    application,
    jikoPocketId: 'facts-pocket',
    name: 'Pocket',
    status: 'OPEN',
    balance: usd(0n)
  })
  expect(await step()).toBe('link-bank')
  await connect(user)
  expect(await step()).toBe('done')
})
