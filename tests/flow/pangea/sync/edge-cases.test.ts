import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { today } from '@/lib/domain/dates'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { vendorHealth } from '@/lib/platform/telemetry/metrics'
import { DataService, PangeaService } from '@/lib/services'
import { linkBankThroughLink, linkedUser } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

const SYNC = '/transactions/sync'
const ODD_BANK = 'ins_900001'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const stored = (user: UserActor) =>
  world.storage.rows<{ plaid_transaction_id: string; name: string; removed: boolean }>(
    'select plaid_transaction_id, name, removed_at is not null as removed from transactions where user_id = $1 order by plaid_transaction_id',
    [user.userId]
  )

async function syncAgain(user: UserActor, connectionId: string) {
  await DataService.requestSync(systemActor('test'), connectionId, 'test')
  await world.settle()
  return DataService.getSyncProgress(user, connectionId)
}

describe('a bank that omits every optional field', () => {
  test('is read in full: no null or unknown value stops the sync or is lost', async () => {
    const { user, connectionId } = await linkedUser(world, { institutionId: ODD_BANK })
    expect(await DataService.getSyncProgress(user, connectionId)).toMatchObject({
      status: 'completed',
      code: null
    })
    const [rows] = await world.storage.rows<Record<string, number>>(
      `select count(*) filter (where category_primary is null)::int as uncategorised, count(*) filter (where merchant_name is null)::int as nameless,
         count(*) filter (where category_primary = 'SPACE_TRAVEL' and category_detailed = 'SPACE_TRAVEL_TICKETS')::int as unknown,
         count(distinct currency)::int as currencies
       from transactions where user_id = $1`,
      [user.userId]
    )
    for (const [what, n] of Object.entries(rows ?? {}))
      expect(n, what).toBeGreaterThan(what === 'currencies' ? 1 : 0)
    const accounts = await DataService.listAccounts(user)
    expect(accounts.some(({ mask, subtype }) => mask === null && subtype === null)).toBe(true)
    expect(accounts.some(({ current }) => current?.currency === 'BTC')).toBe(true)
  })

  test('is read with unknown types and subtypes, which are kept as text and count as neither asset nor debt', async () => {
    const { user, connectionId } = await linkedUser(world, { institutionId: ODD_BANK })
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      sync: { status: 'completed', code: null }
    })
    const accounts = await DataService.listAccounts(user)
    expect(accounts).toContainEqual(
      expect.objectContaining({ type: 'credit', subtype: 'pay in four' })
    )
    const wallet = accounts.find(({ type }) => type === 'digital asset')
    expect(wallet).toMatchObject({
      subtype: 'stablecoin wallet',
      current: { minor: 25_050n, currency: 'USD' }
    })
    const worth = await DataService.getNetWorth(user, today('UTC'))
    expect(worth.leftOut).toContainEqual(
      expect.objectContaining({ accountId: wallet?.id, reason: 'unknown_type' })
    )
    expect(
      worth.currencies
        .flatMap(({ groups }) => groups.flatMap(({ holdings }) => holdings))
        .map(({ accountId }) => accountId)
    ).not.toContain(wallet?.id)
  })

  test('is displayed: an unknown category can be searched, and counts as spending', async () => {
    const { user } = await linkedUser(world, { institutionId: ODD_BANK })
    const { items } = await DataService.listTransactions(user, {
      limit: 200,
      category: 'SPACE_TRAVEL'
    })
    expect(items.length).toBeGreaterThan(0)
  })
})

describe('a sync', () => {
  test('without data yet succeeds, keeps no cursor, and starts from the beginning the next time', async () => {
    const user = await world.createUser()
    await world.control('plaid', '/faults', {
      path: SYNC,
      kind: '400',
      code: 'PRODUCT_NOT_READY',
      times: 1
    })
    const { connectionId } = await linkBankThroughLink(world, user)
    await PangeaService.runDueJobs()
    expect(await DataService.getSyncProgress(user, connectionId)).toMatchObject({
      status: 'pending',
      code: 'PRODUCT_NOT_READY'
    })
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      cursor: null,
      status: 'good'
    })
    await PangeaService.requestSync(user, connectionId)
    await world.settle()
    expect((await stored(user)).length).toBeGreaterThan(100)
  })

  test('interrupted by a change restarts from its first cursor, and nothing is doubled or lost', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    const before = await stored(user)
    await world.control('plaid', '/page-size', { size: 2 })
    await world.control('plaid', `/items/${itemId}/transactions`, { count: 5 })
    await world.control('plaid', `/items/${itemId}/mutate`, {})
    expect(await syncAgain(user, connectionId)).toMatchObject({ status: 'completed' })
    await world.control('plaid', '/page-size', { size: null })
    expect(await stored(user)).toHaveLength(before.length + 5)
  })

  test('with a rejected cursor restarts from the beginning, removes unlisted rows, and notifies no one', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    const before = await stored(user)
    await world.control('plaid', '/deliveries/mode', { drop: true })
    const gone = before[0]?.plaid_transaction_id
    await world.control('plaid', `/items/${itemId}/remove`, { id: gone })
    await world.control('plaid', '/faults', {
      path: SYNC,
      kind: '400',
      code: 'INVALID_FIELD',
      times: 1
    })
    const logged = captureLogs()
    try {
      expect(await syncAgain(user, connectionId)).toMatchObject({
        status: 'completed',
        removed: 1
      })
      expect(logged()).toContain('sync.restarted')
      expect(logged()).not.toContain('plaid.misconfigured')
    } finally {
      resetSingletons('log')
      await world.control('plaid', '/deliveries/mode', {})
    }
    const after = await stored(user)
    expect(after).toHaveLength(before.length)
    expect(
      after.filter(({ removed }) => removed).map(({ plaid_transaction_id }) => plaid_transaction_id)
    ).toEqual([gone])
  })

  test('refused by one bank affects no other: the breaker stays closed', async () => {
    const { user, connectionId } = await linkedUser(world)
    await world.control('plaid', '/faults', {
      path: SYNC,
      kind: '400',
      code: 'INSTITUTION_NOT_RESPONDING',
      times: 20
    })
    for (let n = 0; n < 7; n++) {
      await DataService.requestSync(user, connectionId, 'test')
      await PangeaService.runDueJobs()
    }
    expect(vendorHealth().plaid?.state).toBe('closed')
    world.plaid.faults.clear()
    expect((await linkedUser(world)).connectionId).toEqual(expect.any(String))
  })
})
