import { describe, expect, it } from 'vitest'
import { nearOf, precisionOf, recallOf, scoreHistories } from '@/scripts/bench/recurring'
import { makeHistories } from '@/scripts/bench/recurring/data'

describe('recurring payments in generated histories', () => {
  it('are found, truly recur, and are due when the schedule says', () => {
    const score = scoreHistories(makeHistories(101, 3))
    expect(precisionOf(score), score.wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
    expect(recallOf(score), score.wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
    expect(nearOf(score), score.wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
  }, 30_000)
})
