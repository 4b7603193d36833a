import { expect, it } from 'vitest'
import { advanceClock, now } from '@/lib/platform/clock'

it('the app’s time goes with real time, ahead by what a test added', () => {
  const before = now().getTime()
  expect(Math.abs(before - Date.now())).toBeLessThan(1_000)
  advanceClock(3_600_000)
  expect(now().getTime() - before).toBeGreaterThanOrEqual(3_600_000)
})
