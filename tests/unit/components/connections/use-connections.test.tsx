// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { SWRConfig } from 'swr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectionStatus } from '@/components/connections/connection-status'
import { useConnections } from '@/components/connections/use-connections'
import { textIn } from '@/lib/domain/text/catalogs'
import { connectionFixture } from '@/tests/support/fixtures/api'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const withSync = (status: 'in_progress' | 'completed', leaving = false) => ({
  items: [connectionFixture('good', { leaving, sync: { status } })],
  next: null
})

/** The hook of a page that was rendered with the first answer; the server gives the others in turn. */
function shown(...answers: ReturnType<typeof withSync>[]) {
  let asked = 0
  const fetcher = async () => answers[Math.min(++asked, answers.length - 1)]
  const config = { provider: () => new Map(), fetcher, revalidateOnMount: false }
  const wrapper = ({ children }: { children: ReactNode }) => (
    <SWRConfig value={config}>{children}</SWRConfig>
  )
  const [rendered] = answers as [ReturnType<typeof withSync>]
  const { result } = renderHook(() => useConnections(rendered), { wrapper })
  return {
    asked: () => asked,
    label: () => result.current.items.map((one) => connectionStatus(one, textIn('en')).label),
    wait: (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1_000))
  }
}

test('a bank that is updating is read again until it is up to date', async () => {
  const page = shown(withSync('in_progress'), withSync('in_progress'), withSync('completed'))
  expect(page.label()).toEqual(['Updating'])
  await page.wait(4)
  expect([page.asked(), page.label()]).toEqual([1, ['Updating']])
  await page.wait(3)
  expect([page.asked(), page.label()]).toEqual([2, ['Up to date']])
  await page.wait(60)
  expect(page.asked()).toBe(2)
})

test('nothing is read again while no bank is updating, or it is being disconnected', async () => {
  for (const rendered of [withSync('completed'), withSync('in_progress', true)]) {
    const page = shown(rendered)
    await page.wait(60)
    expect(page.asked()).toBe(0)
  }
})
