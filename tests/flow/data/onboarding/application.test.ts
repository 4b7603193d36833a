import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { app, auditActionsOf, newUser, usd, userVersionOf } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const body = JSON.stringify({ answers: { name: { firstName: 'Ada' } } })
const start = (user: UserActor) => DataService.startApplication(user, { body })
const document = { id: 'd1', type: 'ID', status: 'REQUESTED', reason: null }
const hold = async (user: UserActor) => {
  const held = await DataService.claimApplication(user, (await start(user)).id, 60_000)
  if (!held) throw new Error('not free')
  return held
}
const created = async (user: UserActor, jikoApplicationId: string) =>
  DataService.recordCreated(user, await hold(user), { jikoApplicationId, status: 'CREATED' })

describe('startApplication', () => {
  test('creates one application with its keys and encrypted body, however often it is started', async () => {
    const user = await newUser()
    const started = await Promise.all([start(user), start(user), start(user)])
    expect(new Set(started.map(({ createKey }) => createKey)).size).toBe(1)
    expect(started[0]).toMatchObject({
      userId: user.userId,
      status: null,
      body,
      documents: [],
      appliedAt: null
    })
    expect(
      (await auditActionsOf(storage, user)).filter((action) => action === 'application.started')
    ).toHaveLength(1)
    const [row] = await storage.rows<{ sealed_body: string }>(
      'select sealed_body from applications where user_id = $1',
      [user.userId]
    )
    expect(row?.sealed_body).not.toContain('Ada')
    expect(await DataService.findApplication(await newUser())).toBeNull()
  })
})

describe('claimApplication', () => {
  test('of eight concurrent claims one succeeds, until it is released or expires', async () => {
    const user = await newUser()
    const { id } = await start(user)
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => DataService.claimApplication(app, id, 60_000))
    )
    const [held] = claims.flatMap((claim) => claim ?? [])
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect((await DataService.getOnboardingFacts(user)).application?.busy).toBe(true)
    if (!held) throw new Error('no claim succeeded')
    await DataService.releaseApplication(user, { ...held, busyToken: null })
    expect(await DataService.claimApplication(user, id, 60_000)).toBeNull()
    await DataService.releaseApplication(user, held)
    expect(await DataService.claimApplication(user, id, 1_000)).not.toBeNull()
    advanceClock(5_000)
    expect((await DataService.getOnboardingFacts(user)).application?.busy).toBe(false)
    expect(await DataService.claimApplication(user, id, 1_000)).not.toBeNull()
  })

  test("another user's application cannot be claimed, released, changed or withdrawn", async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const held = await hold(owner)
    await storage.rows('update applications set busy_until = null where id = $1', [held.id])
    expect(await DataService.claimApplication(other, held.id, 1_000)).toBeNull()
    await DataService.releaseApplication(other, held)
    await DataService.withdrawApplication(other, held)
    const decision = { status: 'APPROVED', jikoCustomerId: 'c', documents: [] }
    await expect(DataService.saveApplicationStatus(other, held.id, decision)).rejects.toMatchObject(
      { code: 'not_found' }
    )
    await expect(
      DataService.recordCreated(other, held, { jikoApplicationId: 'theirs', status: 'X' })
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(DataService.recordApplied(other, held, { status: 'X' })).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(DataService.relinkApplication(other, held, 'theirs')).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(
      DataService.recordCreateStarted(other, held, { renewKey: true })
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await DataService.findApplication(owner)).toMatchObject({
      status: null,
      jikoApplicationId: null,
      createKey: held.createKey,
      busyToken: held.busyToken
    })
  })
})

