import { afterAll, beforeAll, expect, test } from 'vitest'
import { RUNS, runHistories } from '@/tests/model/simulation/histories'
import { openVendorModel, type VendorModel } from '@/tests/model/simulation/vendor-model'

let world: VendorModel
beforeAll(async () => {
  world = await openVendorModel()
})
afterAll(() => world.close())

test('after any history, the stored rows equal the bank’s (share b)', {
  timeout: 6 * 3_600_000
}, async () => {
  const played = await runHistories(world, 730500)
  expect(played).toBeGreaterThanOrEqual(RUNS)
})
