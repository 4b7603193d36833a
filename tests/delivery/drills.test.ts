import { expect, test } from 'vitest'
import { drillRestore } from '@/scripts/drill/restore'

test('after restoring an hour-old dump, transfers, deletions and transactions catch up with the vendors', {
  timeout: 300_000
}, async () => {
  process.env.TEST_STORAGE = 'postgres'
  const failed = (await drillRestore()).filter(({ passed }) => !passed)
  expect(failed.map(({ what }) => what)).toEqual([])
})
