/** A history being played: what happened so far that the end is judged by. */
import type { Login } from '@/tests/support/vendor-model'
import { type Connection, connectionsOf, type Found, startOver, transactionsOf } from './stored'
import type { Troubles } from './troubles'

export type Game = {
  login: Login
  troubles: Troubles
  /** The connection that is open now, and its Item; empty where there is none. */
  connectionId: string
  itemId: string
  /** Our id of every transaction that was ever seen stored, by Plaid's. */
  ids: Map<string, string>
  /** Our ids of what was here of an account when the person left that account out, by the account's key at the bank. */
  kept: Map<string, { itemId: string; ids: string[] }>
  /** What a connection held when it was first seen removed. */
  frozen: Map<string, string>
  /** Webhooks that came or were lost. */
  consumed: Set<string>
  /** Times that linking was cut short, each of which may leave an Item that nobody knows. */
  cutLinks: number
}

export const newGame = (login: Login, troubles: Troubles): Game => ({
  login,
  troubles,
  connectionId: '',
  itemId: '',
  ids: new Map(),
  kept: new Map(),
  frozen: new Map(),
  consumed: new Set(),
  cutLinks: 0
})

/** The newest connection that the person has not left. */
export function follow(game: Game, connections: readonly Connection[]): void {
  const open = connections.findLast(({ leaving, removed }) => !leaving && !removed)
  game.connectionId = open?.id ?? ''
  game.itemId = open?.itemId ?? ''
}

/** An operator has the open connection read anew. */
export async function forgetRows(game: Game): Promise<void> {
  if (!game.connectionId) return
  await startOver(game.login, game.connectionId)
  game.ids.clear()
  game.kept.clear()
}

/** A row that was seen once must keep its id for good, and what is left of a connection must stay as it was when it ended. */
export async function notice(game: Game): Promise<void> {
  const [rows, connections] = [await transactionsOf(game.login), await connectionsOf(game.login)]
  follow(game, connections)
  for (const { plaidId, id } of rows) {
    const known = game.ids.get(plaidId)
    if (known && known !== id) throw new Error(`${plaidId} was ${known} and is ${id} now`)
    game.ids.set(plaidId, id)
  }
  for (const connection of connections.filter(({ removed }) => removed))
    ended(
      game,
      connection,
      rows.filter(({ connectionId }) => connectionId === connection.id)
    )
}

function ended({ frozen }: Game, { id, erased, hasToken }: Connection, rows: Found[]): void {
  if (hasToken) throw new Error('a removed connection has its token still')
  if (erased && rows.length > 0) throw new Error(`${rows.length} rows of an erased connection`)
  if (rows.some(({ pending, removed }) => pending && !removed)) throw new Error('a hold outlived its connection')
  const is = JSON.stringify(rows)
  const was = frozen.get(id)
  if (!erased && was !== undefined && was !== is) throw new Error(`what was kept of a connection changed from ${was} to ${is}`)
  frozen.set(id, is)
}