describe('submission', () => {
  test('stores the time and key of the create call before it, with a new key only on request, by the lease holder only', async () => {
    const user = await newUser()
    const held = await hold(user)
    const first = await DataService.recordCreateStarted(user, held, { renewKey: false })
    expect(first).toMatchObject({
      createKey: held.createKey,
      createStartedAt: expect.stringMatching(/Z$/)
    })
    expect(
      (await DataService.recordCreateStarted(user, held, { renewKey: true })).createKey
    ).not.toBe(held.createKey)
    await storage.rows('update applications set busy_token = gen_random_uuid() where id = $1', [
      held.id
    ])
    await expect(
      DataService.recordCreateStarted(user, held, { renewKey: true })
    ).rejects.toMatchObject({ code: 'ABANDONED' })
  })

  test("stores Jiko's id even after the lease expired, and never replaces it", async () => {
    const user = await newUser()
    const held = await hold(user)
    await storage.rows('update applications set busy_token = gen_random_uuid() where id = $1', [
      held.id
    ])
    expect(
      await DataService.recordCreated(user, held, {
        jikoApplicationId: 'jiko-1',
        status: 'CREATED'
      })
    ).toMatchObject({ jikoApplicationId: 'jiko-1' })
    expect(
      await DataService.recordCreated(user, held, {
        jikoApplicationId: 'jiko-2',
        status: 'CREATED'
      })
    ).toMatchObject({ jikoApplicationId: 'jiko-1' })
    expect(await DataService.findApplicationByJikoId('jiko-1')).toMatchObject({
      userId: user.userId
    })
    expect(await DataService.findApplicationByJikoId('jiko-2')).toBeNull()
  })

  test('once applied, erases the draft and the encrypted copy, and the step asks no more questions', async () => {
    const user = await newUser()
    await DataService.saveDraft(user, { income: { income: 'BELOW_50K' } })
    const application = await created(user, 'jiko-applied')
    const applied = await DataService.recordApplied(user, application, { status: 'SUBMITTED' })
    expect(applied).toMatchObject({ status: 'SUBMITTED', body: '', appliedAt: expect.any(String) })
    expect(
      (await DataService.recordApplied(user, application, { status: 'SUBMITTED' })).appliedAt
    ).toBe(applied.appliedAt)
    const facts = await DataService.getOnboardingFacts(user)
    expect(facts).toMatchObject({ draft: {}, application: { status: 'SUBMITTED' } })
    expect(onboardingStep(facts)).toBe('status')
    expect(
      await storage.rows('select 1 from application_drafts where user_id = $1', [user.userId])
    ).toEqual([])
    expect(
      (await auditActionsOf(storage, user)).filter((action) => action === 'application.applied')
    ).toHaveLength(1)
  })

  test('a withdrawn application is removed, its answers are kept, and an audit row records it', async () => {
    const user = await newUser()
    await DataService.saveDraft(user, { income: { income: 'BELOW_50K' } })
    await DataService.withdrawApplication(user, await hold(user))
    expect(await DataService.findApplication(user)).toBeNull()
    const refusedOnce = await DataService.getOnboardingFacts(user)
    expect(refusedOnce).toMatchObject({
      draft: { income: { income: 'BELOW_50K' } },
      application: null,
      refusedAt: expect.stringMatching(/^\d{4}-/)
    })
    expect(await DataService.listWithdrawn(app, user.userId)).toEqual([])
    await DataService.withdrawApplication(user, await created(user, 'jiko-refused'))
    await DataService.withdrawApplication(user, await created(user, 'jiko-refused-again'))
    expect(await DataService.listWithdrawn(app, user.userId)).toEqual([
      'jiko-refused-again',
      'jiko-refused'
    ])
  })

  test('an application that has advanced meanwhile, or was applied, is not withdrawn', async () => {
    const user = await newUser()
    const before = await hold(user)
    const known = await DataService.recordCreated(user, before, {
      jikoApplicationId: 'jiko-known',
      status: 'CREATED'
    })
    await DataService.withdrawApplication(user, before)
    expect(await DataService.findApplication(user)).not.toBeNull()
    await DataService.recordApplied(user, known, { status: 'SUBMITTED' })
    await DataService.withdrawApplication(user, known)
    expect(await DataService.findApplication(user)).not.toBeNull()
  })

  test('a withdrawn application that Jiko accepted after all is resumed, unless another was applied', async () => {
    const user = await newUser()
    const application = await created(user, 'jiko-second')
    expect(await DataService.relinkApplication(user, application, 'jiko-first')).toMatchObject({
      jikoApplicationId: 'jiko-first'
    })
    await DataService.recordApplied(user, application, { status: 'SUBMITTED' })
    expect(await DataService.relinkApplication(user, application, 'jiko-third')).toMatchObject({
      jikoApplicationId: 'jiko-first'
    })
  })
})

describe('saveApplicationStatus', () => {
  test('a new status is stored, audited and notified; a repeated one changes nothing, and a decision is never reverted', async () => {
    const user = await newUser()
    const { id } = await created(user, 'jiko-status')
    const store = (status: string, jikoCustomerId: string | null = null) =>
      DataService.saveApplicationStatus(app, id, {
        status,
        jikoCustomerId,
        documents: status === 'DOCUMENTS_NEEDED' ? [document] : []
      })
    expect(await store('DOCUMENTS_NEEDED')).toMatchObject({
      status: 'DOCUMENTS_NEEDED',
      documents: [document]
    })
    const told = await userVersionOf(user)
    await store('DOCUMENTS_NEEDED')
    expect(await userVersionOf(user)).toBe(told)
    expect(await store('APPROVED', 'customer-1')).toMatchObject({
      status: 'APPROVED',
      jikoCustomerId: 'customer-1',
      documents: []
    })
    expect(await store('PENDING')).toMatchObject({
      status: 'APPROVED',
      jikoCustomerId: 'customer-1'
    })
    expect(
      (await auditActionsOf(storage, user)).filter(
        (action) => action === 'application.status_changed'
      )
    ).toHaveLength(2)
  })
})

describe('listOpenApplications', () => {
  const open = async () =>
    (
      await DataService.listOpenApplications({
        checkedBefore: new Date(Date.now() + 60_000),
        limit: 100
      })
    ).map(({ userId }) => userId)

  test('lists undecided applications and approved ones without an account, except those checked recently', async () => {
    const [waiting, approved, rejected, unsent] = [
      await newUser(),
      await newUser(),
      await newUser(),
      await newUser()
    ]
    await storage.rows('update applications set jiko_application_id = null')
    const application = await created(approved, 'open-approved')
    await created(waiting, 'open-waiting')
    await DataService.saveApplicationStatus(app, (await created(rejected, 'open-rejected')).id, {
      status: 'REJECTED',
      jikoCustomerId: null,
      documents: []
    })
    await start(unsent)
    const decided = await DataService.saveApplicationStatus(app, application.id, {
      status: 'APPROVED',
      jikoCustomerId: 'c',
      documents: []
    })
    await storage.rows(`update applications set checked_at = now() - interval '10 minutes'`)
    expect((await open()).sort()).toEqual([waiting.userId, approved.userId].sort())
    await DataService.saveBankAccount(app, {
      application: decided,
      jikoPocketId: 'open-pocket',
      name: 'Pocket',
      status: 'OPEN',
      balance: usd(0n)
    })
    expect(await open()).toEqual([waiting.userId])
    expect(
      await DataService.listOpenApplications({
        checkedBefore: new Date(Date.now() - 3_600_000),
        limit: 100
      })
    ).toEqual([])
  })
})
