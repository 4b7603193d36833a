/** Many webhooks that ask for a sync, completed by one statement. */
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import { foldSyncs } from '@/lib/services/pangea/webhooks/fold-syncs'
import { runNextJob } from '@/lib/services/pangea/worker/worker'
import { resetSingletons } from '@/tests/support/environment'
import { app, auditActionsOf } from '@/tests/support/fixtures/data'
import { newItemIn, saveItemDelivery } from '@/tests/support/fixtures/deliveries'
import { captureLogs } from '@/tests/support/leaks'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { onStatement } from '@/xata/client'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())
beforeEach(async () => {
  await storage.rows('delete from webhook_deliveries')
  resetSingletons('deliveries.fold', 'deliveries.claims')
})

const newItem = () => newItemIn(storage)

const statuses = async () =>
  (
    await storage.rows<{ status: string; code: string | null; n: number }>(
      'select status, code, count(*)::int as n from webhook_deliveries group by 1, 2 order by 1, 2'
    )
  ).map(({ status, code, n }) => `${n} ${status}${code ? ` ${code}` : ''}`)

const waitingSyncs = async (connectionIds: string[]) =>
  (
    await storage.rows<{ id: string; status: string }>(
      `select connection_id as id, status from sync_runs where connection_id = any ($1) order by 1`,
      [connectionIds]
    )
  ).map(({ id, status }) => `${id} ${status}`)

const pendingOf = (connectionIds: string[]) => connectionIds.toSorted().map((id) => `${id} pending`)

test('sixty webhooks of three Items are three syncs and three audit entries, in one statement', async () => {
  const items = await Promise.all([newItem(), newItem(), newItem()])
  await Promise.all(
    Array.from({ length: 60 }, (_, n) => saveItemDelivery(items[n % 3]?.plaidItemId ?? ''))
  )
  const sent: string[] = []
  const stop = onStatement((sql) => sent.push(sql))
  expect(await foldSyncs(app)).toBe(true)
  stop()
  expect(sent).toHaveLength(1)
  expect(await statuses()).toEqual(['57 completed MERGED', '3 completed'])
  const ids = items.map(({ connectionId }) => connectionId)
  expect(await waitingSyncs(ids)).toEqual(pendingOf(ids))
  for (const { user } of items) {
    const actions = await auditActionsOf(storage, user)
    expect(actions.filter((action) => action === 'sync.requested')).toHaveLength(1)
  }
})

test('from storing them to their completion, folded webhooks cost at most two statements each', async () => {
  const { plaidItemId } = await newItem()
  let sent = 0
  const stop = onStatement(() => sent++)
  for (let n = 0; n < 10; n++) await saveItemDelivery(plaidItemId)
  await runNextJob(['delivery'])
  stop()
  expect(await statuses()).toEqual(['9 completed MERGED', '1 completed'])
  expect(sent).toBeLessThanOrEqual(20)
})

test('a sync that waits already is reused, and a running one gets one successor', async () => {
  const { plaidItemId, connectionId } = await newItem()
  await saveItemDelivery(plaidItemId)
  await foldSyncs(app)
  await saveItemDelivery(plaidItemId)
  await foldSyncs(app)
  expect(await waitingSyncs([connectionId])).toEqual([`${connectionId} pending`])
  await storage.rows(`update sync_runs set status = 'in_progress' where connection_id = $1`, [
    connectionId
  ])
  for (let n = 0; n < 3; n++) await saveItemDelivery(plaidItemId)
  await foldSyncs(app)
  expect((await waitingSyncs([connectionId])).toSorted()).toEqual([
    `${connectionId} in_progress`,
    `${connectionId} pending`
  ])
})

