'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { TransactionResponse } from '@/lib/api/responses'
import { type Entry, toEntries } from '@/components/transactions/list-entries'
import { TransactionLine } from '@/components/transactions/transaction-item'
import { DayHeading } from '@/components/transactions/transactions-by-day'

const HEIGHT = { day: 34, line: 69 }
/** What the server draws, before the browser has said how high its window is. */
const FIRST_SIGHT = { width: 0, height: 1_400 }
const BEYOND = 8
/** Kept free above and below the focused line, as scroll-padding in globals.css does: the phone's bottom bar lies over the page. */
const CLEAR = 96
/** How many lines before the end the next ones are asked for. */
const AHEAD = 150

type Props = {
  /** In pieces, as they were read. */
  pieces: readonly (readonly TransactionResponse[])[]
  items: readonly TransactionResponse[]
  byDay: boolean
  more: boolean
  isFresh: (row: TransactionResponse) => boolean
  isSelected: (id: string) => boolean
  onToggle: (row: TransactionResponse) => void
  onOpen: (row: TransactionResponse) => void
  /** The key e: the line where the focus is. */
  onEdit: (row: TransactionResponse) => void
  onSight: (range: { from: number; to: number }) => void
  onEnd: () => void
}

/**
 * A list of any length of which only what is near the screen is in the page. With the focus in it, j and k or the arrows move, x selects, e edits
 * and Enter opens.
 */
export function VirtualRows({
  pieces,
  items,
  byDay,
  more,
  isFresh,
  isSelected,
  onToggle,
  onOpen,
  onEdit,
  onSight,
  onEnd
}: Props) {
  const list = useRef<HTMLUListElement>(null)
  const entries = useMemo(() => toEntries(pieces, byDay), [pieces, byDay])
  const rows = useRows(list, entries)
  const { shown, active, setActive, moveTo, isDrawn } = rows
  const [from, to] = [placeOf(shown, 'first'), placeOf(shown, 'last')]
  useEffect(() => onSight({ from, to }), [from, to, onSight])
  useEffect(() => {
    if (more && to > items.length - AHEAD) onEnd()
  }, [more, to, items.length, onEnd])

  const press = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    // Read off the page: a line may have had the focus before the browser took over.
    const at =
      entries[
        Number(
          event.target instanceof Element
            ? event.target.closest('[data-index]')?.getAttribute('data-index')
            : -1
        )
      ]
    const place = at && 'row' in at ? at.n : active
    const row = items[place]
    const step = STEPS[event.key]
    if (step) moveTo(Math.max(0, Math.min(items.length - 1, place + step)))
    else if (event.key === 'x' && row) onToggle(row)
    else if (event.key === 'e' && row) onEdit(row)
    else return
    event.preventDefault()
  }
  return (
    <ul ref={list} onKeyDown={press} style={rows.space}>
      {shown.map(({ index, entry }) => (
        <li
          key={entry.key}
          ref={rows.measure}
          data-index={index}
          {...('row' in entry
            ? {
                'data-transaction': entry.row.id,
                'aria-posinset': entry.n + 1,
                'aria-setsize': more ? -1 : items.length
              }
            : {})}
          onFocus={() => 'row' in entry && setActive(entry.n)}
          className="border-line border-b has-[h2]:border-0"
        >
          {'row' in entry ? (
            <TransactionLine
              row={entry.row}
              fresh={isFresh(entry.row)}
              dated={!byDay}
              onOpen={() => {
                setActive(entry.n)
                onOpen(entry.row)
              }}
              selection={{ selected: isSelected(entry.row.id), toggle: () => onToggle(entry.row) }}
              tabbable={isDrawn(active) ? entry.n === active : entry.n === from}
            />
          ) : (
            <DayHeading date={entry.date} as="h2" />
          )}
        </li>
      ))}
    </ul>
  )
}

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

type Shown = { index: number; entry: Entry }[]

/** The place, among the transactions, of the first or last one that is drawn. */
function placeOf(shown: Shown, which: 'first' | 'last'): number {
  const places = shown.flatMap(({ entry }) => ('row' in entry ? [entry.n] : []))
  return (which === 'first' ? places[0] : places.at(-1)) ?? 0
}

/** What of the list is drawn, and where the focus is in it. */
function useRows(list: { current: HTMLUListElement | null }, entries: readonly Entry[]) {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () =>
      setTop(list.current ? list.current.getBoundingClientRect().top + window.scrollY : 0)
    measure()
    const above = new ResizeObserver(measure)
    above.observe(document.body)
    return () => above.disconnect()
  }, [list])
  const virtual = useWindowVirtualizer({
    count: entries.length,
    estimateSize: (index) => (entries[index] && 'row' in entries[index] ? HEIGHT.line : HEIGHT.day),
    getItemKey: (index) => entries[index]?.key ?? index,
    overscan: BEYOND,
    scrollMargin: top,
    scrollPaddingStart: CLEAR,
    scrollPaddingEnd: CLEAR,
    initialRect: FIRST_SIGHT,
    // Somebody may have scrolled before the browser takes over; what it draws first has to be what the server drew.
    initialOffset: 0
  })
  const drawn = virtual.getVirtualItems()
  const shown = drawn.flatMap(({ index }) =>
    entries[index] ? [{ index, entry: entries[index] }] : []
  )
  const [active, setActive] = useState(0)
  const wanted = useRef<string | null>(null)
  const lineOf = (key: string) =>
    list.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"]`)
  useEffect(() => {
    const line = wanted.current === null ? null : lineOf(wanted.current)
    if (!line) return
    wanted.current = null
    line.focus({ preventScroll: true })
  })
  const moveTo = (n: number) => {
    const index = entries.findIndex((entry) => 'row' in entry && entry.n === n)
    if (index < 0) return
    wanted.current = entries[index]?.key ?? null
    setActive(n)
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  const [first, last] = [drawn[0], drawn.at(-1)]
  return {
    shown,
    active,
    setActive,
    moveTo,
    isDrawn: (n: number) => shown.some(({ entry }) => 'row' in entry && entry.n === n),
    measure: virtual.measureElement,
    space: {
      paddingTop: first ? first.start - top : 0,
      paddingBottom: last ? virtual.getTotalSize() - (last.end - top) : 0
    }
  }
}
