import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { scheduleTokenRotations } from '@/lib/services/pangea/connections/rotate-token'
import { auditActionsOf, linkBankThroughLink, linkedUser } from '@/tests/support/connections'
import { withEnvironment } from '@/tests/support/environment'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const SLOW = { timeout: 90_000 }
const app = systemActor('test')
const tokenOf = (connectionId: string) => DataService.getAccessToken(app, connectionId)
const jobsOf = (connectionId: string) =>
  world.storage.rows(
    "select status, code from connection_tasks where connection_id = $1 and kind = 'rotate_token'",
    [connectionId]
  )
const failNextRotation = (kind: string) =>
  world.control('plaid', '/faults', { path: '/item/access_token/invalidate', kind, times: 1 })

async function rotate(connectionId: string): Promise<void> {
  await PangeaService.requestTokenRotation({ connectionId })
  await world.settle()
}

describe('a rotation', () => {
  test('stores the new token, which works, and is audited', SLOW, async () => {
    const { user, connectionId } = await linkedUser(world)
    const before = await tokenOf(connectionId)
    await rotate(connectionId)
    expect(await tokenOf(connectionId)).not.toBe(before)
    await PangeaService.requestSync(user, connectionId)
    await world.settle()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      sync: { status: 'completed' }
    })
    expect(await auditActionsOf(world, user)).toContain('connection.token_rotated')
    expect(await jobsOf(connectionId)).toEqual([{ status: 'completed', code: null }])
  })

  test(
    'whose answer is lost asks the user to link again, notes the Item, and keeps the history',
    SLOW,
    async () => {
      const { user, connectionId } = await linkedUser(world, { institutionId: 'ins_109509' })
      const count = async () =>
        (await DataService.listTransactions(user, { limit: 1 })).items.length
      const rows = () =>
        world.storage.rows<{ n: number }>(
          'select count(*)::int as n from transactions where user_id = $1 and removed_at is null and not pending',
          [user.userId]
        )
      const kept = await rows()
      await failNextRotation('truncated')
      await rotate(connectionId)
      advanceClock(3_600_000)
      await world.settle()
      expect(await DataService.getConnection(user, connectionId)).toMatchObject({
        status: 'revoked',
        errorCode: 'INVALID_ACCESS_TOKEN'
      })
      expect([await count(), await rows()]).toEqual([1, kept])
      expect((await DataService.listOrphanedItems()).items).toMatchObject([
        { userId: user.userId, errorCode: 'TOKEN_LOST', institutionId: 'ins_109509' }
      ])
      await linkBankThroughLink(world, user, { institutionId: 'ins_109509' })
      await world.settle()
      expect(await DataService.listConnections(user)).toMatchObject([{ status: 'good' }])
      expect(await rows()).toEqual(kept)
    }
  )
})

test(
  'the schedule is off by default, and rotates a token that is older than its days when it is on',
  SLOW,
  async () => {
    const older = await linkedUser(world, { institutionId: 'ins_109510' })
    advanceClock(8 * 24 * 3_600_000)
    const newer = await linkedUser(world, { institutionId: 'ins_109510' })
    const queued = async () =>
      [await jobsOf(older.connectionId), await jobsOf(newer.connectionId)].map(
        (jobs) => jobs.length
      )
    await scheduleTokenRotations()
    expect(await queued()).toEqual([0, 0])
    await withEnvironment({ PLAID_TOKEN_ROTATION_DAYS: '7' }, scheduleTokenRotations)
    expect(await queued()).toEqual([1, 0])
  }
)
