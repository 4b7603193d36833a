import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataService, PangeaService } from '@/lib/services'
import { openWorld, type World } from '@/tests/support/world'

const LONG = Boolean(process.env.TEST_LONG)

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

/** The worker as deployed, on this test's storage and emulators. */
function startWorker(): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', 'scripts/worker.ts'],
    { stdio: 'ignore', env: { ...process.env } }
  )
  workers.push(child)
  return child
}

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

test('a worker killed during a sync is replaced by another within a minute of its lease', {
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
  const first = startWorker()
  const [held] = await until('a page is staged and the worker waits', 60, async () => {
    const rows = await world.storage.rows<{ id: string }>(
      `select r.id from sync_runs r where r.connection_id = $1 and r.status = 'in_progress'
         and (select count(*) from sync_pages p where p.run_id = r.id) > 2 and r.added > 0`,
      [connectionId]
    )
    return rows.length > 0 && rows
  })
  expect(held).toBeDefined()
  first.kill('SIGKILL')
  await until('the worker is gone', 10, async () => first.signalCode === 'SIGKILL')
  expect(await DataService.getSyncProgress(user, connectionId)).toMatchObject({
    status: 'in_progress'
  })
  // The long run waits for the real lease; otherwise most of the minute is skipped.
  if (!LONG)
    await world.storage.rows(
      `update sync_runs set lease_until = now() + interval '3 seconds' where connection_id = $1 and status = 'in_progress'`,
      [connectionId]
    )
  startWorker()
  await until(
    'the second worker finishes',
    LONG ? 125 : 60,
    async () => (await DataService.getSyncProgress(user, connectionId)).status === 'completed'
  )
  const { items } = await DataService.listTransactions(user, { limit: 200 })
  expect(items.length).toBeGreaterThan(100)
  const [left] = await world.storage.rows<{ n: number }>(
    'select count(*)::int as n from sync_pages'
  )
  expect(left?.n).toBe(0)
  expect(
    await world.storage.rows('select status, attempts > 1 as again from sync_runs where id = $1', [
      held?.id
    ])
  ).toEqual([{ status: 'completed', again: true }])
})
