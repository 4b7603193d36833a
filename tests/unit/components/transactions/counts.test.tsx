// @vitest-environment jsdom

import { describe, expect, it } from 'vitest'
import { BulkBar } from '@/components/transactions/edit/bulk-bar'
import { CountText, FormattingProvider } from '@/components/ui/formatting'
import type { Locale } from '@/lib/domain/users/preferences'
import { cleanup, render, screen } from '@/tests/unit/components/render'

const write = (locale: Locale) => ({ locale, timeZone: null, today: '2026-03-01' })
const still = () => {}

/** The bulk bar over `count` transactions, all selected but `except`. */
const bar = (locale: Locale, count: number | null, except: number) => {
  const ids = new Set(Array.from({ length: except }, (_, n) => `id-${n}`))
  const selection = {
    selected: { all: true, ids },
    any: true,
    has: () => true,
    toggle: still,
    selectAll: still,
    clear: still
  }
  render(
    <FormattingProvider formatting={write(locale)}>
      <BulkBar
        selection={selection}
        filter={{}}
        count={count}
        tags={[]}
        dialog={{ open: false, set: still }}
        onOptimisticEdit={() => still}
      />
    </FormattingProvider>
  )
  return screen.getByRole('status').textContent
}

describe('counts', () => {
  it.each([
    ['en-US', 1, '1 bank'],
    ['en-US', 0, '0 banks'],
    ['de-DE', 12_345, '12.345 banks']
  ] as const)('in %s, %i is “%s”', (locale, of, text) => {
    render(
      <FormattingProvider formatting={write(locale)}>
        <CountText count={of} one="bank" />
      </FormattingProvider>
    )
    expect(screen.getByText(text)).toBeTruthy()
  })

  it('of selected rows use the user’s formatting', () => {
    expect(bar('de-DE', 12_346, 1)).toBe('12.345 transactions selected')
    cleanup()
    expect(bar('de-DE', null, 1_200)).toBe('Everything but 1.200 selected')
    cleanup()
    expect(bar('en-US', 2, 1)).toBe('1 transaction selected')
  })
})
