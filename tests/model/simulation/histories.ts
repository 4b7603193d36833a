/** One share of the histories. */
import fc from 'fast-check'
import { expectAgreement } from '@/tests/model/simulation/assertions'
import { history } from '@/tests/model/simulation/random-history'
import type { VendorModel } from '@/tests/model/simulation/vendor-model'

export const RUNS = process.env.TEST_LONG ? 10_000 : 50

/** @returns the number of histories that ran. */
export async function runHistories(world: VendorModel, seed: number): Promise<number> {
  let played = 0
  const property = fc.asyncProperty(history, async (each) => {
    await expectAgreement(world, each)
    played++
  })
  await fc.assert(property, { seed, numRuns: RUNS, endOnFailure: false })
  return played
}
