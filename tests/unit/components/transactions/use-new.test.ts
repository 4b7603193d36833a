// @vitest-environment jsdom
import { renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useUnseen } from '@/components/transactions/use-new-transactions'
import type { TransactionResponse } from '@/lib/api/responses'

const row = (addedAt: string, date: string) => ({ addedAt, date }) as TransactionResponse
const SEEN = '2026-03-20T10:00:00.000Z'
let asked: string[]
beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return Response.json({})
  })
})
afterEach(() => vi.unstubAllGlobals())

it('marks rows since the last visit, and records this one', () => {
  const { result } = renderHook(() => useUnseen(SEEN))
  expect(result.current(row('2026-03-20T10:00:01.000Z', '2026-03-19'))).toBe(true)
  expect(result.current(row('2026-03-20T09:59:59.000Z', '2026-03-19'))).toBe(false)
  expect(asked).toEqual(['/api/v1/transactions/last-seen'])
})

it('does not mark the history of a newly linked bank', () => {
  const { result } = renderHook(() => useUnseen(SEEN))
  expect(result.current(row('2026-03-20T12:00:00.000Z', '2026-03-10'))).toBe(true)
  expect(result.current(row('2026-03-20T12:00:00.000Z', '2026-03-09'))).toBe(false)
})

it('marks nothing at the first visit', () => {
  const { result } = renderHook(() => useUnseen(null))
  expect(result.current(row('2026-03-20T12:00:00.000Z', '2026-03-20'))).toBe(false)
})

it('keeps its marks during rerenders', () => {
  const { result, rerender } = renderHook(({ at }) => useUnseen(at), { initialProps: { at: SEEN } })
  rerender({ at: '2026-03-21T10:00:00.000Z' })
  expect(result.current(row('2026-03-20T12:00:00.000Z', '2026-03-20'))).toBe(true)
  expect(asked).toHaveLength(1)
})
