import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { deleteExpiredRows } from '@/lib/services/pangea/worker/clean-up'
import { claimRun, connect, newUser, page, sync, transaction } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const DAY = 86_400_000

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const left = async () =>
  (
    await storage.rows<
      Record<string, number>
    >(`select (select count(*)::int from vendor_events) as events, (select count(*)::int from webhook_deliveries) as deliveries,
      (select count(*)::int from link_sessions) as visits, (select count(*)::int from rate_limits) as limits, (select count(*)::int from sync_runs) as runs,
      (select count(*)::int from sync_pages) as pages, (select count(*)::int from transactions) as transactions`)
  )[0]

test('expired rows are deleted at the age of their table; waiting, newest and user-owned rows stay', async () => {
  const owner = await newUser()
  const connectionId = await connect(owner)
  for (const id of ['t1', 't2'])
    await sync(storage, connectionId, [page({ added: [transaction(id)] })])
  await storage.rows(
    `insert into vendor_events (id, service, method, duration_ms) values ($1, 'plaid', '/item/get', 5)`,
    [randomUUID()]
  )
  const read = { type: 'ITEM', code: 'ERROR', vendorObjectId: null, effects: [] }
  for (const dedupeKey of ['done', 'waiting'])
    await DataService.saveDelivery({ vendor: 'plaid', dedupeKey, webhook: read, bodyHash: 'hash' })
  await storage.rows(`update webhook_deliveries set status = 'completed' where dedupe_key = 'done'`)
  await DataService.startLinkSession(owner, {
    purpose: 'link',
    connectionId: null,
    linkToken: 'link',
    expiresAt: new Date(Date.now() + 1_000).toISOString()
  })
  await DataService.consumeRateLimit(owner, 'test', { limit: 1, windowMs: 1_000 })
  const abandoned = await claimRun(storage, connectionId)
  await DataService.stagePage(abandoned, 0, page({ added: [transaction('t3')] }))
  const all = { events: 1, deliveries: 2, visits: 1, limits: 1, runs: 3, pages: 1, transactions: 2 }

  await deleteExpiredRows()
  expect(await left()).toEqual(all)
  advanceClock(2 * DAY)
  await deleteExpiredRows()
  expect(await left()).toEqual({ ...all, visits: 0, pages: 0 })
  advanceClock(6 * DAY)
  await deleteExpiredRows()
  expect(await left()).toEqual({ ...all, visits: 0, pages: 0, limits: 0 })
  advanceClock(23 * DAY)
  await deleteExpiredRows()
  expect(await left()).toEqual({ ...all, visits: 0, pages: 0, limits: 0, events: 0, deliveries: 1 })
  // A recent failure is kept as long as any other, however old the row is.
  await storage.rows(
    `update webhook_deliveries set status = 'failed', finished_at = now() + interval '31 days'`
  )
  await deleteExpiredRows()
  expect(await left()).toMatchObject({ deliveries: 1 })
  advanceClock(60 * DAY)
  await deleteExpiredRows()
  expect(await left()).toEqual({
    ...all,
    visits: 0,
    pages: 0,
    limits: 0,
    events: 0,
    deliveries: 0,
    runs: 1
  })
})

test('a batch deletes at most its limit and returns the count', async () => {
  await storage.rows(
    `insert into rate_limits (key, window_started_at, taken) select 'old ' || n, now() - interval '1 year', 1 from generate_series(1, 5) n`
  )
  const before = new Date(Date.now() - DAY)
  expect(await DataService.deleteExpired('rate_limits', { before, limit: 3 })).toBe(3)
  expect(await DataService.deleteExpired('rate_limits', { before, limit: 3 })).toBe(2)
})
