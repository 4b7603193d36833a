import { expect, test } from 'vitest'
import { timeOrderedId } from '@/lib/platform/time-ordered-id'

test('ids are UUIDs of version 7, in the order of their time, and differ within a millisecond', () => {
  const at = Date.UTC(2026, 10, 29)
  expect(timeOrderedId(at)).toMatch(/^01a22499-f800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const ids = [1, 255, 256, 65_536, 86_400_000].map((after) => timeOrderedId(at + after))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(Array.from({ length: 100 }, () => timeOrderedId(at))).size).toBe(100)
})
