import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import {
  app,
  auditActionsOf,
  claimRun,
  connect,
  newUser,
  page,
  result,
  transaction,
  userVersionOf
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

type Run = {
  id: string
  status: string
  code: string | null
  attempts: number
  trigger: string
  wait: number
}

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())
beforeEach(async () => {
  await storage.rows('delete from sync_runs')
})

const runsOf = (connectionId: string) =>
  storage.rows<Run>(
    `select id, status, code, attempts, trigger, extract(epoch from run_at - now())::float as wait from sync_runs where connection_id = $1 order by created_at, id`,
    [connectionId]
  )
const idle = async (user?: UserActor) => {
  const owner = user ?? (await newUser())
  const connectionId = await connect(owner)
  await storage.rows('delete from sync_runs where connection_id = $1', [connectionId])
  return { user: owner, connectionId }
}
const failure = {
  service: 'plaid',
  code: 'INTERNAL_SERVER_ERROR',
  retryable: true,
  retryAfterMs: null
}

describe('requestSync', () => {
  test.each([
    { trigger: 'webhook', changes: 0 },
    { trigger: 'person', changes: 1 }
  ])(
    'twenty simultaneous requests ($trigger) create one pending run, one audit row and $changes changes',
    async ({ trigger, changes }) => {
      const { user, connectionId } = await idle()
      const before = await userVersionOf(user)
      const ids = await Promise.all(
        Array.from({ length: 20 }, () => DataService.requestSync(app, connectionId, trigger))
      )
      expect(new Set(ids).size).toBe(1)
      expect(await runsOf(connectionId)).toMatchObject([{ id: ids[0], status: 'pending', trigger }])
      expect(
        (await auditActionsOf(storage, user)).filter((action) => action === 'sync.requested')
      ).toHaveLength(1)
      expect(await userVersionOf(user)).toBe(before + changes)
    }
  )

  test('a request during a running sync creates a second run, which waits for the first', async () => {
    const { connectionId } = await idle()
    const running = await claimRun(storage, connectionId)
    const next = await DataService.requestSync(app, connectionId, 'webhook')
    expect(next).not.toBe(running.id)
    expect(await DataService.claimSyncRun(app, { leaseMs: 60_000 })).toBeNull()
    await DataService.commitSync(running, result())
    expect((await DataService.claimSyncRun(app, { leaseMs: 60_000 }))?.id).toBe(next)
  })

  test('a webhook does not shorten a long pause that was asked for, the user does', async () => {
    const { user, connectionId } = await idle()
    const run = await claimRun(storage, connectionId)
    await DataService.failSync(run, { ...failure, retryAfterMs: 600_000 })
    await DataService.requestSync(app, connectionId, 'webhook')
    expect((await runsOf(connectionId))[0]?.wait).toBeGreaterThan(500)
    expect(await DataService.requestSync(user, connectionId, 'person')).toBe(run.id)
    expect((await runsOf(connectionId))[0]?.wait).toBeLessThanOrEqual(0)
  })

  test("another user's connection and an invalid id are not found and get no run", async () => {
    const { connectionId } = await idle()
    const other = await newUser()
    await expect(DataService.requestSync(other, connectionId, 'person')).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(DataService.requestSync(other, 'none', 'person')).rejects.toMatchObject({
      code: 'not_found'
    })
    expect(await runsOf(connectionId)).toEqual([])
  })
})

describe('claimSyncRun', () => {
  test('eight simultaneous claims return each run once, and one run per connection', async () => {
    const user = await newUser()
    const connections = await Promise.all(['1', '2', '3'].map(() => idle(user)))
    for (const { connectionId } of connections)
      await DataService.requestSync(app, connectionId, 'test')
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => DataService.claimSyncRun(app, { leaseMs: 60_000 }))
    )
    const claimed = claims.flatMap((run) => run ?? [])
    for (
      let run = await DataService.claimSyncRun(app, { leaseMs: 60_000 });
      run;
      run = await DataService.claimSyncRun(app, { leaseMs: 60_000 })
    )
      claimed.push(run)
    expect(claimed.map(({ connectionId }) => connectionId).sort()).toEqual(
      connections.map(({ connectionId }) => connectionId).sort()
    )
    expect(new Set(claimed.map(({ leaseToken }) => leaseToken)).size).toBe(3)
  })

  test('returns what the sync needs, and the user sees the run in progress', async () => {
    const { user, connectionId } = await idle()
    await DataService.requestSync(app, connectionId, 'test')
    const run = await DataService.claimSyncRun(app, { leaseMs: 60_000 })
    expect(run).toMatchObject({ connectionId, userId: user.userId, cursor: null, attempts: 1 })
    expect(await DataService.getSyncProgress(user, connectionId)).toMatchObject({
      status: 'in_progress',
      attempts: 1,
      startedAt: expect.any(String)
    })
  })

  test('a run whose holder is silent is claimed again; a run that stages pages is not', async () => {
    const { connectionId } = await idle()
    const run = await claimRun(storage, connectionId, 6_000)
    advanceClock(5_000)
    await DataService.stagePage(run, 0, page({ added: [transaction('a')] }))
    advanceClock(5_000)
    expect(await DataService.claimSyncRun(app, { leaseMs: 6_000 })).toBeNull()
    advanceClock(7_000)
    const again = await DataService.claimSyncRun(app, { leaseMs: 6_000 })
    expect(again).toMatchObject({ id: run.id, attempts: 2 })
    expect(again?.leaseToken).not.toBe(run.leaseToken)
  })

  test('a renewed lease keeps its run, and the token of a lost run renews nothing', async () => {
    const { connectionId } = await idle()
    const run = await claimRun(storage, connectionId, 6_000)
    advanceClock(5_000)
    await DataService.renewJob(run, { leaseMs: 6_000 })
    advanceClock(5_000)
    expect(await DataService.claimSyncRun(app, { leaseMs: 6_000 })).toBeNull()
    advanceClock(7_000)
    const again = await DataService.claimSyncRun(app, { leaseMs: 6_000 })
    expect(again).toMatchObject({ id: run.id })
    await DataService.renewJob(run, { leaseMs: 600_000 })
    advanceClock(7_000)
    expect(await DataService.claimSyncRun(app, { leaseMs: 6_000 })).toMatchObject({ id: run.id })
  })

  test('an abandoned run ends when a newer one waits, and waits a minute when it is abandoned repeatedly', async () => {
    const { connectionId } = await idle()
    const run = await claimRun(storage, connectionId, 1_000)
    await DataService.requestSync(app, connectionId, 'webhook')
    advanceClock(5_000)
    const next = await DataService.claimSyncRun(app, { leaseMs: 1_000 })
    expect(next?.id).not.toBe(run.id)
    expect((await runsOf(connectionId)).find(({ id }) => id === run.id)).toMatchObject({
      status: 'failed',
      code: 'ABANDONED'
    })
    await storage.rows('update sync_runs set attempts = 8 where id = $1', [next?.id])
    advanceClock(5_000)
    expect(await DataService.claimSyncRun(app, { leaseMs: 1_000 })).toBeNull()
    expect((await runsOf(connectionId)).map(({ status }) => status)).toEqual(['failed', 'pending'])
    advanceClock(60_001)
    expect(await DataService.claimSyncRun(app, { leaseMs: 1_000 })).toMatchObject({
      id: next?.id,
      attempts: 9
    })
  })
})

