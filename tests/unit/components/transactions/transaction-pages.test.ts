import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyOptimisticEdit } from '@/components/transactions/edit/optimistic-edit'
import { toSelectionQuery } from '@/components/transactions/edit/use-selection'
import { dayTotals, toListEntries } from '@/components/transactions/list-entries'
import {
  appendPage,
  compareBy,
  type LoadedPage,
  mapRows,
  pagesInRange,
  replacePage
} from '@/components/transactions/pages'
import type { TransactionResponse } from '@/lib/api/responses'
import {
  TRANSACTION_SORTS,
  type TransactionSort
} from '@/lib/domain/transactions/transaction-filter'
import { transactionFixture } from '@/tests/support/fixtures/api'

const row = (n: number, more: Partial<TransactionResponse> = {}) =>
  transactionFixture(n, {
    amount: { minor: String(-100 * n), currency: 'USD' },
    date: `2026-03-${String(1 + (n % 28)).padStart(2, '0')}`,
    ...more
  })

type Serve = (cursor: string | null) => { items: TransactionResponse[]; next: string | null }

/** A server with cursor pages; the cursor is the row number before it. */
function serve(ids: readonly number[], sort: TransactionSort, size: number): Serve {
  const compare = compareBy(sort)
  const rows = ids.map((n) => row(n)).toSorted(compare)
  return (cursor) => {
    const rest =
      cursor === null ? rows : rows.filter((one) => compare(one, row(Number(cursor))) > 0)
    const items = rest.slice(0, size)
    return { items, next: rest.length > size ? (items.at(-1)?.name.slice(4) ?? null) : null }
  }
}

describe('a paged list', () => {
  it('equals the server’s once every page was read again, whatever changed', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 })
    fc.assert(
      fc.property(
        ids,
        ids,
        fc.constantFrom(...TRANSACTION_SORTS),
        fc.integer({ min: 1, max: 9 }),
        (before, after, sort, size) => {
          const [was, is] = [before, after].map((list) => serve(list, sort, size)) as [Serve, Serve]
          let pieces = appendPage([], was(null), 0)
          const readOn = (from: Serve) => {
            for (let next = pieces.at(-1)?.next; next; next = pieces.at(-1)?.next)
              pieces = appendPage(pieces, from(next), 1)
          }
          readOn(was)
          for (let n = 0; n < pieces.length; n++)
            pieces = replacePage(pieces, n, is(pieces[n]?.cursor ?? null), { sort, generation: 2 })
          readOn(is)
          const names = (rows: readonly TransactionResponse[]) => rows.map(({ name }) => name)
          expect(names(pieces.flatMap(({ items }) => items))).toEqual(
            names(after.map((n) => row(n)).toSorted(compareBy(sort)))
          )
        }
      )
    )
  })

  it('keeps rows beyond a shortened page until it was read again, without repeating the next page', () => {
    const at = (n: number) => row(n, { date: '2026-03-01' })
    const names = (pieces: readonly LoadedPage[]) =>
      pieces.map(({ items }) => items.map(({ name }) => name.slice(4)).join(' '))
    const pieces = appendPage(
      appendPage([], { items: [at(9), at(8), at(7)], next: '7' }, 0),
      { items: [at(5), at(4)], next: null },
      0
    )
    const more = replacePage(
      pieces,
      0,
      { items: [at(11), at(10), at(9)], next: '9' },
      { sort: 'newest', generation: 1 }
    )
    expect(names(more)).toEqual(['11 10 9', '8 7', '5 4'])
    expect(more.map(({ generation }) => generation)).toEqual([1, 0, 0])
    expect(
      names(
        replacePage(
          pieces,
          0,
          { items: [at(9), at(5), at(4)], next: null },
          { sort: 'newest', generation: 1 }
        )
      )
    ).toEqual(['9', '5 4'])
  })

  it('knows the visible pages', () => {
    const piece = (count: number): LoadedPage => ({
      cursor: null,
      end: null,
      items: Array.from({ length: count }, (_, n) => row(n)),
      next: null,
      generation: 0
    })
    expect(pagesInRange([piece(3), piece(0), piece(2), piece(4)], 2, 4)).toEqual([0, 2])
  })

  it('changes only pages with a changed row', () => {
    const pieces = appendPage(
      appendPage([], { items: [row(1)], next: '1' }, 0),
      { items: [row(2)], next: null },
      0
    )
    const after = mapRows(pieces, (one) =>
      one.name === 'row 2'
        ? applyOptimisticEdit(one, { category: 'MEDICAL', addTags: ['b', 'a'], excluded: true })
        : one
    )
    expect(after[0]).toBe(pieces[0])
    expect(after[1]?.items).toMatchObject([
      { category: 'MEDICAL', tags: ['a', 'b'], kind: 'excluded' }
    ])
  })
})

describe('list lines', () => {
  it('have a heading per day, and a key of their own per split', () => {
    const part = (n: number) =>
      row(1, { part: { n, of: 2, whole: { minor: '-100', currency: 'USD' } } })
    const entries = toListEntries([[part(1), part(2)], [], [row(1), row(2)]], true)
    expect(entries.map((entry) => ('row' in entry ? entry.n : entry.date))).toEqual([
      '2026-03-02',
      0,
      1,
      2,
      '2026-03-03',
      3
    ])
    expect(new Set(entries.map(({ key }) => key)).size).toBe(6)
    expect(toListEntries([[row(1)]], false)).toHaveLength(1)
  })
})

describe('the total of a day', () => {
  const rows = [
    row(4, { date: '2026-03-05', kind: 'spending' }),
    row(3, { date: '2026-03-05', kind: 'income', amount: { minor: '1000', currency: 'USD' } }),
    row(2, { date: '2026-03-05', kind: 'transfer' }),
    row(6, { date: '2026-03-05', kind: 'spending', amount: { minor: '-7', currency: 'EUR' } }),
    row(1, { date: '2026-03-04', kind: 'spending' })
  ]

  it('is income less spending by currency, without transfers', () => {
    expect(dayTotals(rows, true).get('2026-03-05')).toEqual([
      { minor: '600', currency: 'USD' },
      { minor: '-7', currency: 'EUR' }
    ])
  })

  it('is not told while rows of that day may be missing', () => {
    expect([...dayTotals(rows, false).keys()]).toEqual(['2026-03-05'])
    expect([...dayTotals(rows, true).keys()]).toEqual(['2026-03-05', '2026-03-04'])
  })
})

describe('a selection', () => {
  it('is a set of ids, or everything except some', () => {
    expect(toSelectionQuery({ all: false, ids: new Set(['a']) }, { q: 'x' })).toEqual({
      ids: ['a']
    })
    expect(toSelectionQuery({ all: true, ids: new Set(['a']) }, { q: 'x' })).toEqual({
      filter: { q: 'x' },
      except: ['a']
    })
  })
})
