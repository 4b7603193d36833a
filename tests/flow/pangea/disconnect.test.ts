import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '@/lib/domain/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { auditOf, itemOf, linkedPerson, linkThrough, pressItem, relinkThrough } from '@/tests/support/connections'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const secrets = (connectionId: string) => world.storage.rows('select 1 from connection_secrets where connection_id = $1', [connectionId])
const rowsOf = (table: string, connectionId: string) => world.storage.rows(`select 1 from ${table} where connection_id = $1`, [connectionId])
const listed = async (...[person]: Parameters<typeof DataService.listConnections>) => (await DataService.listTransactions(person, { limit: 200 })).items

/** Everything booked, by our ids. */
async function booked(person: Person): Promise<string[]> {
  const all: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await DataService.listTransactions(person, { limit: 200, pending: 'no', ...(cursor ? { cursor } : {}) })
    all.push(...items.map(({ id, date, name, amount }) => `${id} ${date} ${name} ${amount.minor}`))
    if (!next) return all.sort()
    cursor = next
  }
}
const balances = async (person: Person) => (await DataService.listAccounts(person)).map(({ id, name, current }) => `${id} ${name} ${current?.minor}`).sort()
const NO_RULE = { match: null, text: null, flow: null, category: null, excluded: null } as const

describe('disconnecting', () => {
  test('removes the Item at Plaid, shreds the token, closes the accounts and keeps the history that was asked for', async () => {
    const { person, connectionId, itemId } = await linkedPerson(world)
    const before = (await listed(person)).filter(({ pending }) => !pending).map(({ id }) => id)
    expect(await PangeaService.disconnectBank(person, connectionId, { history: 'keep' })).toEqual({ outcome: 'disconnected' })
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(await secrets(connectionId)).toEqual([])
    expect(await DataService.listConnections(person)).toEqual([])
    expect(await DataService.listAccounts(person)).toEqual([])
    const after = (await listed(person)).map(({ id }) => id)
    expect(before.filter((id) => !after.includes(id))).toEqual([])
    expect(after.length).toBeGreaterThan(20)
    expect(await DataService.listPastConnections(person)).toMatchObject([{ id: connectionId, transactions: expect.any(Number) }])
    expect(await auditOf(world, person)).toEqual(expect.arrayContaining(['connection.removal_requested', 'connection.removed']))
  })

  test('erases everything that was read, if so wished, also later', async () => {
    for (const later of [false, true]) {
      const { person, connectionId } = await linkedPerson(world)
      if (later) await PangeaService.disconnectBank(person, connectionId, { history: 'keep' })
      expect(await PangeaService.disconnectBank(person, connectionId, { history: 'erase' })).toEqual({ outcome: 'disconnected' })
      for (const table of ['transactions', 'linked_accounts', 'sync_runs', 'connection_secrets']) expect(await rowsOf(table, connectionId), table).toEqual([])
      expect(await listed(person)).toEqual([])
      expect(await DataService.listPastConnections(person)).toEqual([])
    }
  })

  test('twice is the same as once, and is nobody else’s to do', async () => {
    const { person, connectionId } = await linkedPerson(world)
    const other = await world.person()
    await expect(PangeaService.disconnectBank(other, connectionId, { history: 'erase' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(PangeaService.disconnectBank(person, 'nothing', { history: 'keep' })).rejects.toMatchObject({ code: 'not_found' })
    const both = await Promise.all([1, 2].map(() => PangeaService.disconnectBank(person, connectionId, { history: 'keep' })))
    expect(both.map(({ outcome }) => outcome)).toContain('disconnected')
    await world.settle()
    expect(await PangeaService.disconnectBank(person, connectionId, { history: 'keep' })).toEqual({ outcome: 'disconnected' })
    expect((await auditOf(world, person)).filter((action) => action === 'connection.removed')).toHaveLength(1)
    await expect(PangeaService.disconnectBank(other, connectionId, { history: 'erase' })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('an Item that is gone at Plaid already counts as removed', async () => {
    const { person, connectionId, itemId } = await linkedPerson(world)
    await world.control('plaid', `/items/${itemId}/revoke`, {})
    await world.control('plaid', '/faults', { path: '/item/remove', kind: '400', code: 'ITEM_NOT_FOUND', times: 1 })
    expect(await PangeaService.disconnectBank(person, connectionId, { history: 'keep' })).toEqual({ outcome: 'disconnected' })
    expect(await secrets(connectionId)).toEqual([])
  })

  test('while Plaid is down nothing is half done: the token is kept, nothing is read, and the work is finished later', async () => {
    const { person, connectionId, itemId } = await linkedPerson(world)
    await world.control('plaid', '/faults', { path: '/item/remove', kind: '400', code: 'INVALID_API_KEYS', times: 1 })
    expect(await PangeaService.disconnectBank(person, connectionId, { history: 'erase' })).toEqual({ outcome: 'disconnecting' })
    expect(await secrets(connectionId)).toHaveLength(1)
    expect(await DataService.getConnection(person, connectionId)).toMatchObject({ leaving: true })
    await expect(PangeaService.requestSync(person, connectionId)).rejects.toMatchObject({ code: 'conflict' })
    await expect(PangeaService.relinkBank(person, connectionId)).rejects.toMatchObject({ code: 'conflict' })
    await pressItem(world, itemId, 'transactions')
    expect(await itemOf(world, itemId)).toMatchObject({ removed: false })
    advanceClock(3_600_000)
    await world.settle()
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(await secrets(connectionId)).toEqual([])
    expect(await listed(person)).toEqual([])
  })

  test('a second press finishes at once what a first could not, with the newest choice', async () => {
    const { person, connectionId } = await linkedPerson(world)
    await world.control('plaid', '/faults', { path: '/item/remove', kind: '400', code: 'INVALID_API_KEYS', times: 1 })
    expect(await PangeaService.disconnectBank(person, connectionId, { history: 'erase' })).toEqual({ outcome: 'disconnecting' })
    expect(await PangeaService.disconnectBank(person, connectionId, { history: 'keep' })).toEqual({ outcome: 'disconnected' })
    expect((await listed(person)).length).toBeGreaterThan(20)
  })

  test('a webhook that comes late changes nothing', async () => {
    const { person, connectionId, itemId } = await linkedPerson(world)
    await world.control('plaid', '/deliveries/mode', { delay: 50 })
    await world.control('plaid', `/items/${itemId}/transactions`, {})
    await PangeaService.disconnectBank(person, connectionId, { history: 'erase' })
    await world.settle()
    await world.control('plaid', '/deliveries/mode', {})
    expect(await rowsOf('sync_runs', connectionId)).toEqual([])
    expect(await listed(person)).toEqual([])
  })
})

describe('linking a bank again', () => {
  test('after it was left with its history kept shows every transaction once', async () => {
    const { person, connectionId } = await linkedPerson(world)
    const before = (await listed(person)).filter(({ pending }) => !pending)
    await PangeaService.disconnectBank(person, connectionId, { history: 'keep' })
    await linkThrough(world, person)
    await world.settle()
    const after = (await listed(person)).filter(({ pending }) => !pending)
    // The list ends in the middle of its oldest day.
    const told = (list: typeof before) =>
      list.filter(({ date }) => date > (before.at(-1)?.date ?? '')).map(({ date, name, amount }) => `${date} ${name} ${amount.minor}`)
    expect(told(before).length).toBeGreaterThan(20)
    expect(told(after).sort()).toEqual(told(before).sort())
  })

  test('goes on where it stopped: what the person said about its transactions and accounts is seen again, and its rules still mean them', async () => {
    const { person, connectionId } = await linked()
    const [account] = (await DataService.listAccounts(person)).filter(({ type }) => type === 'depository')
    const [said] = (await DataService.listTransactions(person, { limit: 50, account: account?.id ?? '', pending: 'no' })).items
    if (!account || !said) throw new Error('nothing to edit')
    await PangeaService.editTransaction(person, said.id, { note: 'with Ada', category: 'TRAVEL', tags: ['trip'] })
    await PangeaService.saveAccountView(person, account.id, { name: 'Mine' })
    await PangeaService.keepRule(person, { ...NO_RULE, accountId: account.id, merchant: 'Somebody' }, {})
    const before = await booked(person)
    const sums = await balances(person)
    await PangeaService.disconnectBank(person, connectionId, { history: 'keep' })
    const again = await linkThrough(world, person)
    expect(await booked(person)).toEqual(before)
    await world.settle()
    expect(await booked(person)).toEqual(before)
    const [now] = (await DataService.listTransactions(person, { limit: 200, tag: 'trip' })).items
    expect(now).toMatchObject({ id: said.id, note: 'with Ada', categoryPrimary: 'TRAVEL', merchantName: 'Somebody', accountName: 'Mine' })
    expect(await balances(person)).toEqual(sums)
    expect(await DataService.listPastConnections(person)).toEqual([])
    expect((await DataService.listConnections(person)).map(({ id }) => id)).toEqual([again.connectionId])
    expect(await auditOf(world, person)).toContain('connection.history_resumed')
    await world.control('plaid', `/items/${again.itemId}/transactions`, { transactions: [{ name: 'NEW ONE', amount: 5 }] })
    await world.settle()
    expect((await booked(person)).length).toBe(before.length + 1)
    await PangeaService.disconnectBank(person, again.connectionId, { history: 'erase' })
    expect(await listed(person)).toEqual([])
  })

  test('does not bring back what was erased, nor what somebody else kept', async () => {
    const { person, connectionId } = await linked()
    const [said] = await listed(person)
    await PangeaService.editTransaction(person, said?.id ?? '', { note: 'gone' })
    await PangeaService.disconnectBank(person, connectionId, { history: 'erase' })
    const other = await linked()
    await PangeaService.disconnectBank(other.person, other.connectionId, { history: 'keep' })
    const theirs = await booked(other.person)
    await linkThrough(world, person)
    await world.settle()
    expect((await listed(person)).filter(({ note }) => note)).toEqual([])
    expect(await booked(other.person)).toEqual(theirs)
    expect(await DataService.listPastConnections(other.person)).toHaveLength(1)
  })

  test('brings back the accounts that were chosen again; the history of the others stays where it is', async () => {
    const { person, connectionId } = await linked()
    const before = await booked(person)
    await PangeaService.disconnectBank(person, connectionId, { history: 'keep' })
    await linkThrough(world, person, { choose: (name) => /checking/i.test(name) })
    await world.settle()
    expect(await booked(person)).toEqual(before)
    expect((await DataService.listAccounts(person)).every(({ name }) => /checking/i.test(name))).toBe(true)
    expect(await DataService.listPastConnections(person)).toMatchObject([{ id: connectionId }])
  })

  test('whose access Plaid has forgotten replaces the old connection, and Plaid is told', async () => {
    const { person, connectionId, itemId } = await linkedPerson(world)
    await world.control('plaid', '/faults', { path: '/item/get', kind: '400', code: 'ITEM_NOT_FOUND', times: 1 })
    await pressItem(world, itemId, 'fire/ERROR')
    expect(await DataService.getConnection(person, connectionId)).toMatchObject({ status: 'revoked', errorCode: 'ITEM_NOT_FOUND' })
    await world.control('plaid', '/faults', { path: '/link/token/create', kind: '400', code: 'ITEM_NOT_FOUND', times: 1 })
    await expect(PangeaService.relinkBank(person, connectionId)).rejects.toMatchObject({ code: 'conflict' })
    const fresh = await linkThrough(world, person)
    await world.settle()
    expect((await DataService.listConnections(person)).map(({ id }) => id)).toEqual([fresh.connectionId])
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(await auditOf(world, person)).toContain('connection.replaced')
  })

  test('access that was withdrawn can be given back by signing in again', async () => {
    const { person, connectionId, itemId } = await linkedPerson(world)
    await pressItem(world, itemId, 'revoke')
    expect(await DataService.getConnection(person, connectionId)).toMatchObject({ status: 'revoked', errorCode: 'USER_PERMISSION_REVOKED' })
    expect(await relinkThrough(world, person, connectionId)).toMatchObject({ status: 'good' })
  })
})
