'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState
} from 'react'
import { dayTotals, type ListEntry, toListEntries } from '@/components/transactions/list-entries'
import { TransactionItem } from '@/components/transactions/transaction-item'
import { DayHeading } from '@/components/transactions/transactions-by-day'
import type { TransactionResponse } from '@/lib/api/responses'

const ESTIMATED_HEIGHT = { day: 34, line: 69 }
/** Number of rows in the server's HTML, before the window height is known. */
const INITIAL_RECT = { width: 0, height: 1_400 }
const OVERSCAN = 8
/**
 * Space in px above and below the focused row, as scroll-padding in globals.css: the phone's bottom
 * bar covers the page.
 */
const SCROLL_PADDING = 96
/** Number of rows before the end at which the next page loads. */
const PREFETCH_ROWS = 150

type Props = {
  /** The entries, page by page. */
  pages: readonly (readonly TransactionResponse[])[]
  items: readonly TransactionResponse[]
  byDay: boolean
  hasMore: boolean
  isNew: (row: TransactionResponse) => boolean
  isSelected: (id: string) => boolean
  onToggle: (row: TransactionResponse) => void
  onOpen: (row: TransactionResponse) => void
  /** Shortcut e: edits the focused row. */
  onEdit: (row: TransactionResponse) => void
  /** Shortcut c: chooses the category of the focused row. */
  onCategorize: (row: TransactionResponse) => void
  onVisibleRange: (range: { from: number; to: number }) => void
  onEndReached: () => void
}

/**
 * A virtual list: only rows near the viewport are rendered. When focused: j/k or arrows move, x
 * selects, e edits, c chooses a category, Enter opens.
 */
export function VirtualList({
  pages,
  items,
  byDay,
  hasMore,
  isNew,
  isSelected,
  onToggle,
  onOpen,
  onEdit,
  onCategorize,
  onVisibleRange,
  onEndReached
}: Props) {
  const list = useRef<HTMLUListElement>(null)
  const entries = useMemo(() => toListEntries(pages, byDay), [pages, byDay])
  const totals = useMemo(() => dayTotals(items, !hasMore), [items, hasMore])
  const rows = useVirtualRows(list, entries)
  const { visible, active, setActive, moveTo, isRendered } = rows
  const [from, to] = [visiblePosition(visible, 'first'), visiblePosition(visible, 'last')]
  useEffect(() => onVisibleRange({ from, to }), [from, to, onVisibleRange])
  useEffect(() => {
    if (hasMore && to > items.length - PREFETCH_ROWS) onEndReached()
  }, [hasMore, to, items.length, onEndReached])

  const onKeyDown = rowKeys({ entries, items, active, moveTo, onToggle, onEdit, onCategorize })
  return (
    <ul ref={list} onKeyDown={onKeyDown} style={rows.space} className="@container">
      {visible.map(({ index, entry }) => (
        <li
          key={entry.key}
          ref={rows.measure}
          data-index={index}
          {...positionProps(entry, hasMore ? -1 : items.length)}
          onFocus={() => 'row' in entry && setActive(entry.n)}
          className="border-line border-b has-[h2]:border-0"
        >
          {'row' in entry ? (
            <TransactionItem
              transaction={entry.row}
              isNew={isNew(entry.row)}
              showDate={!byDay}
              onOpen={() => {
                setActive(entry.n)
                onOpen(entry.row)
              }}
              onCategorize={() => {
                setActive(entry.n)
                onCategorize(entry.row)
              }}
              selection={{ selected: isSelected(entry.row.id), toggle: () => onToggle(entry.row) }}
              tabbable={isRendered(active) ? entry.n === active : entry.n === from}
            />
          ) : (
            <DayHeading date={entry.date} total={totals.get(entry.date)} as="h2" />
          )}
        </li>
      ))}
    </ul>
  )
}

/** Where a transaction is in the whole list; -1 if its length is unknown. */
const positionProps = (entry: ListEntry, setSize: number) =>
  'row' in entry
    ? {
        'data-transaction': entry.row.id,
        'aria-posinset': entry.n + 1,
        'aria-setsize': setSize
      }
    : {}

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/** Read from the DOM: a row may have had the focus before hydration. */
const focusedIndex = (target: EventTarget): number =>
  Number(
    target instanceof Element ? target.closest('[data-index]')?.getAttribute('data-index') : -1
  )

