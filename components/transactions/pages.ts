/**
 * Pages of a long list, each of which can be reloaded on its own. Pure, so that it can be tested
 * without a browser.
 */
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionSort } from '@/lib/domain/transactions/transaction-filter'

type PageResponse = { items: readonly TransactionResponse[]; next: string | null }
/**
 * The rows after one cursor, up to the start of the next page; the last page has no end.
 * `generation` tells how current it is.
 */
export type LoadedPage = PageResponse & {
  cursor: string | null
  end: TransactionResponse | null
  generation: number
}

const compareValues = <T>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1)
const absoluteAmount = ({ amount: { minor } }: TransactionResponse): bigint =>
  minor.startsWith('-') ? -BigInt(minor) : BigInt(minor)

/** The server's order. */
export function compareBy(
  sort: TransactionSort
): (a: TransactionResponse, b: TransactionResponse) => number {
  const bySize = sort === 'largest' || sort === 'smallest'
  const direction = sort === 'newest' || sort === 'largest' ? -1 : 1
  return (a, b) =>
    direction *
      ((bySize
        ? compareValues(absoluteAmount(a), absoluteAmount(b))
        : compareValues(a.date, b.date)) || compareValues(a.id, b.id)) ||
    compareValues(a.part?.n ?? 1, b.part?.n ?? 1)
}

/** Appends a page. */
export function appendPage(
  pages: readonly LoadedPage[],
  response: PageResponse,
  generation: number
): LoadedPage[] {
  const last = pages.at(-1)
  if (!last) return [{ ...response, cursor: null, end: null, generation }]
  return [
    ...pages.slice(0, -1),
    { ...last, end: last.items.at(-1) ?? null },
    { ...response, cursor: last.next, end: null, generation }
  ]
}

/**
 * Replaces the n-th page with fresh rows. Rows of the next page are dropped; rows that did not fit
 * become a new page, to be reloaded as well.
 */
export function replacePage(
  pages: readonly LoadedPage[],
  n: number,
  { items, next }: PageResponse,
  { sort, generation }: { sort: TransactionSort; generation: number }
): LoadedPage[] {
  const previousPage = pages[n]
  if (!previousPage) return [...pages]
  const { end } = previousPage
  if (!end) return pages.with(n, { ...previousPage, items, next, generation })
  const compare = compareBy(sort)
  const refetched: LoadedPage = {
    ...previousPage,
    items: items.filter((row) => compare(row, end) <= 0),
    generation
  }
  const last = items.at(-1)
  if (next === null || !last || compare(last, end) >= 0) return pages.with(n, refetched)
  const remainder: LoadedPage = {
    ...previousPage,
    cursor: next,
    items: previousPage.items.filter((row) => compare(row, last) > 0)
  }
  return pages.toSpliced(n, 1, { ...refetched, end: last }, remainder)
}

/** The pages that contain this range of rows. */
export function pagesInRange(pages: readonly LoadedPage[], from: number, to: number): number[] {
  const found: number[] = []
  let start = 0
  for (const [n, { items }] of pages.entries()) {
    if (items.length > 0 && start <= to && start + items.length > from) found.push(n)
    start += items.length
  }
  return found
}

/** Replaces the rows that `update` changes. */
export const mapRows = (
  pages: readonly LoadedPage[],
  update: (row: TransactionResponse) => TransactionResponse
): LoadedPage[] =>
  pages.map((page) => {
    const items = page.items.map((row) => update(row))
    return items.some((row, n) => row !== page.items[n]) ? { ...page, items } : page
  })
