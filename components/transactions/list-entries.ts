import type { TransactionResponse } from '@/lib/api/responses'

/** Parts of one transaction share its id. */
export const lineKey = ({ id, part }: Pick<TransactionResponse, 'id' | 'part'>): string =>
  part ? `${id}.${part.n}` : id

/** A line of the list: a day, or a transaction and its place among them. */
export type Entry = { key: string; date: string } | { key: string; row: TransactionResponse; n: number }

type Run = { start: number; day: string; byDay: boolean; entries: Entry[] }
/** A list that is read on changes at its end; what was worked out for the pieces before is kept, so that the hundred thousandth row costs what the first did. */
const runs = new WeakMap<readonly TransactionResponse[], Run>()

function toRun(items: readonly TransactionResponse[], start: number, day: string, byDay: boolean): Run {
  const known = runs.get(items)
  if (known?.start === start && known.day === day && known.byDay === byDay) return known
  const entries: Entry[] = []
  let last = day
  for (const [n, row] of items.entries()) {
    if (byDay && row.date !== last) entries.push({ key: row.date, date: row.date })
    last = row.date
    entries.push({ key: lineKey(row), row, n: start + n })
  }
  const run = { start, day, byDay, entries }
  runs.set(items, run)
  return run
}

/** The rows, piece after piece, under the days they belong to. */
export function toEntries(
  pieces: readonly (readonly TransactionResponse[])[],
  byDay: boolean
): Entry[] {
  let [start, day] = [0, '']
  const all: Entry[][] = []
  for (const items of pieces) {
    all.push(toRun(items, start, day, byDay).entries)
    start += items.length
    day = items.at(-1)?.date ?? day
  }
  return ([] as Entry[]).concat(...all)
}
