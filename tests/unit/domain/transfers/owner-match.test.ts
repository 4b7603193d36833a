import { expect, test } from 'vitest'
import { ownerMatch } from '@/lib/domain/transfers/owner-match'

test.each([
  [100, 'same'],
  [85, 'same'],
  [70, 'same'],
  [69, 'different'],
  [0, 'different'],
  [null, null]
] as const)('a name with the score %s is %s', (score, match) => {
  expect(ownerMatch(score)).toBe(match)
})
