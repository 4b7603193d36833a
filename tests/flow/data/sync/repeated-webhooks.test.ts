/** Webhooks of one Item that bring nothing new: how often it is synced. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { advanceClock, now } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { app, page, result, transaction } from '@/tests/support/fixtures/data'
import { newItemIn, saveItemDelivery } from '@/tests/support/fixtures/deliveries'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())
beforeEach(async () => {
  await storage.rows('delete from webhook_deliveries')
  await storage.rows('delete from sync_runs')
})

type Item = Awaited<ReturnType<typeof newItem>>
type Announce = (item: Item) => Promise<unknown>

const newItem = () => newItemIn(storage)

const folded: Announce = async ({ plaidItemId }) => {
  await saveItemDelivery(plaidItemId)
  await DataService.foldSyncRequests(app, { limit: 100 })
}
const alone: Announce = ({ connectionId }) => DataService.requestSync(app, connectionId, 'webhook')

const claim = () => DataService.claimSyncRun(app, { leaseMs: 60_000 })

async function claimNow(): Promise<DataService.SyncRun> {
  const run = await claim()
  if (!run) throw new Error('no sync is due')
  return run
}

/** Seconds from the end of the last sync until the waiting one is due. */
const pauseOf = async ({ connectionId }: Item) => {
  const [found] = await storage.rows<{ pause: number }>(
    `select extract(epoch from max(run_at) filter (where status = 'pending') - max(finished_at))::float8 as pause
     from sync_runs where connection_id = $1`,
    [connectionId]
  )
  return found?.pause
}

/** A webhook and its sync. @returns that sync. */
async function syncAfter(announce: Announce, item: Item, found: string[] = []) {
  await announce(item)
  const run = await claimNow()
  if (found.length)
    await DataService.stagePage(run, 0, page({ added: found.map((id) => transaction(id)) }))
  await DataService.commitSync(run, result())
  return run
}

describe.each([
  { name: 'folded with others', announce: folded },
  { name: 'worked off alone', announce: alone }
])('webhooks without news, $name', ({ announce }) => {
  test('three are synced at once, the next eight seconds after the last', async () => {
    const item = await newItem()
    for (let n = 0; n < 3; n++) await syncAfter(announce, item)
    await announce(item)
    expect(await pauseOf(item)).toBeCloseTo(8)
    advanceClock(8_000)
    expect(await claim()).toMatchObject({ connectionId: item.connectionId, trigger: 'webhook' })
  })

  test('in a flood, one sync in eight seconds', async () => {
    const item = await newItem()
    let syncs = 0
    const begun = now().getTime()
    for (let second = 0; second < 60; second++) {
      advanceClock(1_000)
      await announce(item)
      const run = await claim()
      if (!run) continue
      syncs++
      await announce(item)
      await DataService.commitSync(run, result())
    }
    const seconds = (now().getTime() - begun) / 1_000
    expect(syncs).toBeGreaterThanOrEqual(7)
    expect(syncs).toBeLessThanOrEqual(4 + seconds / 8)
  })

  test('one that arrives during the third sync waits too', async () => {
    const item = await newItem()
    for (let n = 0; n < 2; n++) await syncAfter(announce, item)
    await announce(item)
    const third = await claimNow()
    await announce(item)
    await DataService.commitSync(third, result())
    expect(await pauseOf(item)).toBeCloseTo(8)
  })

  test('a sync with news is not counted', async () => {
    const item = await newItem()
    for (let n = 0; n < 2; n++) await syncAfter(announce, item)
    for (let n = 0; n < 3; n++) await syncAfter(announce, item, [randomUUID()])
    await announce(item)
    expect(await claim()).not.toBeNull()
  })

  test('after thirty quiet seconds, the next is synced at once', async () => {
    const item = await newItem()
    for (let n = 0; n < 3; n++) await syncAfter(announce, item)
    advanceClock(31_000)
    await announce(item)
    expect(await claim()).not.toBeNull()
  })

  test('neither another Item nor the user waits', async () => {
    const item = await newItem()
    for (let n = 0; n < 3; n++) await syncAfter(announce, item)
    const other = await newItem()
    expect(await syncAfter(announce, other)).toMatchObject({ connectionId: other.connectionId })
    await announce(item)
    await DataService.requestSync(item.user, item.connectionId, 'person')
    expect(await claim()).toMatchObject({ connectionId: item.connectionId, trigger: 'person' })
  })
})
