// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { createElement, type ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LiveProvider } from '@/components/lib/live-updates'
import { applyOptimisticEdit } from '@/components/transactions/edit/optimistic-edit'
import { usePages } from '@/components/transactions/use-pages'
import { transactionFixture } from '@/tests/support/fixtures/api'

const rows = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, n) => transactionFixture(from - n))

/** The server's response to each cursor; a function may fail. */
let answers: Record<string, () => unknown>
let asked: string[]
beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (path: string) => {
    if (path.startsWith('/api/v1/events')) return new Promise(() => {})
    const cursor = new URLSearchParams(path.split('?')[1]).get('cursor') ?? 'top'
    asked.push(cursor)
    return Response.json(answers[cursor]?.())
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const FILTER = {}
const Live = ({ children }: { children: ReactNode }) =>
  createElement(LiveProvider, { userId: 'user_a', children })
const open = () =>
  renderHook(
    () => usePages({ initial: { items: rows(9, 7), next: '7' }, filter: FILTER, sort: 'newest' }),
    { wrapper: Live }
  ).result
const names = (list: ReturnType<typeof open>) =>
  list.current.items.map(({ name }) => name.slice(4)).join(' ')

it('loads each page once, however often it is requested', async () => {
  answers = {
    7: () => ({ items: rows(6, 4), next: '4' }),
    4: () => ({ items: rows(3, 1), next: null })
  }
  const list = open()
  await act(
    async () => void (await Promise.all([list.current.loadMore(), list.current.loadMore()]))
  )
  await act(async () => list.current.loadMore())
  expect(names(list)).toBe('9 8 7 6 5 4 3 2 1')
  expect([list.current.more, asked]).toEqual([false, ['7', '4']])
})

it('after a change reloads visible pages at once, and the rest when they become visible', async () => {
  answers = {
    7: () => ({ items: rows(6, 4), next: '4' }),
    4: () => ({ items: rows(3, 1), next: null })
  }
  const list = open()
  await act(async () => list.current.loadMore())
  await act(async () => list.current.loadMore())
  answers = {
    top: () => ({ items: rows(11, 7), next: '7' }),
    7: () => ({ items: rows(6, 5), next: '5' }),
    4: () => ({ items: [transactionFixture(2)], next: null })
  }
  act(() => list.current.setVisibleRange({ from: 0, to: 2 }))
  const elsewhere = new BroadcastChannel('pangea.changes.user_a')
  elsewhere.postMessage(2)
  await waitFor(() => expect(names(list)).toBe('11 10 9 8 7 6 5 4 3 2 1'))
  act(() => list.current.setVisibleRange({ from: 8, to: 10 }))
  await waitFor(() => expect(names(list)).toBe('11 10 9 8 7 6 5 4 2'))
  elsewhere.close()
})

it('shows a change before the server confirms it, and reverts it', async () => {
  answers = {}
  const list = open()
  let takeBack = () => {}
  act(() => {
    takeBack = list.current.update((one) =>
      one.name === 'row 8' ? applyOptimisticEdit(one, { category: 'MEDICAL' }) : one
    )
  })
  expect(list.current.items.map(({ category }) => category)).toEqual([
    'TRAVEL',
    'MEDICAL',
    'TRAVEL'
  ])
  act(() => takeBack())
  expect(list.current.items.map(({ category }) => category)).toEqual(['TRAVEL', 'TRAVEL', 'TRAVEL'])
})

it('reports a failed load, and loads again on request', async () => {
  answers = {
    7: () => {
      throw new Error('away')
    }
  }
  const list = open()
  await act(async () => list.current.loadMore())
  expect(list.current.error).not.toBeNull()
  answers = { 7: () => ({ items: rows(6, 4), next: null }) }
  await act(async () => list.current.loadMore())
  expect([list.current.error, names(list)]).toEqual([null, '9 8 7 6 5 4'])
})
