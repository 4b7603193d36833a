import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { app, auditActionsOf, newUser, usd, userVersionOf } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

async function approved(user: UserActor) {
  const { id } = await DataService.startApplication(user, { body: '{}' })
  return DataService.saveApplicationStatus(user, id, {
    status: 'APPROVED',
    jikoCustomerId: `customer-${user.userId}`,
    documents: []
  })
}
const pocket = (user: UserActor) => ({
  jikoPocketId: `pocket-${user.userId}`,
  name: 'Pangea account',
  status: 'OPEN',
  balance: usd(12_345n)
})

describe('saveBankAccount', () => {
  test('stores one account however often it is called, and completes onboarding once', async () => {
    const user = await newUser()
    const application = await approved(user)
    const stored = await Promise.all(
      [1, 2, 3].map(() => DataService.saveBankAccount(app, { application, ...pocket(user) }))
    )
    expect(new Set(stored.map(({ id }) => id)).size).toBe(1)
    const [row, ...more] = await storage.rows(
      `select actor_kind, subject, detail from audit_entries join audit_details on audit_id = id where action = 'onboarding.completed' and user_id = $1`,
      [user.userId]
    )
    expect(row).toEqual({
      actor_kind: 'system',
      subject: stored[0]?.id,
      detail: { bankAccountId: stored[0]?.id }
    })
    expect(more).toEqual([])
    expect(await DataService.findBankAccount(user)).toMatchObject({
      id: stored[0]?.id,
      balance: usd(12_345n),
      jikoCustomerId: application.jikoCustomerId
    })
    expect((await DataService.getOnboardingFacts(user)).bankAccountId).toBe(stored[0]?.id)
  })

  test('another user cannot store an account for the application, nor see it', async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const application = await approved(owner)
    await expect(
      DataService.saveBankAccount(other, { application, ...pocket(owner) })
    ).rejects.toMatchObject({ code: 'not_found' })
    await DataService.saveBankAccount(owner, { application, ...pocket(owner) })
    expect(await DataService.findBankAccount(other)).toBeNull()
  })
})

describe('saveBankAccountState', () => {
  const state = {
    status: 'OPEN',
    balance: usd(99n),
    accountNumberLast4: '4321',
    routingNumberLast4: '0021'
  }

  test('stores the current state; only changes are audited and notified', async () => {
    const user = await newUser()
    const { id } = await DataService.saveBankAccount(user, {
      application: await approved(user),
      ...pocket(user)
    })
    await DataService.saveBankAccountState(app, id, state)
    const told = await userVersionOf(user)
    await DataService.saveBankAccountState(app, id, state)
    expect(await userVersionOf(user)).toBe(told)
    expect(
      (await auditActionsOf(storage, user)).filter((action) => action === 'bank_account.updated')
    ).toHaveLength(1)
    expect(await DataService.findBankAccount(user)).toMatchObject({
      ...state,
      balanceAt: expect.stringMatching(/Z$/)
    })
    await DataService.saveBankAccountState(app, id, { ...state, balance: null })
    expect((await DataService.findBankAccount(user))?.balance).toBeNull()
  })

  test("another user's account and an invalid id are not found", async () => {
    const owner = await newUser()
    const { id } = await DataService.saveBankAccount(owner, {
      application: await approved(owner),
      ...pocket(owner)
    })
    for (const wrong of [id, 'none'])
      await expect(
        DataService.saveBankAccountState(await newUser(), wrong, state)
      ).rejects.toMatchObject({ code: 'not_found' })
    expect((await DataService.findBankAccount(owner))?.balance).toEqual(usd(12_345n))
  })
})

test('a pocket is found with its owner', async () => {
  const user = await newUser()
  const { id } = await DataService.saveBankAccount(app, {
    application: await approved(user),
    ...pocket(user)
  })
  const jikoPocketId = `pocket-${user.userId}`
  expect(await DataService.findBankAccountByPocket(jikoPocketId)).toEqual({
    id,
    userId: user.userId,
    jikoPocketId
  })
  expect(await DataService.findBankAccountByPocket('none')).toBeNull()
})
