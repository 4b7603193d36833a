import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { controlItem, linkedUser } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

const HOUR = 3_600_000

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function linked() {
  const { user, connectionId } = await linkedUser(world)
  return { user, connectionId, progress: () => DataService.getSyncProgress(user, connectionId) }
}

const bankIsDown = () =>
  world.control('plaid', '/faults', {
    path: '/transactions/sync',
    kind: '400',
    code: 'INSTITUTION_DOWN'
  })
const bankIsBack = () => world.plaid.faults.clear()

describe('a failed sync', () => {
  test('is retried automatically, and succeeds when the bank is back', async () => {
    const { user, connectionId, progress } = await linked()
    await bankIsDown()
    await PangeaService.requestSync(user, connectionId)
    await PangeaService.runDueJobs()
    expect(await progress()).toMatchObject({
      status: 'pending',
      code: 'INSTITUTION_DOWN',
      attempts: 1
    })
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({ status: 'error' })
    bankIsBack()
    advanceClock(HOUR + 1_000)
    await PangeaService.runDueJobs()
    expect(await progress()).toMatchObject({ status: 'completed', attempts: 2, code: null })
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({ status: 'good' })
  })

  test('after a rate limit, a webhook ends the pause of a minute, but not within ten seconds', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    const progress = () => DataService.getSyncProgress(user, connectionId)
    await world.control('plaid', '/faults', {
      path: '/transactions/sync',
      kind: '400',
      code: 'TRANSACTIONS_SYNC_LIMIT'
    })
    await PangeaService.requestSync(user, connectionId)
    await PangeaService.runDueJobs()
    expect(await progress()).toMatchObject({ status: 'pending', code: 'TRANSACTIONS_SYNC_LIMIT' })
    bankIsBack()
    await controlItem(world, itemId, 'fire/SYNC_UPDATES_AVAILABLE')
    await PangeaService.runDueJobs()
    expect(await progress()).toMatchObject({ status: 'pending', attempts: 1 })
    advanceClock(11_000)
    await PangeaService.runDueJobs()
    expect(await progress()).toMatchObject({ status: 'completed', attempts: 2 })
  })

  test('fails on a permanent error without a retry; the button and the sweep each start a new one', async () => {
    const { user, connectionId, progress } = await linked()
    await world.control('plaid', '/faults', {
      path: '/transactions/sync',
      kind: '400',
      code: 'INVALID_FIELD'
    })
    for (const begin of [
      () => PangeaService.requestSync(user, connectionId),
      async () => reconcile()
    ]) {
      advanceClock(7 * HOUR)
      await begin()
      await PangeaService.runDueJobs()
      expect(await progress()).toMatchObject({
        status: 'failed',
        code: 'INVALID_FIELD',
        attempts: 1
      })
    }
    bankIsBack()
    await PangeaService.requestSync(user, connectionId)
    await PangeaService.runDueJobs()
    expect(await progress()).toMatchObject({ status: 'completed' })
  })

  test('is logged, and so is a successful one', async () => {
    const { user, connectionId } = await linked()
    const logged = captureLogs()
    await bankIsDown()
    await PangeaService.requestSync(user, connectionId)
    await PangeaService.runDueJobs()
    bankIsBack()
    advanceClock(HOUR)
    await PangeaService.runDueJobs()
    resetSingletons('log')
    const lines = logged()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const about = { connectionId, userId: user.userId, runId: expect.any(String) }
    expect(
      lines.filter(
        ({ msg, connectionId: id }) => String(msg).startsWith('sync.') && id === connectionId
      )
    ).toMatchObject([
      { ...about, msg: 'sync.failed', service: 'plaid', code: 'INSTITUTION_DOWN' },
      { ...about, msg: 'sync.committed', count: 0 }
    ])
  })
})
