import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { app, auditActionsOf, newUser, usd, userVersionOf } from '@/tests/support/data-fixtures'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const body = JSON.stringify({ answers: { name: { firstName: 'Ada' } } })
const start = (person: UserActor) => DataService.startApplication(person, { body })
const document = { id: 'd1', type: 'ID', status: 'REQUESTED', reason: null }
const hold = async (person: UserActor) => {
  const held = await DataService.claimApplication(person, (await start(person)).id, 60_000)
  if (!held) throw new Error('not free')
  return held
}
const created = async (person: UserActor, jikoApplicationId: string) =>
  DataService.storeCreated(person, await hold(person), { jikoApplicationId, status: 'CREATED' })

describe('startApplication', () => {
  test('keeps one application with its keys and its sealed body, however often it is started', async () => {
    const person = await newUser()
    const started = await Promise.all([start(person), start(person), start(person)])
    expect(new Set(started.map(({ createKey }) => createKey)).size).toBe(1)
    expect(started[0]).toMatchObject({
      userId: person.userId,
      status: null,
      body,
      documents: [],
      appliedAt: null
    })
    expect(
      (await auditActionsOf(storage, person)).filter((action) => action === 'application.started')
    ).toHaveLength(1)
    const [row] = await storage.rows<{ sealed_body: string }>(
      'select sealed_body from applications where user_id = $1',
      [person.userId]
    )
    expect(row?.sealed_body).not.toContain('Ada')
    expect(await DataService.findApplication(await newUser())).toBeNull()
  })
})

describe('claimApplication', () => {
  test('of eight claims one holds it, until it is released or its time is over', async () => {
    const person = await newUser()
    const { id } = await start(person)
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => DataService.claimApplication(app, id, 60_000))
    )
    const [held] = claims.flatMap((claim) => claim ?? [])
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect((await DataService.getOnboardingFacts(person)).application?.busy).toBe(true)
    if (!held) return
    await DataService.releaseApplication(person, { ...held, busyToken: null })
    expect(await DataService.claimApplication(person, id, 60_000)).toBeNull()
    await DataService.releaseApplication(person, held)
    expect(await DataService.claimApplication(person, id, 1_000)).not.toBeNull()
    advanceClock(5_000)
    expect((await DataService.getOnboardingFacts(person)).application?.busy).toBe(false)
    expect(await DataService.claimApplication(person, id, 1_000)).not.toBeNull()
  })

  test("another person's application can be neither claimed, released, changed nor discarded", async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const held = await hold(owner)
    await storage.rows('update applications set busy_until = null where id = $1', [held.id])
    expect(await DataService.claimApplication(other, held.id, 1_000)).toBeNull()
    await DataService.releaseApplication(other, held)
    await DataService.discardApplication(other, held)
    const decision = { status: 'APPROVED', jikoCustomerId: 'c', documents: [] }
    await expect(
      DataService.storeApplicationStatus(other, held.id, decision)
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      DataService.storeCreated(other, held, { jikoApplicationId: 'theirs', status: 'X' })
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(DataService.storeApplied(other, held, { status: 'X' })).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(DataService.readoptApplication(other, held, 'theirs')).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(
      DataService.storeCreateStarted(other, held, { renewKey: true })
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await DataService.findApplication(owner)).toMatchObject({
      status: null,
      jikoApplicationId: null,
      createKey: held.createKey,
      busyToken: held.busyToken
    })
  })
})

