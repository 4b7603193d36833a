import { describe, expect, it } from 'vitest'
import { findRecurring } from '@/lib/domain/reports/recurring'
import { toSeries } from '@/scripts/bench/recurring'
import { type History, makeHistories } from '@/scripts/bench/recurring/data'

/** One line per history: what was found in it, in order. */
function describeHistory(history: History, n: number): string {
  const found = findRecurring(toSeries(history), history.today).map(
    ({ words, cadence, minor, fixed, lastOn, nextOn }) =>
      `${words} ${cadence} ${minor} ${fixed ? 'fixed' : 'varies'} ${lastOn} ${nextOn}`
  )
  return `${n} ${history.kind}: ${found.join(', ') || 'none'}`
}

describe('the rules for recurring payments', () => {
  it('find exactly the recorded payments: a changed rule shows here which histories it changes', async () => {
    const lines = makeHistories(101, 3).map(describeHistory)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./recorded/recurring.txt')
  })
})
