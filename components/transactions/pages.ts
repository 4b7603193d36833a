/** A long list in pieces, each of which can be read again on its own: pure, so that it can be tested without a browser. */
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionSort } from '@/lib/domain/transactions/transaction-filter'

type Answer = { items: readonly TransactionResponse[]; next: string | null }
/** What came after one cursor, up to the place where the next piece begins; the last one has no such end. `generation` tells how current it is. */
export type Piece = Answer & {
  cursor: string | null
  end: TransactionResponse | null
  generation: number
}

const order = <T>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1)
const size = ({ amount: { minor } }: TransactionResponse): bigint =>
  minor.startsWith('-') ? -BigInt(minor) : BigInt(minor)

/** As the server orders them. */
export function inOrder(sort: TransactionSort): (a: TransactionResponse, b: TransactionResponse) => number {
  const bySize = sort === 'largest' || sort === 'smallest'
  const direction = sort === 'newest' || sort === 'largest' ? -1 : 1
  return (a, b) =>
    direction * ((bySize ? order(size(a), size(b)) : order(a.date, b.date)) || order(a.id, b.id)) ||
    order(a.part?.n ?? 1, b.part?.n ?? 1)
}

/** The pieces with one more, read after the last. */
export function withNext(pieces: readonly Piece[], answer: Answer, generation: number): Piece[] {
  const last = pieces.at(-1)
  if (!last) return [{ ...answer, cursor: null, end: null, generation }]
  return [
    ...pieces.slice(0, -1),
    { ...last, end: last.items.at(-1) ?? null },
    { ...answer, cursor: last.next, end: null, generation }
  ]
}

/**
 * The pieces with the n-th read again. What belongs to the next piece is left to it; where rows came in between and the answer had no room for the
 * rest, that rest becomes a piece of its own, to be read again as well.
 */
export function withPiece(
  pieces: readonly Piece[],
  n: number,
  { items, next }: Answer,
  { sort, generation }: { sort: TransactionSort; generation: number }
): Piece[] {
  const old = pieces[n]
  if (!old) return [...pieces]
  const { end } = old
  if (!end) return pieces.with(n, { ...old, items, next, generation })
  const compare = inOrder(sort)
  const fresh: Piece = { ...old, items: items.filter((row) => compare(row, end) <= 0), generation }
  const last = items.at(-1)
  if (next === null || !last || compare(last, end) >= 0) return pieces.with(n, fresh)
  const rest: Piece = {
    ...old,
    cursor: next,
    items: old.items.filter((row) => compare(row, last) > 0)
  }
  return pieces.toSpliced(n, 1, { ...fresh, end: last }, rest)
}

/** Which pieces hold these places of the whole list. */
export function piecesAt(pieces: readonly Piece[], from: number, to: number): number[] {
  const found: number[] = []
  let start = 0
  for (const [n, { items }] of pieces.entries()) {
    if (items.length > 0 && start <= to && start + items.length > from) found.push(n)
    start += items.length
  }
  return found
}

/** Changes the rows that `update` has something else for. */
export const withRows = (
  pieces: readonly Piece[],
  update: (row: TransactionResponse) => TransactionResponse
): Piece[] =>
  pieces.map((piece) => {
    const items = piece.items.map((row) => update(row))
    return items.some((row, n) => row !== piece.items[n]) ? { ...piece, items } : piece
  })