type RowKeysOptions = Pick<Props, 'items' | 'onToggle' | 'onEdit' | 'onCategorize'> & {
  entries: readonly ListEntry[]
  active: number
  moveTo: (n: number) => void
}

/** Handles the keys of a focused list. */
function rowKeys({
  entries,
  items,
  active,
  moveTo,
  onToggle,
  onEdit,
  onCategorize
}: RowKeysOptions) {
  return (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const focusedEntry = entries[focusedIndex(event.target)]
    const position = focusedEntry && 'row' in focusedEntry ? focusedEntry.n : active
    const row = items[position]
    const step = STEPS[event.key]
    if (step) moveTo(Math.max(0, Math.min(items.length - 1, position + step)))
    else if (event.key === 'x' && row) onToggle(row)
    else if (event.key === 'e' && row) onEdit(row)
    else if (event.key === 'c' && row && !row.part) onCategorize(row)
    else return
    event.preventDefault()
  }
}

type VisibleEntries = { index: number; entry: ListEntry }[]

/** Index of the first or last rendered transaction. */
function visiblePosition(visible: VisibleEntries, which: 'first' | 'last'): number {
  const positions = visible.flatMap(({ entry }) => ('row' in entry ? [entry.n] : []))
  return (which === 'first' ? positions[0] : positions.at(-1)) ?? 0
}

type ListRef = RefObject<HTMLUListElement | null>

/** The list's distance from the top of the document, in px. */
function useListTop(list: ListRef): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () =>
      setTop(list.current ? list.current.getBoundingClientRect().top + window.scrollY : 0)
    measure()
    const above = new ResizeObserver(measure)
    above.observe(document.body)
    return () => above.disconnect()
  }, [list])
  return top
}

/** Focuses the row of the requested key as soon as it is rendered. */
function useRowFocus(list: ListRef) {
  const focusKey = useRef<string | null>(null)
  useEffect(() => {
    if (focusKey.current === null) return
    const line = list.current?.querySelector<HTMLElement>(
      `[data-line="${CSS.escape(focusKey.current)}"]`
    )
    if (!line) return
    focusKey.current = null
    line.focus({ preventScroll: true })
  })
  return (key: string | null) => {
    focusKey.current = key
  }
}

/** The rendered range and the focused row. */
function useVirtualRows(list: ListRef, entries: readonly ListEntry[]) {
  const top = useListTop(list)
  const virtual = useWindowVirtualizer({
    count: entries.length,
    estimateSize: (index) =>
      entries[index] && 'row' in entries[index] ? ESTIMATED_HEIGHT.line : ESTIMATED_HEIGHT.day,
    getItemKey: (index) => entries[index]?.key ?? index,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: SCROLL_PADDING,
    scrollPaddingEnd: SCROLL_PADDING,
    initialRect: INITIAL_RECT,
    // The user may have scrolled before hydration; the first render must match the server's.
    initialOffset: 0
  })
  const virtualItems = virtual.getVirtualItems()
  const visible = virtualItems.flatMap(({ index }) =>
    entries[index] ? [{ index, entry: entries[index] }] : []
  )
  const [active, setActive] = useState(0)
  const focusRow = useRowFocus(list)
  const moveTo = (n: number) => {
    const index = entries.findIndex((entry) => 'row' in entry && entry.n === n)
    if (index < 0) return
    focusRow(entries[index]?.key ?? null)
    setActive(n)
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  const [first, last] = [virtualItems[0], virtualItems.at(-1)]
  return {
    visible,
    active,
    setActive,
    moveTo,
    isRendered: (n: number) => visible.some(({ entry }) => 'row' in entry && entry.n === n),
    measure: virtual.measureElement,
    space: {
      paddingTop: first ? first.start - top : 0,
      paddingBottom: last ? virtual.getTotalSize() - (last.end - top) : 0
    }
  }
}
