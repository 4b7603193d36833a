import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/reconcile'
import { linkedPerson } from '@/tests/support/connections'
import { openWorld, type World } from '@/tests/support/world'

const HOUR = 3_600_000
const ATTEMPTS = 8

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function linked() {
  const { person, connectionId } = await linkedPerson(world)
  return { person, connectionId, progress: () => DataService.getSyncProgress(person, connectionId) }
}

const bankIsDown = () => world.control('plaid', '/faults', { path: '/transactions/sync', kind: '400', code: 'INSTITUTION_DOWN' })
const bankIsBack = () => world.plaid.faults.clear()

describe('a sync that failed', () => {
  test('waits by itself for the next attempt, and succeeds when the bank is back', async () => {
    const { person, connectionId, progress } = await linked()
    await bankIsDown()
    await PangeaService.requestSync(person, connectionId)
    await PangeaService.drain()
    expect(await progress()).toMatchObject({ status: 'pending', code: 'INSTITUTION_DOWN', attempts: 1 })
    expect(await DataService.getConnection(person, connectionId)).toMatchObject({ status: 'error' })
    bankIsBack()
    advanceClock(HOUR + 1_000)
    await PangeaService.drain()
    expect(await progress()).toMatchObject({ status: 'completed', attempts: 2, code: null })
    expect(await DataService.getConnection(person, connectionId)).toMatchObject({ status: 'good' })
  })

  test('ends as failed when its attempts are used up; the button and the sweep each begin a new one', async () => {
    const { person, connectionId, progress } = await linked()
    await bankIsDown()
    for (const begin of [() => PangeaService.requestSync(person, connectionId), async () => reconcile()]) {
      advanceClock(7 * HOUR)
      await begin()
      for (let n = 0; n < ATTEMPTS; n++) {
        await PangeaService.drain()
        if (n < ATTEMPTS - 1) expect(await progress()).toMatchObject({ status: 'pending', attempts: n + 1 })
        advanceClock(HOUR + 1_000)
      }
      expect(await progress()).toMatchObject({ status: 'failed', code: 'INSTITUTION_DOWN' })
    }
    bankIsBack()
    await PangeaService.requestSync(person, connectionId)
    await PangeaService.drain()
    expect(await progress()).toMatchObject({ status: 'completed' })
  })
})
