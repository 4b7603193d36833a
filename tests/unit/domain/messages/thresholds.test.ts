import { expect, test } from 'vitest'
import { summaryWeek } from '@/lib/domain/messages/thresholds'

test.each([
  ['2026-11-30T12:59:59Z', null],
  ['2026-11-30T13:00:00Z', { from: '2026-11-23', to: '2026-11-29' }],
  ['2026-12-01T00:00:00Z', { from: '2026-11-23', to: '2026-11-29' }],
  ['2026-12-01T23:59:59Z', { from: '2026-11-23', to: '2026-11-29' }],
  ['2026-12-02T00:00:00Z', null],
  ['2026-11-29T20:00:00Z', null]
])('at %s the summary of %o is due', (at, week) => {
  expect(summaryWeek(new Date(at))).toEqual(week)
})
