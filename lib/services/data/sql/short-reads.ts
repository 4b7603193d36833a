/**
 * Short reads of a user's rows. Those that one user starts in the same turn of the event loop are
 * sent as one transaction in one round trip: a page needs a dozen.
 */
import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { singleton } from '@/lib/platform/globals'
import { query, transaction } from '@/lib/services/data/sql/query'
import type { TypedStatement } from '@/lib/services/data/sql/row-type'

/** A transaction sends at most 98 statements. */
const MAX_TOGETHER = 50

type Waiting = {
  statement: TypedStatement<unknown>
  resolve: (rows: unknown[]) => void
  reject: (reason: unknown) => void
}
type Turn = { actor: UserActor; reads: Waiting[] }

/** Reads that are not sent yet, by user: the statements of two users are never sent together. */
const turns = () => singleton('short-reads', () => new Map<string, Turn>())

/** As `query`, for a statement that changes nothing and is fast. */
export async function read<R>(actor: UserActor, statement: TypedStatement<R>): Promise<R[]> {
  // An admin's statements have another scope.
  if ('admin' in actor) return query(actor, statement.rowType, statement)
  const rows = await new Promise<unknown[]>((resolve, reject) => {
    turnOf(actor).reads.push({ statement, resolve, reject })
  })
  return rows as R[]
}

/** `read`, for a statement that returns at most one row. */
export const readOne = async <R>(
  actor: UserActor,
  statement: TypedStatement<R>
): Promise<R | null> => (await read(actor, statement))[0] ?? null

function turnOf(actor: UserActor): Turn {
  const current = turns().get(actor.userId)
  if (current && current.reads.length < MAX_TOGETHER) return current
  const turn: Turn = { actor, reads: [] }
  turns().set(actor.userId, turn)
  setImmediate(() => {
    if (turns().get(actor.userId) === turn) turns().delete(actor.userId)
    void send(turn)
  })
  return turn
}

async function send({ actor, reads }: Turn): Promise<void> {
  const [first] = reads
  if (!first) return
  if (reads.length === 1) return alone(actor, first)
  try {
    const results = await transaction(
      actor,
      reads.map(({ statement }) => statement)
    )
    for (const [i, { resolve }] of reads.entries()) resolve(results[i] ?? [])
  } catch {
    // One statement failed all of them; each tells its own caller.
    await Promise.all(reads.map((one) => alone(actor, one)))
  }
}

const alone = (actor: UserActor, { statement, resolve, reject }: Waiting): Promise<void> =>
  query(actor, statement.rowType, statement).then(resolve, reject)
