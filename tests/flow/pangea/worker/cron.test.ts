import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET, POST } from '@/app/api/cron/drain/route'
import { advanceClock } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { DataService, PangeaService } from '@/lib/services'
import { linkBankThroughLink } from '@/tests/support/connections'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const call = async (handler: typeof POST, secret = env().cronSecret) => {
  const request = new Request(`${env().appUrl}/api/cron/drain`, {
    method: handler === GET ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${secret}` }
  })
  const response = await handler(request, { params: Promise.resolve({}) })
  return { status: response.status, body: await response.json() }
}
const count = async (table: string, userId: string) =>
  (
    await world.storage.rows<{ n: number }>(
      `select count(*)::int as n from ${table} where user_id = $1`,
      [userId]
    )
  )[0]?.n

describe('a host with only a timer', () => {
  test('runs in one call what a process runs continuously: the queue, and the sweep with the day’s balances', async () => {
    const user = await world.createUser()
    await linkBankThroughLink(world, user)
    advanceClock(61_000)
    const { status, body } = await call(POST)
    expect({ status, body }).toEqual({ status: 200, body: { done: expect.any(Number) } })
    expect((await DataService.listTransactions(user, { limit: 50 })).items.length).toBeGreaterThan(
      20
    )
    advanceClock(61_000)
    expect((await call(GET)).status).toBe(200)
    expect(await count('balance_snapshots', user.userId)).toBeGreaterThan(0)
  })

  test('checks a bank without webhooks, and syncs it in the same call', async () => {
    const user = await world.createUser()
    const { connectionId } = await linkBankThroughLink(world, user)
    await world.settle()
    const runs = await count('sync_runs', user.userId)
    advanceClock(7 * 3_600_000)
    await call(POST)
    const all = await world.storage.rows<{ status: string }>(
      'select status from sync_runs where connection_id = $1',
      [connectionId]
    )
    expect(all.length).toBe((runs ?? 0) + 1)
    expect(all.every(({ status }) => status === 'completed')).toBe(true)
  })

  test('is refused without the secret', async () => {
    expect((await call(GET, 'guess')).status).toBe(401)
    expect((await call(POST, '')).status).toBe(401)
  })
})

describe('one run', () => {
  test('starts nothing after its time is over, and leaves it for the next', async () => {
    const user = await world.createUser()
    await linkBankThroughLink(world, user)
    expect(await PangeaService.runWorkerFor({ forMs: 0 })).toBe(0)
    expect((await DataService.listTransactions(user, { limit: 1 })).items).toEqual([])
    expect(await PangeaService.runWorkerFor({ forMs: 20_000 })).toBeGreaterThan(0)
    expect((await DataService.listTransactions(user, { limit: 1 })).items.length).toBe(1)
  })

  test('is not delayed by a bank that does not respond', async () => {
    const user = await world.createUser()
    await linkBankThroughLink(world, user)
    await world.control('jiko', '/faults', { kind: 'latency', delay: 6_000, times: 1 })
    advanceClock(61_000)
    const began = Date.now()
    expect(await PangeaService.runWorkerFor({ forMs: 1_000 })).toBeGreaterThan(0)
    expect(Date.now() - began).toBeLessThan(5_000)
  })
})

describe('a web server with WORKER=off', () => {
  const storeDelivery = (dedupeKey: string) =>
    DataService.saveDelivery({
      vendor: 'plaid',
      dedupeKey,
      webhook: { type: 'T', code: 'C', vendorObjectId: null, effects: [] },
      bodyHash: 'hash'
    })
  const statusOf = async (dedupeKey: string) =>
    (
      await world.storage.rows<{ status: string }>(
        'select status from webhook_deliveries where dedupe_key = $1',
        [dedupeKey]
      )
    )[0]?.status

  test('leaves jobs to a worker process, also when a request enqueues one', async () => {
    await storeDelivery('left')
    PangeaService.wakeWorker()
    await PangeaService.stopWorker()
    expect(await statusOf('left')).toBe('pending')
    PangeaService.startWorker()
    PangeaService.wakeWorker()
    await expect.poll(() => statusOf('left')).toBe('completed')
    await PangeaService.stopWorker()
  })
})