describe('failSync', () => {
  test('a transient error waits longer each time, at least the vendor’s Retry-After, and its code is kept', async () => {
    const { user, connectionId } = await idle()
    const run = await claimRun(storage, connectionId)
    await DataService.stagePage(run, 0, page({ added: [transaction('a')] }))
    await DataService.failSync(run, { ...failure, retryAfterMs: 90_000 })
    const [row] = await runsOf(connectionId)
    expect(row).toMatchObject({ status: 'pending', code: 'INTERNAL_SERVER_ERROR' })
    expect(row?.wait).toBeGreaterThan(85)
    expect(await DataService.claimSyncRun(app, { leaseMs: 60_000 })).toBeNull()
    expect(await DataService.getSyncProgress(user, connectionId)).toMatchObject({
      status: 'pending',
      service: 'plaid',
      code: 'INTERNAL_SERVER_ERROR'
    })
    expect(await storage.rows('select 1 from sync_pages where run_id = $1', [run.id])).toEqual([])
  })

  test('a permanent error, or an unknown one at the eighth attempt, ends the run with an audit row', async () => {
    const { user, connectionId } = await idle()
    await DataService.failSync(await claimRun(storage, connectionId), {
      ...failure,
      retryable: false
    })
    const last = await claimRun(storage, connectionId)
    await storage.rows('update sync_runs set attempts = 8 where id = $1', [last.id])
    await DataService.failSync(last, { ...failure, retryable: null })
    expect((await runsOf(connectionId)).map(({ status }) => status)).toEqual(['failed', 'failed'])
    expect(
      (await auditActionsOf(storage, user)).filter((action) => action === 'sync.failed')
    ).toHaveLength(2)
  })

  test('the failed run ends when a newer one waits', async () => {
    const { connectionId } = await idle()
    const run = await claimRun(storage, connectionId)
    await DataService.requestSync(app, connectionId, 'webhook')
    await DataService.failSync(run, failure)
    expect((await runsOf(connectionId)).map(({ status }) => status).sort()).toEqual([
      'failed',
      'pending'
    ])
  })

  test('the Item status of the failure is stored with it', async () => {
    const { user, connectionId } = await idle()
    const run = await claimRun(storage, connectionId)
    const item = {
      status: 'bad' as const,
      errorType: 'ITEM_ERROR',
      errorCode: 'ITEM_LOGIN_REQUIRED'
    }
    await DataService.failSync(
      run,
      { service: 'plaid', code: 'ITEM_LOGIN_REQUIRED', retryable: false, retryAfterMs: null },
      item
    )
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      ...item,
      sync: { status: 'failed', code: 'ITEM_LOGIN_REQUIRED' }
    })
    expect(await auditActionsOf(storage, user)).toContain('connection.status_changed')
  })
})

describe('getSyncProgress', () => {
  test('counts rise while pages arrive, and open pages are notified', async () => {
    const { user, connectionId } = await idle()
    const run = await claimRun(storage, connectionId)
    const before = await userVersionOf(user)
    await DataService.stagePage(run, 0, page({ added: [transaction('a'), transaction('b')] }))
    expect(await DataService.getSyncProgress(user, connectionId)).toMatchObject({
      status: 'in_progress',
      added: 2
    })
    expect(await userVersionOf(user)).toBeGreaterThan(before)
  })

  test("another user's sync is not found", async () => {
    const { connectionId } = await idle()
    await DataService.requestSync(app, connectionId, 'test')
    await expect(DataService.getSyncProgress(await newUser(), connectionId)).rejects.toMatchObject({
      code: 'not_found'
    })
  })
})
