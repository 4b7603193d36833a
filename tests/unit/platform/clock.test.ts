import { expect, it } from 'vitest'
import { advanceClock, now } from '@/lib/platform/clock'

it('the app’s clock follows real time plus a test’s offset', () => {
  const before = now().getTime()
  expect(Math.abs(before - Date.now())).toBeLessThan(1_000)
  advanceClock(3_600_000)
  expect(now().getTime() - before).toBeGreaterThanOrEqual(3_600_000)
})
