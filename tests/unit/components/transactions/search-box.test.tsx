// @vitest-environment jsdom

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SearchField } from '@/components/transactions/filters/filter-inputs'
import { cleanup, fireEvent, render, screen } from '@/tests/unit/components/render'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const shown = () => (screen.getByRole('searchbox') as HTMLInputElement).value

it('keeps typed text until the URL follows, and adopts a URL changed elsewhere', () => {
  const sent: string[] = []
  const box = (value: string, busy = false) => (
    <SearchField value={value} busy={busy} onChange={(text) => void sent.push(text)} />
  )
  const view = render(box(''))
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zebra' } })
  vi.advanceTimersByTime(250)
  expect(sent).toEqual(['zebra'])
  view.rerender(box('', true))
  expect(shown()).toBe('zebra')
  view.rerender(box('zebra'))
  expect(shown()).toBe('zebra')
  view.rerender(box(''))
  expect(shown()).toBe('')
})
