/** A running history: everything so far that the final assertions need. */

import {
  type Connection,
  connectionsOf,
  resetConnection,
  type StoredTransaction,
  transactionsOf
} from '@/tests/model/simulation/stored'
import type { SyncFaults } from '@/tests/model/simulation/sync-faults'
import type { BankLogin } from '@/tests/model/simulation/vendor-model'

export type Simulation = {
  login: BankLogin
  syncFaults: SyncFaults
  /** The currently open connection and its Item; empty when there is none. */
  connectionId: string
  itemId: string
  /** Our id of every transaction that was ever stored, by Plaid's. */
  ids: Map<string, string>
  /**
   * Our ids of an account's rows at the time the user deselected it, by the account's key at the
   * bank.
   */
  retained: Map<string, { itemId: string; ids: string[] }>
  /** Content of a connection when it was first seen removed. */
  removedSnapshots: Map<string, StoredTransaction[]>
  /** Webhooks that arrived or were lost. */
  handledWebhooks: Set<string>
  /** Number of interrupted links, each of which may leave an unknown Item. */
  interruptedLinks: number
}

export const createSimulation = (login: BankLogin, troubles: SyncFaults): Simulation => ({
  login,
  syncFaults: troubles,
  connectionId: '',
  itemId: '',
  ids: new Map(),
  retained: new Map(),
  removedSnapshots: new Map(),
  handledWebhooks: new Set(),
  interruptedLinks: 0
})

/** The newest connection that the user has not disconnected. */
export function trackOpenConnection(
  simulation: Simulation,
  connections: readonly Connection[]
): void {
  const open = connections.findLast(({ leaving, removed }) => !leaving && !removed)
  simulation.connectionId = open?.id ?? ''
  simulation.itemId = open?.itemId ?? ''
}

/** An operator resets the open connection's sync. */
export async function resetOpenConnection(simulation: Simulation): Promise<void> {
  if (!simulation.connectionId) return
  await resetConnection(simulation.login, simulation.connectionId)
  simulation.ids.clear()
  simulation.retained.clear()
}

/**
 * A row must keep its id forever, and the rows of a connection must stay as they were when it
 * ended.
 */
export async function checkInvariants(simulation: Simulation): Promise<void> {
  const [rows, connections] = [
    await transactionsOf(simulation.login),
    await connectionsOf(simulation.login)
  ]
  trackOpenConnection(simulation, connections)
  for (const { plaidId, id } of rows) {
    const known = simulation.ids.get(plaidId)
    if (known && known !== id) throw new Error(`${plaidId} was ${known} and is ${id} now`)
    simulation.ids.set(plaidId, id)
  }
  for (const connection of connections.filter(({ removed }) => removed))
    checkRemovedConnection(simulation, connection, rows)
}

function checkRemovedConnection(
  { removedSnapshots, connectionId }: Simulation,
  { id, erased, hasToken }: Connection,
  all: StoredTransaction[]
): void {
  const rows = all.filter((row) => row.connectionId === id)
  if (hasToken) throw new Error('a removed connection has its token still')
  if (erased && rows.length > 0) throw new Error(`${rows.length} rows of an erased connection`)
  if (rows.some(({ pending, removed }) => pending && !removed))
    throw new Error('a hold outlived its connection')
  const was = removedSnapshots.get(id)
  if (!erased && was) expectHistoryKept(was, rows, all, connectionId)
  removedSnapshots.set(id, rows)
}

/** Kept rows stay unchanged, or become rows of the new connection when the bank is linked again. */
function expectHistoryKept(
  was: StoredTransaction[],
  is: StoredTransaction[],
  all: StoredTransaction[],
  open: string
): void {
  const before = new Map(was.map((row) => [row.id, JSON.stringify(row)]))
  for (const row of is)
    if (before.get(row.id) !== JSON.stringify(row))
      throw new Error(`kept as ${before.get(row.id)} it is ${JSON.stringify(row)}`)
  const left = new Set(is.map(({ id }) => id))
  for (const { id, removed } of was.filter((row) => !left.has(row.id))) {
    const now = all.find((row) => row.id === id)
    if (now?.connectionId !== open || now.removed !== removed)
      throw new Error(`${id} was kept and is lost: ${JSON.stringify(now)}`)
  }
}
