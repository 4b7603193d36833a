import type { WireTransaction } from '@/lib/api/answers'

/** Parts of one transaction share its id. */
export const lineKey = ({ id, part }: Pick<WireTransaction, 'id' | 'part'>): string => (part ? `${id}.${part.n}` : id)

/** A line of the list: a day, or a transaction and its place among them. */
export type Entry = { key: string; date: string } | { key: string; row: WireTransaction; n: number }

/** The rows under the days they belong to. */
export function toEntries(items: readonly WireTransaction[], byDay: boolean): Entry[] {
  const entries: Entry[] = []
  let day = ''
  for (const [n, row] of items.entries()) {
    if (byDay && row.date !== day) entries.push({ key: row.date, date: row.date })
    day = row.date
    entries.push({ key: lineKey(row), row, n })
  }
  return entries
}
