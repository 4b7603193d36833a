// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs'
import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { createApiError } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'

test('runs one request at a time, and is busy while it runs', async () => {
  const waiting: (() => void)[] = []
  const { result } = renderHook(() =>
    useMutation(() => new Promise<void>((resolve) => waiting.push(resolve)))
  )
  act(() => {
    void result.current.mutate()
    void result.current.mutate()
  })
  expect([waiting.length, result.current.busy]).toEqual([1, true])
  await act(async () => waiting[0]?.())
  expect(result.current.busy).toBe(false)
  act(() => void result.current.mutate())
  expect(waiting.length).toBe(2)
})

test('keeps the error until the next attempt', async () => {
  let fails = true
  const { result } = renderHook(() =>
    useMutation(async () => {
      if (fails) throw createApiError(409, 'conflict', 'This bank is being disconnected.')
    })
  )
  await act(() => result.current.mutate())
  expect(result.current).toMatchObject({ busy: false, failure: 'This bank is being disconnected.' })
  fails = false
  await act(() => result.current.mutate())
  expect(result.current.failure).toBe('')
})

test('components keep no busy state of their own and refresh in one way', () => {
  const OWN = {
    busy: ['lib/use-mutation.ts'],
    // Every page loads the error page's code, and what it shows again asks for its data itself.
    refresh: ['lib/use-refresh.ts', 'lib/refresh-on-change.tsx', 'ui/error-page.tsx']
  }
  const files = readdirSync('components', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name)
  )
  const having = (pattern: RegExp) =>
    files.filter((name) => pattern.test(readFileSync(`components/${name}`, 'utf8'))).sort()
  expect(having(/\bsetBusy\b/)).toEqual(OWN.busy)
  expect(having(/\brouter\.refresh\(/)).toEqual(OWN.refresh.toSorted())
})
