import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataService, PangeaService } from '@/lib/services'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'
import { saveItemDelivery } from '@/tests/support/fixtures/deliveries'
import { openWorld, type World } from '@/tests/support/world'

let world: World
let workers: ChildProcess[] = []
beforeEach(async () => {
  world = await openWorld()
})
afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  workers = []
  await world.close()
})

/** The worker as deployed, on this test's storage and emulators. Returns once it works. */
async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...SOURCE_ARGS, 'scripts/worker.ts'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env }
  })
  workers.push(child)
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => text.includes('working') && resolve())
    child.once('exit', () => reject(new Error('the worker ended')))
  })
  return child
}

/** Jobs that wait or run, except those that repeat for as long as the app runs. */
const openJobs = () =>
  world.storage.rows(
    `select 'sync' as kind, status from sync_runs where status in ('pending', 'in_progress')
     union all select 'delivery', status from webhook_deliveries where status in ('pending', 'in_progress')`
  )

async function until<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | null | undefined | false>
): Promise<T> {
  for (
    const deadline = Date.now() + seconds * 1_000;
    Date.now() < deadline;
    await new Promise((done) => setTimeout(done, 100))
  ) {
    const found = await look()
    if (found) return found
  }
  throw new Error(`${what}: not within ${seconds} s`)
}

test('after a worker is killed during a sync, nothing waits any more within 15 seconds', {
  timeout: 240_000
}, async () => {
  // A webhook would queue another sync, and that one would replace the interrupted one.
  await world.control('plaid', '/deliveries/mode', { drop: true })
  const user = await world.createUser()
  const token = await world.publicToken()
  const { connectionId } = await PangeaService.linkBank(user, {
    publicToken: token,
    linkSessionId: null,
    institutionId: 'ins_109508',
    accounts: []
  })
  await world.control('plaid', '/page-size', { size: 40 })
  // The first pages arrive, then Plaid hangs.
  await world.control('plaid', '/faults', {
    path: '/accounts/get',
    kind: 'timeout',
    times: 1,
    delay: 120_000
  })
  const first = await startWorker()
  const [held] = await until('a page is staged and the worker waits', 60, async () => {
    const rows = await world.storage.rows<{ id: string }>(
      `select r.id from sync_runs r where r.connection_id = $1 and r.status = 'in_progress'
         and (select count(*) from sync_pages p where p.run_id = r.id) > 2 and r.added > 0`,
      [connectionId]
    )
    return rows.length > 0 && rows
  })
  expect(held).toBeDefined()
  await startWorker()
  // Webhooks that arrive meanwhile ask for another sync of the same Item.
  const [{ itemId } = { itemId: '' }] = await world.storage.rows<{ itemId: string }>(
    'select plaid_item_id as "itemId" from bank_connections where id = $1',
    [connectionId]
  )
  for (let n = 0; n < 40; n++) await saveItemDelivery(itemId, { dedupeKey: `${n}` })
  first.kill('SIGKILL')
  const killedAt = Date.now()
  await until('the worker is gone', 10, async () => first.signalCode === 'SIGKILL')
  expect(await DataService.getSyncProgress(user, connectionId)).not.toMatchObject({
    status: 'completed'
  })
  await until('nothing waits', 15, async () => (await openJobs()).length === 0)
  expect(Date.now() - killedAt).toBeLessThan(15_000)
  expect((await DataService.getSyncProgress(user, connectionId)).status).toBe('completed')
  const { items } = await DataService.listTransactions(user, { limit: 200 })
  expect(items.length).toBeGreaterThan(100)
  const [left] = await world.storage.rows<{ n: number }>(
    'select count(*)::int as n from sync_pages'
  )
  expect(left?.n).toBe(0)
  // The interrupted run, or the one that the webhooks asked for in its place.
  expect(
    await world.storage.rows(
      'select attempts > 1 or code is not null as again from sync_runs where id = $1',
      [held?.id]
    )
  ).toEqual([{ again: true }])
})