test('an unknown Item is reported, one that is removed is not, and neither is synced', async () => {
  const logged = captureLogs()
  const { plaidItemId, connectionId } = await newItem()
  await storage.rows('update bank_connections set removed_at = now() where id = $1', [connectionId])
  await saveItemDelivery(plaidItemId)
  await saveItemDelivery('item-unknown')
  await saveItemDelivery('item-ignored', { effect: { kind: 'ignore', reason: 'a test' } })
  await foldSyncs(app)
  resetSingletons('log')
  expect(await statuses()).toEqual(['3 completed'])
  expect(await waitingSyncs([connectionId])).toEqual([])
  expect(logged()).toMatch(/"itemId":"item-unknown".*"msg":"connection.unknown_item"/)
  expect(logged()).not.toMatch(/item-ignored|"itemId":"item-[0-9a-f]/)
})

test('effects that ask a vendor, deliveries of other vendors and second attempts are left alone', async () => {
  const { plaidItemId } = await newItem()
  await saveItemDelivery(plaidItemId, { effect: { kind: 'offer_accounts', plaidItemId } })
  const { id } = await saveItemDelivery(plaidItemId)
  await storage.rows('update webhook_deliveries set attempts = 1 where id = $1', [id])
  await DataService.saveDelivery({
    vendor: 'jiko',
    dedupeKey: 'other',
    webhook: {
      type: 'T',
      code: 'C',
      vendorObjectId: null,
      effects: [{ kind: 'ignore', reason: 'x' }]
    },
    bodyHash: 'hash'
  })
  expect(await foldSyncs(app)).toBe(false)
  expect(await statuses()).toEqual(['3 pending'])
})

describe('when the storage refuses one of them', () => {
  const refuse = (connectionId: string) =>
    storage.rows(`create function refuse_one() returns trigger language plpgsql as $$
      begin
        if new.connection_id = '${connectionId}' then raise exception 'refused' using errcode = '22000'; end if;
        return new;
      end $$;
      create trigger refuse_one before insert on sync_runs for each row execute function refuse_one()`)
  const accept = () =>
    storage.rows('drop trigger refuse_one on sync_runs; drop function refuse_one()')

  test('it alone fails and waits, and the others are completed', async () => {
    captureLogs()
    const [bad, ...good] = await Promise.all([newItem(), newItem(), newItem(), newItem()])
    for (const { plaidItemId } of [...good, bad, ...good]) await saveItemDelivery(plaidItemId)
    await refuse(bad.connectionId)
    while (await runNextJob(['delivery']));
    await accept()
    resetSingletons('log')
    expect(await statuses()).toEqual(['3 completed MERGED', '3 completed', '1 pending 22000'])
    const ids = good.map(({ connectionId }) => connectionId)
    expect(await waitingSyncs(ids)).toEqual(pendingOf(ids))
    expect(await waitingSyncs([bad.connectionId])).toEqual([])
    await storage.rows('update webhook_deliveries set run_at = now()')
    while (await runNextJob(['delivery']));
    expect(await waitingSyncs([bad.connectionId])).toEqual(pendingOf([bad.connectionId]))
  })

  test('the others still share their statements', async () => {
    captureLogs()
    const items = await Promise.all(Array.from({ length: 40 }, newItem))
    for (const { plaidItemId } of items) await saveItemDelivery(plaidItemId)
    await refuse(items.at(-1)?.connectionId ?? '')
    let sent = 0
    const stop = onStatement(() => sent++)
    while (await runNextJob(['delivery']));
    stop()
    await accept()
    resetSingletons('log')
    expect(await statuses()).toEqual(['39 completed', '1 pending 22000'])
    expect(sent).toBeLessThan(120)
  })
})

// PGlite has one session, and the gateway none.
test.runIf(process.env.TEST_STORAGE === 'postgres')(
  'a connection killed in the middle of the statement leaves all of them waiting, and the next one completes them',
  async () => {
    const items = await Promise.all([newItem(), newItem()])
    for (const { plaidItemId } of [...items, ...items]) await saveItemDelivery(plaidItemId)
    const other = new pg.Client({ connectionString: storage.databaseUrl })
    await other.connect()
    // Holds what the statement writes last of all, so that it stops halfway.
    await other.query('begin')
    await other.query('select from users where id = $1 for update', [items[0]?.user.userId])
    const cut = foldSyncs(app).catch((thrown: unknown) => thrown)
    const halfway = () =>
      storage.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%webhook_deliveries%'`
      )
    await expect.poll(async () => (await halfway()).length, { timeout: 20_000 }).toBe(1)
    expect(await cut).toMatchObject({ retryable: true })
    await other.query('rollback')
    await other.end()
    const ids = items.map(({ connectionId }) => connectionId)
    expect(await statuses()).toEqual(['4 pending'])
    expect(await waitingSyncs(ids)).toEqual([])
    expect(await foldSyncs(app)).toBe(true)
    expect(await statuses()).toEqual(['2 completed MERGED', '2 completed'])
    expect(await waitingSyncs(ids)).toEqual(pendingOf(ids))
  }
)
