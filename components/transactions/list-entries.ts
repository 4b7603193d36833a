import type { MoneyResponse, TransactionResponse } from '@/lib/api/responses'
import { EXCLUDED_KINDS } from '@/lib/domain/transactions/categories'

/** The parts of a split share the transaction's id. */
export const rowKey = ({ id, part }: Pick<TransactionResponse, 'id' | 'part'>): string =>
  part ? `${id}.${part.n}` : id

/** A list entry: a day heading, or a transaction and its index. */
export type ListEntry =
  | { key: string; date: string }
  | { key: string; row: TransactionResponse; n: number }

type PageEntries = { start: number; day: string; byDay: boolean; entries: ListEntry[] }
/** Caches the entries of unchanged pages, so that appending costs the same at any length. */
const entriesCache = new WeakMap<readonly TransactionResponse[], PageEntries>()

function pageEntries(
  items: readonly TransactionResponse[],
  start: number,
  previousDay: string,
  byDay: boolean
): PageEntries {
  const known = entriesCache.get(items)
  if (known?.start === start && known.day === previousDay && known.byDay === byDay) return known
  const entries: ListEntry[] = []
  let last = previousDay
  for (const [n, row] of items.entries()) {
    if (byDay && row.date !== last) entries.push({ key: row.date, date: row.date })
    last = row.date
    entries.push({ key: rowKey(row), row, n: start + n })
  }
  const pageEntry = { start, day: previousDay, byDay, entries }
  entriesCache.set(items, pageEntry)
  return pageEntry
}

/** The rows of all pages under day headings. */
export function toListEntries(
  pages: readonly (readonly TransactionResponse[])[],
  byDay: boolean
): ListEntry[] {
  let [start, previousDay] = [0, '']
  const all: ListEntry[][] = []
  for (const items of pages) {
    all.push(pageEntries(items, start, previousDay, byDay).entries)
    start += items.length
    previousDay = items.at(-1)?.date ?? previousDay
  }
  return ([] as ListEntry[]).concat(...all)
}

const EXCLUDED: readonly string[] = EXCLUDED_KINDS

/**
 * The total of each day by currency: income less spending, without transfers. `complete` is false
 * while older rows of the last day may not be loaded; that day has no total then.
 */
export function dayTotals(
  items: readonly TransactionResponse[],
  complete: boolean
): Map<string, MoneyResponse[]> {
  const sums = new Map<string, Map<string, bigint>>()
  const lastDay = complete ? null : items.at(-1)?.date
  for (const { date, kind, amount } of items) {
    if (date === lastDay || EXCLUDED.includes(kind)) continue
    const day = sums.get(date) ?? new Map<string, bigint>()
    day.set(amount.currency, (day.get(amount.currency) ?? 0n) + BigInt(amount.minor))
    sums.set(date, day)
  }
  return new Map(
    [...sums].map(([date, day]) => [
      date,
      [...day].map(([currency, minor]) => ({ minor: minor.toString(), currency }))
    ])
  )
}
