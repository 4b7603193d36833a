/** The sweep for missed Plaid webhooks, and its counter. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { linkedUser } from '@/tests/support/connections'
import { resetSingletons, withEnvironment } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

const MINUTE = 60_000

let world: World
let logged: () => string
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(() => {
  logged = captureLogs()
})
afterEach(async () => {
  resetSingletons('log')
  await world.control('plaid', '/deliveries/mode', {})
})
afterAll(() => world.close())

/** A user whose bank has new data without a webhook. */
async function unheard(button: string, body: object) {
  const linked = await linkedUser(world)
  await world.control('plaid', '/deliveries/mode', { drop: true })
  await world.control('plaid', `/items/${linked.itemId}/${button}`, body)
  return linked
}

async function sweepAfter(minutes: number) {
  advanceClock(minutes * MINUTE)
  await reconcile()
  await world.settle()
}

const counted = (event: string, connectionId: string) => {
  const lines = logged().split('\n').filter(Boolean)
  const repairs = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line.msg === event)
  return repairs.filter((line) => line.connectionId === connectionId).map(({ count }) => count)
}

test('a bank without webhooks for six hours is synced, and missed changes are counted', async () => {
  const { user, connectionId } = await unheard('transactions', {
    transactions: [{ amount: 12.5, name: 'UNHEARD OF' }]
  })
  const found = async () =>
    (await DataService.listTransactions(user, { limit: 9, q: 'UNHEARD' })).items.length
  await sweepAfter(5 * 60)
  expect([await found(), counted('sync.missed_webhook', connectionId)]).toEqual([0, []])
  await sweepAfter(65)
  expect([await found(), counted('sync.missed_webhook', connectionId)]).toEqual([1, [1]])
  await sweepAfter(7 * 60)
  expect(counted('sync.missed_webhook', connectionId)).toEqual([1])
})

test('where Plaid’s servers cannot send webhooks, fifteen minutes are enough', async () => {
  const { user, connectionId } = await linkedUser(world)
  const trigger = async () => (await DataService.getSyncProgress(user, connectionId)).trigger
  await sweepAfter(16)
  expect(await trigger()).not.toBe('reconcile')
  advanceClock(MINUTE)
  await withEnvironment(
    { APP_URL: 'http://localhost:3000', PLAID_BASE_URL: 'https://sandbox.plaid.com' },
    reconcile
  )
  expect(await trigger()).toBe('reconcile')
})

test('a login repaired without a webhook is detected, once', async () => {
  const { user, connectionId, itemId } = await linkedUser(world)
  await world.control('plaid', `/items/${itemId}/reset-login`, {})
  await world.settle()
  expect(await DataService.getConnection(user, connectionId)).toMatchObject({ status: 'bad' })
  await world.control('plaid', '/deliveries/mode', { drop: true })
  await world.control('plaid', `/items/${itemId}/repair`, {})
  await sweepAfter(7 * 60)
  expect(await DataService.getConnection(user, connectionId)).toMatchObject({ status: 'good' })
  expect(counted('connection.missed_webhook', connectionId)).toEqual([1])
  await sweepAfter(7 * 60)
  expect(counted('connection.missed_webhook', connectionId)).toEqual([1])
})

test('a bank that was down is retried within two minutes, unless Plaid no longer supports it', async () => {
  const { user, connectionId } = await linkedUser(world)
  const is = (errorCode: string) =>
    DataService.saveItemStatus(systemActor('test'), connectionId, {
      status: 'error',
      errorType: 'INSTITUTION_ERROR',
      errorCode
    })
  await is('INSTITUTION_NO_LONGER_SUPPORTED')
  await sweepAfter(2)
  expect(await DataService.getConnection(user, connectionId)).toMatchObject({ status: 'error' })
  await is('INSTITUTION_DOWN')
  await sweepAfter(2)
  expect(await DataService.getConnection(user, connectionId)).toMatchObject({ status: 'good' })
})

test('a clock set back by two days does not stop the sweep', async () => {
  await reconcile()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 48 * 60 * MINUTE })
  try {
    const { user, connectionId } = await unheard('transactions', {
      transactions: [{ amount: 12.5, name: 'AFTER THE CHANGE' }]
    })
    await sweepAfter(7 * 60)
    expect(
      (await DataService.listTransactions(user, { limit: 9, q: 'AFTER THE CHANGE' })).items
    ).toHaveLength(1)
    expect(counted('sync.missed_webhook', connectionId)).toEqual([1])
  } finally {
    vi.useRealTimers()
  }
})
