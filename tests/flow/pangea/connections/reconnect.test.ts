import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { syncConnection } from '@/lib/services/pangea/connections/sync-connection'
import {
  auditActionsOf,
  controlItem,
  itemOf,
  linkBankThroughLink,
  linkedUser,
  relinkBankThroughLink
} from '@/tests/support/connections'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const listed = async (user: UserActor) =>
  (await DataService.listTransactions(user, { limit: 200 })).items

/** Everything booked, by our ids. */
async function booked(user: UserActor): Promise<string[]> {
  const all: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await DataService.listTransactions(user, {
      limit: 200,
      pending: 'no',
      ...(cursor ? { cursor } : {})
    })
    all.push(...items.map(({ id, date, name, amount }) => `${id} ${date} ${name} ${amount.minor}`))
    if (!next) return all.sort()
    cursor = next
  }
}
const balances = async (user: UserActor) =>
  (await DataService.listAccounts(user))
    .map(({ id, name, current }) => `${id} ${name} ${current?.minor}`)
    .sort()
const NO_RULE = { match: null, text: null, flow: null, category: null, excluded: null } as const

describe('linking a bank again', () => {
  test('shows every transaction once after a disconnect that kept the history', async () => {
    const { user, connectionId } = await linkedUser(world)
    const before = (await listed(user)).filter(({ pending }) => !pending)
    await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })
    await linkBankThroughLink(world, user)
    await world.settle()
    const after = (await listed(user)).filter(({ pending }) => !pending)
    // The list ends in the middle of its oldest day.
    const told = (list: typeof before) =>
      list
        .filter(({ date }) => date > (before.at(-1)?.date ?? ''))
        .map(({ date, name, amount }) => `${date} ${name} ${amount.minor}`)
    expect(told(before).length).toBeGreaterThan(20)
    expect(told(after).sort()).toEqual(told(before).sort())
  })

  test('restores edits of its transactions and accounts, and rules still apply', async () => {
    const { user, connectionId } = await linkedUser(world)
    const [account] = (await DataService.listAccounts(user)).filter(
      ({ type }) => type === 'depository'
    )
    const [said] = (
      await DataService.listTransactions(user, {
        limit: 50,
        account: account?.id ?? '',
        pending: 'no'
      })
    ).items
    if (!account || !said) throw new Error('nothing to edit')
    await PangeaService.editTransaction(user, said.id, {
      note: 'with Ada',
      category: 'TRAVEL',
      tags: ['trip']
    })
    await DataService.saveAccountView(user, account.id, { name: 'Mine' })
    await DataService.saveRule(
      user,
      { id: randomUUID(), isNew: true },
      { ...NO_RULE, accountId: account.id, merchant: 'Somebody' }
    )
    const before = await booked(user)
    const sums = await balances(user)
    await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })
    const again = await linkBankThroughLink(world, user)
    expect(await booked(user)).toEqual(before)
    await world.settle()
    expect(await booked(user)).toEqual(before)
    const [now] = (await DataService.listTransactions(user, { limit: 200, tag: 'trip' })).items
    expect(now).toMatchObject({
      id: said.id,
      note: 'with Ada',
      categoryPrimary: 'TRAVEL',
      merchantName: 'Somebody',
      accountName: 'Mine'
    })
    expect(await balances(user)).toEqual(sums)
    expect(await DataService.listPastConnections(user)).toEqual([])
    expect((await DataService.listConnections(user)).map(({ id }) => id)).toEqual([
      again.connectionId
    ])
    expect(await auditActionsOf(world, user)).toContain('connection.history_resumed')
    await controlItem(world, again.itemId, 'transactions', {
      transactions: [{ name: 'NEW ONE', amount: 5 }]
    })
    expect((await booked(user)).length).toBe(before.length + 1)
    await PangeaService.disconnectBank(user, again.connectionId, { history: 'erase' })
    expect(await listed(user)).toEqual([])
  })

  test("does not restore erased data, nor another user's", async () => {
    const { user, connectionId } = await linkedUser(world)
    const [said] = await listed(user)
    await PangeaService.editTransaction(user, said?.id ?? '', { note: 'gone' })
    await PangeaService.disconnectBank(user, connectionId, { history: 'erase' })
    const other = await linkedUser(world)
    await PangeaService.disconnectBank(other.user, other.connectionId, { history: 'keep' })
    const theirs = await booked(other.user)
    await linkBankThroughLink(world, user)
    await world.settle()
    expect((await listed(user)).filter(({ note }) => note)).toEqual([])
    expect(await booked(other.user)).toEqual(theirs)
    expect(await DataService.listPastConnections(other.user)).toHaveLength(1)
  })

  test('restores nothing that is still to be erased, and an earlier sync ends without effect', async () => {
    const { user, connectionId } = await linkedUser(world)
    const [said] = await listed(user)
    await PangeaService.editTransaction(user, said?.id ?? '', { note: 'gone' })
    const other = await linkedUser(world)
    await world.control('plaid', `/items/${other.itemId}/transactions`, {
      transactions: [{ name: 'TOO LATE', amount: 5 }]
    })
    await PangeaService.requestSync(other.user, other.connectionId)
    const run = await DataService.claimSyncRun(systemActor('test'), { leaseMs: 60_000 })
    expect(run?.connectionId).toBe(other.connectionId)
    for (const [one, id, history] of [
      [user, connectionId, 'erase'],
      [other.user, other.connectionId, 'keep']
    ] as const) {
      await world.control('plaid', '/faults', {
        path: '/item/remove',
        kind: '400',
        code: 'INVALID_API_KEYS',
        times: 1
      })
      expect(await PangeaService.disconnectBank(one, id, { history })).toEqual({
        outcome: 'disconnecting'
      })
    }
    const before = await booked(other.user)
    await linkBankThroughLink(world, user)
    await linkBankThroughLink(world, other.user)
    if (run) await syncConnection(run)
    expect(await booked(other.user)).toEqual(before)
    advanceClock(3_600_000)
    await world.settle()
    expect((await listed(user)).filter(({ note }) => note)).toEqual([])
    expect((await listed(user)).length).toBeGreaterThan(20)
  })

  test('restores the accounts that were chosen again; the history of the others stays where it is', async () => {
    const { user, connectionId } = await linkedUser(world)
    const before = await booked(user)
    await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })
    await linkBankThroughLink(world, user, { choose: (name) => /checking/i.test(name) })
    await world.settle()
    expect(await booked(user)).toEqual(before)
    expect((await DataService.listAccounts(user)).every(({ name }) => /checking/i.test(name))).toBe(
      true
    )
    expect(await DataService.listPastConnections(user)).toMatchObject([{ id: connectionId }])
  })

  test('whose access Plaid has lost replaces the old connection, and the old Item is removed', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await world.control('plaid', '/faults', {
      path: '/item/get',
      kind: '400',
      code: 'ITEM_NOT_FOUND',
      times: 1
    })
    await controlItem(world, itemId, 'fire/ERROR')
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'revoked',
      errorCode: 'ITEM_NOT_FOUND'
    })
    await world.control('plaid', '/faults', {
      path: '/link/token/create',
      kind: '400',
      code: 'ITEM_NOT_FOUND',
      times: 1
    })
    await expect(PangeaService.relinkBank(user, connectionId)).rejects.toMatchObject({
      code: 'conflict'
    })
    const fresh = await linkBankThroughLink(world, user)
    await world.settle()
    expect((await DataService.listConnections(user)).map(({ id }) => id)).toEqual([
      fresh.connectionId
    ])
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(await auditActionsOf(world, user)).toContain('connection.replaced')
  })

  test('withdrawn access is restored by a new login', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await controlItem(world, itemId, 'revoke')
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'revoked',
      errorCode: 'USER_PERMISSION_REVOKED'
    })
    expect(await relinkBankThroughLink(world, user, connectionId)).toMatchObject({
      status: 'good'
    })
  })
})
