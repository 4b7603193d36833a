import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { AccountService, DataService } from '@/lib/services'
import { openScriptedBank, plaidAccount, plaidRow } from '@/tests/support/plaid/scripted-bank'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
let bank: Awaited<ReturnType<typeof openScriptedBank>>
beforeAll(async () => {
  storage = await openTestStorage()
  bank = await openScriptedBank()
})
afterAll(async () => {
  await bank.close()
  await storage.close()
})

const NOVEMBER = ['2026-11']
const flowOf = async (user: UserActor) =>
  (await DataService.getCashFlow(user, NOVEMBER)).flatMap(({ months }) =>
    months.map((month) => [month.in, month.out])
  )
const quarantineOf = ({ userId }: UserActor) =>
  storage.rows<{ kind: string; vendor_id: string; code: string }>(
    'select kind, vendor_id, code from quarantine where user_id = $1 order by kind, vendor_id',
    [userId]
  )

describe('the quarantine', () => {
  const twoRows = () =>
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('1'), plaidRow('2', { date: '2026-02-30' })] }], [], [], []]
    })
  /** Simulates a row that an older mapping refused and the current one can read. */
  const asOfOlderMapping = async (user: UserActor) => {
    const rows = await storage.rows<{ id: string }>(
      'select id from quarantine where user_id = $1',
      [user.userId]
    )
    const body = JSON.stringify(plaidRow('2', { amount: 9 }))
    for (const { id } of rows) {
      const sealed = encrypt(body, { table: 'quarantine', row: id, owner: user.userId })
      await storage.rows(
        'update quarantine set mapping_version = $1, sealed_body = $2 where id = $3',
        [AccountService.MAPPING_VERSION - 1, sealed, id]
      )
    }
  }

  test('releases a row at the next sync once a newer mapping can read it', async () => {
    twoRows()
    const { user, connectionId } = await bank.link()
    await asOfOlderMapping(user)
    const soon = new Date(Date.now() + 60_000)
    expect(
      await DataService.listStaleConnections({
        loadingBefore: soon,
        before: new Date(0),
        mappingVersion: AccountService.MAPPING_VERSION,
        limit: 100
      })
    ).toContainEqual({ id: connectionId })
    expect(await bank.sync(user, connectionId)).toMatchObject({ quarantined: 0 })
    expect(await flowOf(user)).toEqual([[0n, 1_400n]])
  })

  test('is retried when the user asks, and keeps rows that are still unreadable', async () => {
    twoRows()
    const { user, connectionId } = await bank.link()
    await storage.rows(`update quarantine set code = 'older' where user_id = $1`, [user.userId])
    expect(await bank.sync(user, connectionId)).toMatchObject({ quarantined: 1 })
    expect(await quarantineOf(user)).toMatchObject([{ code: 'older' }])
    expect(await bank.sync(user, connectionId, user)).toMatchObject({ quarantined: 1 })
    expect(await quarantineOf(user)).toMatchObject([{ code: 'date' }])
  })

  test.each([
    [
      'sends it in a form that can be read',
      { modified: [plaidRow('2', { amount: 9 })] },
      [[0n, 1_400n]]
    ],
    ['takes it back', { removed: ['2'] }, [[0n, 500n]]]
  ])('drops a row once the bank %s', async (_, page, flow) => {
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('1'), plaidRow('2', { amount: null })] }], [page]]
    })
    const { user, connectionId } = await bank.link()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({ quarantined: 0 })
    expect(await flowOf(user)).toEqual(flow)
  })

  test('stores rows encrypted, and shows admins their number and nothing of their content', async () => {
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('2', { date: null, name: 'Very private clinic' })] }]]
    })
    const { user } = await bank.link()
    const stored = JSON.stringify(
      await storage.rows('select * from quarantine where user_id = $1', [user.userId])
    )
    expect(stored).not.toContain('clinic')
    expect(await DataService.listFailedJobs()).toContainEqual(
      expect.objectContaining({
        userId: user.userId,
        kind: 'sync',
        code: 'QUARANTINED',
        what: 'First Platypus Bank · 1 in quarantine'
      })
    )
    expect((await DataService.getActivityTimeline(user.userId)).connections).toMatchObject([
      { quarantined: 1 }
    ])
  })
})
