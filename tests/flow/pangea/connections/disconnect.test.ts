import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { auditActionsOf, controlItem, itemOf, linkedUser } from '@/tests/support/connections'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const secrets = (connectionId: string) =>
  world.storage.rows('select 1 from connection_secrets where connection_id = $1', [connectionId])
const rowsOf = (table: string, connectionId: string) =>
  world.storage.rows(`select 1 from ${table} where connection_id = $1`, [connectionId])
const listed = async (...[user]: Parameters<typeof DataService.listConnections>) =>
  (await DataService.listTransactions(user, { limit: 200 })).items

describe('disconnecting', () => {
  test('removes the Item at Plaid, deletes the token, closes the accounts and keeps the history when requested', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    const before = (await listed(user)).filter(({ pending }) => !pending).map(({ id }) => id)
    expect(await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })).toEqual({
      outcome: 'disconnected'
    })
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(await secrets(connectionId)).toEqual([])
    expect(await DataService.listConnections(user)).toEqual([])
    expect(await DataService.listAccounts(user)).toEqual([])
    const after = (await listed(user)).map(({ id }) => id)
    expect(before.filter((id) => !after.includes(id))).toEqual([])
    expect(after.length).toBeGreaterThan(20)
    expect(await DataService.listPastConnections(user)).toMatchObject([
      { id: connectionId, transactions: expect.any(Number) }
    ])
    expect(await auditActionsOf(world, user)).toEqual(
      expect.arrayContaining(['connection.removal_requested', 'connection.removed'])
    )
  })

  test('erases all data when requested, also later', async () => {
    for (const later of [false, true]) {
      const { user, connectionId } = await linkedUser(world)
      if (later) await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })
      expect(await PangeaService.disconnectBank(user, connectionId, { history: 'erase' })).toEqual({
        outcome: 'disconnected'
      })
      for (const table of ['transactions', 'linked_accounts', 'sync_runs', 'connection_secrets'])
        expect(await rowsOf(table, connectionId), table).toEqual([])
      expect(await listed(user)).toEqual([])
      expect(await DataService.listPastConnections(user)).toEqual([])
    }
  })

  test('twice has the effect of once, and other users cannot do it', async () => {
    const { user, connectionId } = await linkedUser(world)
    const other = await world.createUser()
    await expect(
      PangeaService.disconnectBank(other, connectionId, { history: 'erase' })
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      PangeaService.disconnectBank(user, 'nothing', { history: 'keep' })
    ).rejects.toMatchObject({ code: 'not_found' })
    const both = await Promise.all(
      [1, 2].map(() => PangeaService.disconnectBank(user, connectionId, { history: 'keep' }))
    )
    expect(both.map(({ outcome }) => outcome)).toContain('disconnected')
    await world.settle()
    expect(await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })).toEqual({
      outcome: 'disconnected'
    })
    expect(
      (await auditActionsOf(world, user)).filter((action) => action === 'connection.removed')
    ).toHaveLength(1)
    await expect(
      PangeaService.disconnectBank(other, connectionId, { history: 'erase' })
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  test('an Item that is already gone at Plaid counts as removed', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await world.control('plaid', `/items/${itemId}/revoke`, {})
    await world.control('plaid', '/faults', {
      path: '/item/remove',
      kind: '400',
      code: 'ITEM_NOT_FOUND',
      times: 1
    })
    expect(await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })).toEqual({
      outcome: 'disconnected'
    })
    expect(await secrets(connectionId)).toEqual([])
  })

  test('while Plaid is down, the token is kept, nothing is read, and the job completes later', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await world.control('plaid', '/faults', {
      path: '/item/remove',
      kind: '400',
      code: 'INVALID_API_KEYS',
      times: 1
    })
    expect(await PangeaService.disconnectBank(user, connectionId, { history: 'erase' })).toEqual({
      outcome: 'disconnecting'
    })
    expect(await secrets(connectionId)).toHaveLength(1)
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      disconnectRequested: true
    })
    await expect(PangeaService.requestSync(user, connectionId)).rejects.toMatchObject({
      code: 'conflict'
    })
    await expect(PangeaService.relinkBank(user, connectionId)).rejects.toMatchObject({
      code: 'conflict'
    })
    await controlItem(world, itemId, 'transactions')
    expect(await itemOf(world, itemId)).toMatchObject({ removed: false })
    advanceClock(3_600_000)
    await world.settle()
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(await secrets(connectionId)).toEqual([])
    expect(await listed(user)).toEqual([])
  })

  test('a second request completes at once what the first could not, with the newest choice', async () => {
    const { user, connectionId } = await linkedUser(world)
    await world.control('plaid', '/faults', {
      path: '/item/remove',
      kind: '400',
      code: 'INVALID_API_KEYS',
      times: 1
    })
    expect(await PangeaService.disconnectBank(user, connectionId, { history: 'erase' })).toEqual({
      outcome: 'disconnecting'
    })
    expect(await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })).toEqual({
      outcome: 'disconnected'
    })
    expect((await listed(user)).length).toBeGreaterThan(20)
  })

  test('a late webhook changes nothing', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await world.control('plaid', '/deliveries/mode', { delay: 50 })
    await world.control('plaid', `/items/${itemId}/transactions`, {})
    await PangeaService.disconnectBank(user, connectionId, { history: 'erase' })
    await world.settle()
    await world.control('plaid', '/deliveries/mode', {})
    expect(await rowsOf('sync_runs', connectionId)).toEqual([])
    expect(await listed(user)).toEqual([])
  })
})