describe('the way to the bank', () => {
  test('the time and the key of the create call are stored before it, a new key only when asked for, by the holder only', async () => {
    const person = await newUser()
    const held = await hold(person)
    const first = await DataService.storeCreateStarted(person, held, { renewKey: false })
    expect(first).toMatchObject({
      createKey: held.createKey,
      createStartedAt: expect.stringMatching(/Z$/)
    })
    expect(
      (await DataService.storeCreateStarted(person, held, { renewKey: true })).createKey
    ).not.toBe(held.createKey)
    await storage.rows('update applications set busy_token = gen_random_uuid() where id = $1', [
      held.id
    ])
    await expect(
      DataService.storeCreateStarted(person, held, { renewKey: true })
    ).rejects.toMatchObject({ code: 'ABANDONED' })
  })

  test("the bank's id is kept even where the lease is over, and never replaced", async () => {
    const person = await newUser()
    const held = await hold(person)
    await storage.rows('update applications set busy_token = gen_random_uuid() where id = $1', [
      held.id
    ])
    expect(
      await DataService.storeCreated(person, held, {
        jikoApplicationId: 'jiko-1',
        status: 'CREATED'
      })
    ).toMatchObject({ jikoApplicationId: 'jiko-1' })
    expect(
      await DataService.storeCreated(person, held, {
        jikoApplicationId: 'jiko-2',
        status: 'CREATED'
      })
    ).toMatchObject({ jikoApplicationId: 'jiko-1' })
    expect(await DataService.findApplicationByJikoId('jiko-1')).toMatchObject({
      userId: person.userId
    })
    expect(await DataService.findApplicationByJikoId('jiko-2')).toBeNull()
  })

  test('once applied, the draft and the sealed copy are erased, and the step no longer asks for anything', async () => {
    const person = await newUser()
    await DataService.storeAnswer(person, { income: { income: 'BELOW_50K' } })
    const application = await created(person, 'jiko-applied')
    const applied = await DataService.storeApplied(person, application, { status: 'SUBMITTED' })
    expect(applied).toMatchObject({ status: 'SUBMITTED', body: '', appliedAt: expect.any(String) })
    expect(
      (await DataService.storeApplied(person, application, { status: 'SUBMITTED' })).appliedAt
    ).toBe(applied.appliedAt)
    const facts = await DataService.getOnboardingFacts(person)
    expect(facts).toMatchObject({ draft: {}, application: { status: 'SUBMITTED' } })
    expect(onboardingStep(facts)).toBe('status')
    expect(
      await storage.rows('select 1 from application_drafts where user_id = $1', [person.userId])
    ).toEqual([])
    expect(
      (await auditActionsOf(storage, person)).filter((action) => action === 'application.applied')
    ).toHaveLength(1)
  })

  test('a discarded application is gone and its answers are kept, with a note of when and which', async () => {
    const person = await newUser()
    await DataService.storeAnswer(person, { income: { income: 'BELOW_50K' } })
    await DataService.discardApplication(person, await hold(person))
    expect(await DataService.findApplication(person)).toBeNull()
    const refusedOnce = await DataService.getOnboardingFacts(person)
    expect(refusedOnce).toMatchObject({
      draft: { income: { income: 'BELOW_50K' } },
      application: null,
      refusedAt: expect.stringMatching(/^\d{4}-/)
    })
    expect(await DataService.listDiscarded(app, person.userId)).toEqual([])
    await DataService.discardApplication(person, await created(person, 'jiko-refused'))
    await DataService.discardApplication(person, await created(person, 'jiko-refused-again'))
    expect(await DataService.listDiscarded(app, person.userId)).toEqual([
      'jiko-refused-again',
      'jiko-refused'
    ])
  })

  test('an application that has moved on meanwhile, or was applied, is not discarded', async () => {
    const person = await newUser()
    const before = await hold(person)
    const known = await DataService.storeCreated(person, before, {
      jikoApplicationId: 'jiko-known',
      status: 'CREATED'
    })
    await DataService.discardApplication(person, before)
    expect(await DataService.findApplication(person)).not.toBeNull()
    await DataService.storeApplied(person, known, { status: 'SUBMITTED' })
    await DataService.discardApplication(person, known)
    expect(await DataService.findApplication(person)).not.toBeNull()
  })

  test('a discarded application that the bank took after all is gone on with, and not once another was applied', async () => {
    const person = await newUser()
    const application = await created(person, 'jiko-second')
    expect(await DataService.readoptApplication(person, application, 'jiko-first')).toMatchObject({
      jikoApplicationId: 'jiko-first'
    })
    await DataService.storeApplied(person, application, { status: 'SUBMITTED' })
    expect(await DataService.readoptApplication(person, application, 'jiko-third')).toMatchObject({
      jikoApplicationId: 'jiko-first'
    })
  })
})

describe('storeApplicationStatus', () => {
  test('news is stored, audited and told; the same again changes nothing, and a decision never moves back', async () => {
    const person = await newUser()
    const { id } = await created(person, 'jiko-status')
    const store = (status: string, jikoCustomerId: string | null = null) =>
      DataService.storeApplicationStatus(app, id, {
        status,
        jikoCustomerId,
        documents: status === 'DOCUMENTS_NEEDED' ? [document] : []
      })
    expect(await store('DOCUMENTS_NEEDED')).toMatchObject({
      status: 'DOCUMENTS_NEEDED',
      documents: [document]
    })
    const told = await userVersionOf(person)
    await store('DOCUMENTS_NEEDED')
    expect(await userVersionOf(person)).toBe(told)
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
      (await auditActionsOf(storage, person)).filter(
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

  test('names those the bank may still decide and those approved without an account, not those just asked about', async () => {
    const [waiting, approved, rejected, unsent] = [
      await newUser(),
      await newUser(),
      await newUser(),
      await newUser()
    ]
    await storage.rows('update applications set jiko_application_id = null')
    const application = await created(approved, 'open-approved')
    await created(waiting, 'open-waiting')
    await DataService.storeApplicationStatus(app, (await created(rejected, 'open-rejected')).id, {
      status: 'REJECTED',
      jikoCustomerId: null,
      documents: []
    })
    await start(unsent)
    const decided = await DataService.storeApplicationStatus(app, application.id, {
      status: 'APPROVED',
      jikoCustomerId: 'c',
      documents: []
    })
    await storage.rows(`update applications set checked_at = now() - interval '10 minutes'`)
    expect((await open()).sort()).toEqual([waiting.userId, approved.userId].sort())
    await DataService.storeBankAccount(app, {
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
