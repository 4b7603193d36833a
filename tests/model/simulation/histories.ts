/** One share of the histories: a fixed number on any machine, then as many more as time allows. */
import fc from 'fast-check'
import { expectAgreement } from '@/tests/model/simulation/assertions'
import { history } from '@/tests/model/simulation/random-history'
import type { VendorModel } from '@/tests/model/simulation/vendor-model'

const LONG = Boolean(process.env.TEST_LONG)
export const MIN_RUNS = LONG ? 10_000 : 80
const EXTRA_SECONDS = LONG ? 0 : 20

/** @returns the number of histories that ran. */
export async function runHistories(world: VendorModel, seed: number): Promise<number> {
  const began = Date.now()
  let played = 0
  const property = fc.asyncProperty(history, async (each) => {
    await expectAgreement(world, each)
    played++
  })
  await fc.assert(property, { seed, numRuns: MIN_RUNS, endOnFailure: false })
  const left = EXTRA_SECONDS * 1_000 - (Date.now() - began)
  if (left > 2_000)
    await fc.assert(property, {
      seed: seed + 1,
      numRuns: 100_000,
      interruptAfterTimeLimit: left,
      markInterruptAsFailure: false
    })
  return played
}
