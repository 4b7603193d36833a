import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { app } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())
beforeEach(async () => {
  await storage.rows('delete from webhook_deliveries')
})

const request = (plaidItemId: string) => [{ kind: 'request_sync' as const, plaidItemId }]
const effects = request('item')
const delivery = (dedupeKey: string = randomUUID(), item = 'item') => ({
  vendor: 'plaid' as const,
  dedupeKey,
  webhook: {
    type: 'TRANSACTIONS',
    code: 'SYNC_UPDATES_AVAILABLE',
    vendorObjectId: item,
    effects: request(item)
  },
  bodyHash: 'hash'
})
const stored = () =>
  storage.rows<{ status: string; code: string | null; wait: number }>(
    'select *, extract(epoch from run_at - now())::float as wait from webhook_deliveries'
  )
const claim = async () => {
  const claimed = await DataService.claimDelivery(app, { leaseMs: 60_000 })
  if (!claimed) throw new Error('nothing waits')
  return claimed
}

describe('saveDelivery', () => {
  test('ten simultaneous repeats are stored once and all return the same row', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => DataService.saveDelivery(delivery('same')))
    )
    expect(answers.filter((answer) => answer.stored)).toHaveLength(1)
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(await stored()).toMatchObject([
      {
        status: 'pending',
        type: 'TRANSACTIONS',
        event_code: 'SYNC_UPDATES_AVAILABLE',
        vendor_object_id: 'item',
        effects
      }
    ])
  })

  test('the same key from another vendor is another delivery', async () => {
    await DataService.saveDelivery(delivery('same'))
    expect(await DataService.saveDelivery({ ...delivery('same'), vendor: 'jiko' })).toMatchObject({
      stored: true
    })
  })

  test('an unreadable delivery is kept for inspection and never claimed', async () => {
    expect(await DataService.saveDelivery({ ...delivery(), webhook: null })).toMatchObject({
      stored: true
    })
    expect(await stored()).toMatchObject([
      { status: 'failed', code: 'UNREADABLE', readable: false, effects: [] }
    ])
    expect(await DataService.claimDelivery(app, { leaseMs: 1_000 })).toBeNull()
  })
})

describe('claimDelivery', () => {
  test('each waiting delivery goes to one claimer, oldest first', async () => {
    for (let n = 0; n < 5; n++) await DataService.saveDelivery(delivery(`${n}`, `item-${n}`))
    const claim = () => DataService.claimDelivery(app, { leaseMs: 60_000 })
    const oldest = await claim()
    expect(oldest).toMatchObject({ vendor: 'plaid', effects: request('item-0'), attempts: 1 })
    const claimed = (await Promise.all(Array.from({ length: 10 }, claim))).flatMap(
      (one) => one ?? []
    )
    for (let one = await claim(); one; one = await claim()) claimed.push(one)
    expect(claimed).toHaveLength(4)
    expect(new Set([oldest, ...claimed].map((one) => one?.id)).size).toBe(5)
  })

  test('others with the same effects are completed with it; one that arrives later is not', async () => {
    for (const key of ['first', 'same', 'same too']) await DataService.saveDelivery(delivery(key))
    await DataService.saveDelivery(delivery('other', 'other item'))
    await DataService.saveDelivery({ ...delivery('jiko'), vendor: 'jiko' })
    const claimed = await claim()
    await DataService.saveDelivery(delivery('later'))
    const rows = await storage.rows<{ dedupe_key: string; status: string; code: string | null }>(
      'select dedupe_key, status, code from webhook_deliveries order by created_at, dedupe_key'
    )
    const merged = rows.filter(({ code }) => code === 'MERGED').map((row) => row.dedupe_key)
    expect(claimed.attempts).toBe(1)
    expect(merged).toEqual(['same', 'same too'])
    expect(rows.filter(({ status }) => status === 'pending').map((row) => row.dedupe_key)).toEqual(
      expect.arrayContaining(['other', 'jiko', 'later'])
    )
  })

  test('only one vendor’s deliveries are claimed when asked', async () => {
    await DataService.saveDelivery(delivery())
    expect(await DataService.claimDelivery(app, { leaseMs: 60_000, vendor: 'clerk' })).toBeNull()
    expect(
      await DataService.claimDelivery(app, { leaseMs: 60_000, vendor: 'plaid' })
    ).toMatchObject({ vendor: 'plaid' })
  })

  test('a delivery with an expired lease is claimed again, and the old holder can no longer complete it', async () => {
    await DataService.saveDelivery(delivery())
    const silent = await claim()
    advanceClock(120_000)
    const again = await claim()
    expect(again).toMatchObject({ id: silent.id, attempts: 2 })
    await DataService.completeDelivery(silent)
    await DataService.failJob(silent, {
      service: 'plaid',
      code: 'X',
      retryable: false,
      retryAfterMs: null
    })
    expect(await stored()).toMatchObject([{ status: 'in_progress' }])
    await DataService.completeDelivery(again)
    expect(await stored()).toMatchObject([{ status: 'completed', finished_at: expect.any(Date) }])
    expect(await DataService.claimDelivery(app, { leaseMs: 1_000 })).toBeNull()
  })
})

describe('failDelivery', () => {
  test('waits before the next attempt, and fails permanently after ten unretryable attempts', async () => {
    await DataService.saveDelivery(delivery())
    await DataService.failJob(await claim(), {
      service: 'plaid',
      code: 'TIMEOUT',
      retryable: true,
      retryAfterMs: null
    })
    expect(await stored()).toMatchObject([{ status: 'pending', service: 'plaid', code: 'TIMEOUT' }])
    expect(await DataService.claimDelivery(app, { leaseMs: 1_000 })).toBeNull()
    await storage.rows(`update webhook_deliveries set run_at = now(), attempts = 9`)
    await DataService.failJob(await claim(), {
      service: 'plaid',
      code: 'TIMEOUT',
      retryable: true,
      retryAfterMs: null
    })
    expect(await stored()).toMatchObject([{ status: 'pending', attempts: 10 }])
    advanceClock(90_001)
    await DataService.failJob(await claim(), {
      service: 'plaid',
      code: 'INVALID_FIELD',
      retryable: false,
      retryAfterMs: null
    })
    expect(await stored()).toMatchObject([{ status: 'failed', attempts: 11 }])
  })

  test('a repeatedly abandoned delivery waits a minute each time', async () => {
    await DataService.saveDelivery(delivery())
    await storage.rows('update webhook_deliveries set attempts = 9')
    await claim()
    advanceClock(120_000)
    expect(await DataService.claimDelivery(app, { leaseMs: 1_000 })).toBeNull()
    expect(await stored()).toMatchObject([{ status: 'pending', code: 'ABANDONED' }])
    advanceClock(60_001)
    expect(await claim()).toMatchObject({ attempts: 11 })
  })
})
