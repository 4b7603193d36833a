/** Whether a history ended as it must. */
import { expect } from 'vitest'
import type { VendorModel } from '@/tests/support/vendor-model'
import type { Game } from './game'
import { play } from './play'
import { expectedAccounts, expectedRows, settlements } from './reference'
import type { History } from './steps'
import { accountsOf, type Connection, connectionsOf, type Found, leftOver, transactionsOf } from './stored'

/** Plays the history and compares everything with the vendor's ledger. */
export async function mustAgree(world: VendorModel, history: History): Promise<void> {
  const game = await play(world, history)
  const { login } = game
  try {
    const [connections, rows] = [await connectionsOf(login), await transactionsOf(login)]
    for (const connection of connections.filter(({ removed }) => !removed)) await mustBeWhole(game, connection, rows)
    const live = new Set(rows.flatMap(({ id, removed }) => (removed ? [] : [id])))
    const erased = new Set(connections.flatMap(({ erased, itemId }) => (erased ? [itemId] : [])))
    for (const [account, { itemId, ids }] of game.kept) if (!erased.has(itemId)) expect(lost(ids, live), `lost of ${account}`).toEqual([])
    expect(await leftOver(login), 'work left over').toBe(0)
    const known = new Set(connections.flatMap(({ removed, itemId }) => (removed ? [] : [itemId])))
    const orphans = login.plaid.items.all().filter((item) => item.tokenHash && !item.removed && !known.has(item.id))
    expect(orphans.length, 'Items that nobody knows').toBeLessThanOrEqual(game.cutLinks)
  } finally {
    await login.close()
  }
}

const lost = (ids: string[], live: ReadonlySet<string>) => ids.filter((id) => !live.has(id))

async function mustBeWhole({ login, ids }: Game, connection: Connection, all: Found[]): Promise<void> {
  const { plaid } = login
  const item = plaid.items.get(connection.itemId)
  if (!item || item.removed) throw new Error('a connection without its Item')
  expect(connection).toMatchObject({ status: 'good', leaving: false, hasToken: true })
  const mine = all.filter(({ connectionId, removed, detached }) => connectionId === connection.id && !removed && !detached)
  expect(mine.map(({ id: _, connectionId: __, removed: ___, detached: ____, ...row }) => row)).toEqual(expectedRows(plaid, item))
  expect(await accountsOf(login, connection.id)).toEqual(expectedAccounts(plaid, item))
  for (const [pendingId, id] of settlements(plaid, item)) {
    const before = ids.get(pendingId)
    const now = mine.find(({ plaidId }) => plaidId === id)
    if (before && now) expect(now.id, `${id} settles ${pendingId}, whose row it must keep`).toBe(before)
  }
}
