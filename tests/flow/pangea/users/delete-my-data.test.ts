import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { BankingService, DataService, PangeaService } from '@/lib/services'
import { itemOf, linkBankThroughLink, linkedUser } from '@/tests/support/connections'
import { fundedUser, makeTransfer, prepareTransfer } from '@/tests/support/funding'
import { columnsContaining } from '@/tests/support/leaks'
import { deletionHelpers } from '@/tests/support/steps/deletions'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await PangeaService.updateWebhookUrls()
})
afterAll(() => world.close())
afterEach(async () => {
  for (const vendor of [world.clerk, world.plaid, world.jiko])
    await fetch(`${vendor.url}/_sandbox/faults`, { method: 'DELETE' })
})

const app = systemActor('test')
const DAY = 24 * 3_600_000
const pass = async (days: number) => {
  await world.control('jiko', '/clock', { advance: days * DAY })
  await world.control('jiko', '/ledger')
  await world.settle()
}

const { isAtClerk, progress, settled } = deletionHelpers(() => world)

const portalsOf = async (pocket: string): Promise<string[]> =>
  (await BankingService.listPortals(pocket)).map(({ status }) => status)

describe('deleting all data', () => {
  test('completes at Plaid, at Jiko, here and at Clerk, and leaves no trace of the user', async () => {
    const { user, itemId, pocket, customer } = await settled()
    const left = await linkBankThroughLink(world, user, { institutionId: 'ins_109511' })
    const { user: other, ...theirs } = await linkedUser(world)
    await PangeaService.disconnectBank(user, left.connectionId, { history: 'keep' })
    const { id } = await PangeaService.deleteMyData(user)
    expect(await progress(id)).toMatchObject({
      status: 'pending',
      doneAt: { items: null, bank: null, rows: null, sign_in: null }
    })
    await world.settle()

    expect(await progress(id)).toMatchObject({
      status: 'completed',
      code: null,
      finishedAt: expect.any(String)
    })
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(await portalsOf(pocket)).toEqual(['CLOSED'])
    expect(await isAtClerk(user)).toBe(false)
    expect(
      await columnsContaining(world.storage, [user.userId, itemId, left.itemId, pocket, customer])
    ).toEqual([])
    const kept = await world.storage.rows<{ action: string }>(
      'select action from audit_entries join audit_details on audit_id = id where user_id = $1 order by created_at',
      [`erased:${id}`]
    )
    expect(kept.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['connection.stored', 'deletion.requested', 'deletion.completed'])
    )

    expect(await itemOf(world, theirs.itemId)).toMatchObject({ removed: false })
    expect(await isAtClerk(other)).toBe(true)
    expect(await DataService.listConnections(other)).toHaveLength(1)
    expect((await columnsContaining(world.storage, [other.userId])).length).toBeGreaterThan(5)
  })

  test('is one request however often it is made, and other users cannot make it', async () => {
    const user = await world.createUser()
    const ids = await Promise.all([1, 2, 3].map(() => PangeaService.deleteMyData(user)))
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
    expect(await DataService.findDeletion(await world.createUser())).toBeNull()
    await expect(progress('no such id')).rejects.toMatchObject({ code: 'not_found' })
    await world.settle()
    expect(await progress(ids[0]?.id ?? '')).toMatchObject({ status: 'completed' })
  })

  test('does not start while there is money in the account, or when Jiko does not respond', async () => {
    const { user, pocket, itemId } = await settled()
    await world.control('jiko', `/pockets/${pocket}/fund`, { cents: 1_234 })
    await expect(PangeaService.deleteMyData(user)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('$12.34')
    })
    await world.settle()
    await world.control('jiko', '/faults', { path: '/api/v2/customers', kind: '404' })
    await expect(PangeaService.deleteMyData(user)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('$12.34')
    })
    expect(await DataService.findDeletion(user)).toBeNull()
    expect(await itemOf(world, itemId)).toMatchObject({ removed: false })
  })

  test('with an overdrawn account explains that and accepts the missing amount', async () => {
    const user = await fundedUser(world)
    await makeTransfer(user, 'in', 20_010n)
    await pass(7)
    await makeTransfer(user, 'out', 20_000n)
    await pass(14)
    await expect(PangeaService.deleteMyData(user.user)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('$200.00 below zero')
    })
    const id = await DataService.requestDeletion(app, {
      userId: user.user.userId,
      origin: 'clerk'
    })
    await world.settle()
    expect(await progress(id)).toMatchObject({ status: 'pending', code: 'POCKET_OVERDRAWN' })
    await expect(prepareTransfer(user, 'in', 20_001n)).rejects.toMatchObject({
      fields: { amount: 'Enter $200.00 or less' }
    })
    expect(await makeTransfer(user, 'in', 20_000n)).toMatchObject({ state: 'submitted' })
    await expect(makeTransfer(user, 'in', 20_000n)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('keeps possible returns visible: Jiko’s events about an account without an owner are kept for admins', async () => {
    const user = await fundedUser(world)
    const { id: deposit } = await makeTransfer(user, 'in', 20_010n)
    await pass(5)
    expect(await DataService.getTransfer(user.user, deposit)).toMatchObject({ state: 'settled' })
    await world.control('jiko', `/pockets/${user.account.jikoPocketId}/empty`, {})
    const { id } = await PangeaService.deleteMyData(user.user)
    await world.settle()
    expect(await progress(id)).toMatchObject({ status: 'completed' })
    await pass(14)
    const told = () =>
      world.storage.rows(
        "select status, code from webhook_deliveries where vendor_object_id = $1 and code is not null and status <> 'completed'",
        [user.account.jikoPocketId]
      )
    expect(await told()).toEqual([{ status: 'pending', code: 'NO_OWNER' }])
    await world.control('jiko', `/pockets/${user.account.jikoPocketId}/fund`, { cents: 20_010 })
    advanceClock(600_000)
    await world.settle()
    expect(await told(), 'once the account is even').toEqual([])
    expect(await columnsContaining(world.storage, [user.user.userId])).toEqual([])
  })

  test('is followed by checks of the account while a deposit can be returned, where Jiko has no event for that', async () => {
    const user = await fundedUser(world)
    await makeTransfer(user, 'in', 20_010n)
    await pass(5)
    await world.control('jiko', `/pockets/${user.account.jikoPocketId}/empty`, {})
    await world.control('jiko', '/switches', { pullEvents: 'none' })
    const { id } = await PangeaService.deleteMyData(user.user)
    await world.settle()
    expect(await progress(id)).toMatchObject({ status: 'completed' })
    const checks = () =>
      world.storage.rows(
        `select status, code from webhook_deliveries where dedupe_key like $1 order by run_at`,
        [`${id}:%`]
      )
    const waiting = { status: 'pending', code: null }
    const due = () =>
      world.storage.rows(`update webhook_deliveries set run_at = now() where dedupe_key = $1`, [
        `${id}:14`
      ])
    expect(await checks()).toEqual([waiting, waiting, waiting, waiting])
    await pass(14)
    expect(await checks()).toEqual([waiting, waiting, waiting, waiting])
    await due()
    await world.settle()
    expect((await checks())[0]).toEqual({ status: 'pending', code: 'NO_OWNER' })
    await world.control('jiko', `/pockets/${user.account.jikoPocketId}/fund`, { cents: 20_010 })
    await due()
    await world.settle()
    expect(await checks()).toContainEqual({ status: 'completed', code: null })
    await world.control('jiko', '/switches', { pullEvents: 'in' })
    expect(await columnsContaining(world.storage, [user.user.userId])).toEqual([])
  })

  test('money that arrives after it started delays it, is explained, and it continues once the money is gone', async () => {
    const { user, pocket } = await settled()
    const { id } = await PangeaService.deleteMyData(user)
    await world.control('jiko', `/pockets/${pocket}/fund`, { cents: 500 })
    await world.settle()
    expect(await progress(id)).toMatchObject({
      status: 'pending',
      service: 'jiko',
      code: 'POCKET_NOT_EMPTY',
      doneAt: { items: expect.any(String), bank: null, rows: null }
    })
    expect(await portalsOf(pocket)).toEqual(['OPEN'])
    expect(await DataService.findBankAccount(user)).toMatchObject({ jikoPocketId: pocket })
    await world.control('jiko', `/pockets/${pocket}/empty`, {})
    advanceClock(600_000)
    await world.settle()
    expect(await progress(id)).toMatchObject({ status: 'completed' })
  })
})
