/** Recurring payments that only Plaid finds, from Plaid to "Coming up". */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { plaid } from '@/pangea.config'
import { controlItem, linkedUser } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => {
  plaid.recurringPayments = false
  return world.close()
})
beforeEach(() => {
  plaid.recurringPayments = true
})

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const today = () => dayAgo(0)
/** Every month, at prices that our own detection does not take for one bill. */
const LESSONS = [130, 100, 70, 40, 10].map((days, n) => ({
  date_transacted: dayAgo(days),
  date_posted: dayAgo(days),
  amount: [12, 95, 20, 140, 33][n] ?? 0,
  description: 'Piano School'
}))
const LOGIN = {
  username: 'user_custom',
  password: JSON.stringify({
    override_accounts: [
      { type: 'depository', subtype: 'checking', starting_balance: 500, transactions: LESSONS }
    ]
  })
}

const lessons = async (user: UserActor) =>
  (await DataService.listTransactions(user, { q: 'Piano', limit: 20 })).items
/** A custom login names no category, so the user does. */
async function withCategory(user: UserActor, category = 'ENTERTAINMENT') {
  for (const { id } of await lessons(user))
    await PangeaService.editTransaction(user, id, { category })
}
const comingUp = (user: UserActor) => DataService.listRecurring(user, today())
const wasAsked = (connectionId: string) =>
  world.storage.rows(
    `select 1 from vendor_events where connection_id = $1 and method = '/transactions/recurring/get'`,
    [connectionId]
  )

test('a payment that only Plaid finds is listed with the name and category that the user gave it', async () => {
  const { user } = await linkedUser(world, LOGIN)
  expect(await comingUp(user)).toEqual([])
  await withCategory(user)
  expect(await comingUp(user)).toEqual([
    {
      merchant: 'piano school',
      words: 'piano school',
      name: 'Piano School',
      currency: 'USD',
      category: 'ENTERTAINMENT',
      cadence: 'monthly',
      minor: -3_300n,
      fixed: false,
      lastOn: dayAgo(10),
      nextOn: dayAgo(-20)
    }
  ])
  for (const { id } of await lessons(user))
    await PangeaService.editTransaction(user, id, { merchant: 'Grand Piano' })
  expect(await comingUp(user)).toMatchObject([{ name: 'Grand Piano' }])
})

test('a payment that the user counts as a transfer is not listed', async () => {
  const { user } = await linkedUser(world, LOGIN)
  await withCategory(user, 'TRANSFER_OUT')
  expect(await comingUp(user)).toEqual([])
})

test('it is not read unless the deployment asks for it, and ends when it no longer does', async () => {
  const { user, connectionId } = await linkedUser(world, LOGIN)
  await withCategory(user)
  expect(await comingUp(user)).toHaveLength(1)
  plaid.recurringPayments = false
  const before = (await wasAsked(connectionId)).length
  await DataService.requestSync(user, connectionId, 'test')
  await world.settle()
  expect(await wasAsked(connectionId)).toHaveLength(before)
  expect(await comingUp(user)).toEqual([])
})

test('a RECURRING_TRANSACTIONS_UPDATE webhook reads it again', async () => {
  const { connectionId, itemId } = await linkedUser(world, LOGIN)
  const before = (await wasAsked(connectionId)).length
  await controlItem(world, itemId, 'fire/RECURRING_TRANSACTIONS_UPDATE')
  expect((await wasAsked(connectionId)).length).toBeGreaterThan(before)
})

test.each(['INSTITUTION_DOWN', 'PRODUCT_NOT_READY', 'PRODUCT_NOT_ENABLED'])(
  'a refusal with %s leaves the sync complete and the known payments in place',
  async (code) => {
    const { user, connectionId } = await linkedUser(world, LOGIN)
    await withCategory(user)
    const logged = captureLogs()
    try {
      const path = '/transactions/recurring/get'
      await world.control('plaid', '/faults', { path, kind: '400', code })
      await DataService.requestSync(user, connectionId, 'test')
      await world.settle()
    } finally {
      world.plaid.faults.clear()
      resetSingletons('log')
    }
    expect(logged()).toContain(code)
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      missingProducts: [],
      sync: { status: 'completed', code: null }
    })
    expect(await comingUp(user)).toHaveLength(1)
  }
)

test('it ends with the access to the bank, while the history stays', async () => {
  const { user, connectionId } = await linkedUser(world, LOGIN)
  await withCategory(user)
  await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })
  await world.settle()
  expect(await lessons(user)).toHaveLength(LESSONS.length)
  expect(await comingUp(user)).toEqual([])
})
