/** Whether a history ended in the right state. */
import { expect } from 'vitest'
import {
  expectedAccounts,
  expectedRows,
  type StoredAccount,
  settlements
} from '@/tests/model/simulation/reference'
import { runHistory } from '@/tests/model/simulation/run'
import type { Simulation } from '@/tests/model/simulation/simulation'
import type { History } from '@/tests/model/simulation/steps'
import {
  accountsOf,
  type Connection,
  connectionsOf,
  countUnfinishedWork,
  type StoredTransaction,
  transactionsOf
} from '@/tests/model/simulation/stored'
import type { VendorModel } from '@/tests/model/simulation/vendor-model'

/** Runs the history and compares everything with the vendor's ledger. */
export async function expectAgreement(world: VendorModel, history: History): Promise<void> {
  const simulation = await runHistory(world, history)
  const { login } = simulation
  try {
    const [connections, rows] = [await connectionsOf(login), await transactionsOf(login)]
    const counted: string[] = []
    const told: string[] = []
    for (const connection of connections.filter(({ removed }) => !removed)) {
      const keys = await expectComplete(simulation, connection, rows)
      counted.push(...keys.counted)
      told.push(...keys.told)
    }
    expect(counted.sort(), 'each account, at one connection').toEqual([...new Set(told)].sort())
    const live = new Set(rows.flatMap(({ id, removed }) => (removed ? [] : [id])))
    const erased = new Set(connections.flatMap(({ erased, itemId }) => (erased ? [itemId] : [])))
    for (const [account, { itemId, ids }] of simulation.retained)
      if (!erased.has(itemId)) expect(missingIds(ids, live), `lost of ${account}`).toEqual([])
    expect(await countUnfinishedWork(login), 'work left over').toBe(0)
    const known = new Set(connections.flatMap(({ removed, itemId }) => (removed ? [] : [itemId])))
    const orphans = login.plaid.items
      .all()
      .filter((item) => item.tokenHash && !item.removed && !known.has(item.id))
    expect(orphans.length, 'orphaned Items').toBeLessThanOrEqual(simulation.interruptedLinks)
  } finally {
    await login.close()
  }
}

const missingIds = (ids: string[], live: ReadonlySet<string>) => ids.filter((id) => !live.has(id))

/**
 * An account that another connection also reports may be counted there. @returns the bank's account
 * keys: all of them, and those counted here.
 */
async function expectComplete(
  { login, ids }: Simulation,
  connection: Connection,
  all: StoredTransaction[]
): Promise<{ told: string[]; counted: string[] }> {
  const { plaid } = login
  const item = plaid.items.get(connection.itemId)
  if (!item || item.removed) throw new Error('a connection without its Item')
  expect(connection).toMatchObject({ status: 'good', leaving: false, hasToken: true })
  const [open, expected] = [await accountsOf(login, connection.id), expectedAccounts(plaid, item)]
  const here = new Set(open.map(({ plaidId }) => plaidId))
  const mine = all.filter(
    ({ connectionId, removed, detached }) => connectionId === connection.id && !removed && !detached
  )
  expect(
    mine.map(({ id: _, connectionId: __, removed: ___, detached: ____, ...row }) => row)
  ).toEqual(expectedRows(plaid, item).filter(({ account }) => here.has(account)))
  expect(open).toEqual(expected.filter(({ plaidId }) => here.has(plaidId)))
  for (const [pendingId, id] of settlements(plaid, item)) {
    const before = ids.get(pendingId)
    const now = mine.find(({ plaidId }) => plaidId === id)
    if (before && now)
      expect(now.id, `${id} settles ${pendingId}, whose row it must keep`).toBe(before)
  }
  const keyOf = ({ plaidId }: StoredAccount) =>
    item.accounts.find(({ id }) => id === plaidId)?.key ?? plaidId
  return { told: expected.map(keyOf), counted: open.map(keyOf) }
}
