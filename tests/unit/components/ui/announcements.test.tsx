// @vitest-environment jsdom

import { afterEach, expect, it, vi } from 'vitest'
import { LinkExpiryNotice } from '@/components/connections/link/link-expiry-notice'
import { FixAvatarAlt } from '@/components/shell/fix-avatar-alt'
import { FilterTotals } from '@/components/transactions/filter-totals'
import { act, cleanup, render, screen, waitFor } from '@/tests/unit/components/render'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it('one live region announces a filter’s count, an empty result, and no filter', () => {
  const { rerender } = render(<FilterTotals summary={null} />)
  const region = screen.getByRole('status')
  rerender(<FilterTotals summary={{ count: 12, sums: [{ minor: '-4200', currency: 'USD' }] }} />)
  expect(region.textContent).toContain('12 transactions')
  expect(region.textContent).toContain('$42.00')
  rerender(<FilterTotals summary={{ count: 0, sums: [] }} />)
  expect(region.textContent).toBe('No transactions match')
})

it('the expiry of Plaid’s window is announced five minutes before', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12, 0) })
  render(<LinkExpiryNotice expiresAt="2026-01-01T12:30:00Z" />)
  act(() => vi.advanceTimersByTime(24 * 60_000))
  expect(screen.queryByRole('alert', { hidden: true })).toBeNull()
  act(() => vi.advanceTimersByTime(90_000))
  expect(screen.getByRole('alert', { hidden: true }).textContent).toContain('expires on')
})

it('Clerk’s user image is decorative, also when Clerk adds or labels it later', async () => {
  render(<FixAvatarAlt />)
  const image = document.createElement('img')
  image.className = 'cl-avatarImage cl-userAvatarImage'
  image.alt = "'s logo"
  document.body.append(image)
  await waitFor(() => expect(image.alt).toBe(''))
  image.alt = "Ada's logo"
  await waitFor(() => expect(image.alt).toBe(''))
  image.remove()
})
