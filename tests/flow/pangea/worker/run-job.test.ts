import { afterAll, beforeAll, expect, test } from 'vitest'
import { IntegrationError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { runJob } from '@/lib/services/pangea/worker/run-job'
import { resetSingletons } from '@/tests/support/environment'
import { app } from '@/tests/support/fixtures/data'
import { captureLogs } from '@/tests/support/leaks'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

async function failing(error: unknown) {
  await storage.rows('delete from webhook_deliveries')
  await DataService.saveDelivery({
    vendor: 'plaid',
    dedupeKey: 'one',
    webhook: { type: 'T', code: 'C', vendorObjectId: null, effects: [] },
    bodyHash: 'hash'
  })
  const job = await DataService.claimDelivery(app, { leaseMs: 60_000 })
  if (!job) throw new Error('nothing is due')
  const logged = captureLogs()
  const done = await runJob(job, {
    work: async () => {
      throw error
    }
  })
  resetSingletons('log')
  const [row] = await storage.rows('select status, service, code from webhook_deliveries')
  return { done, row, logs: logged() }
}

test('an error of our own is logged by name only, and attributed to no vendor', async () => {
  const { done, row, logs } = await failing(new TypeError('a secret'))
  expect(done).toBe(false)
  expect(row).toEqual({ status: 'pending', service: null, code: 'UNKNOWN' })
  expect(logs).toMatch(/"fault":"TypeError".*"msg":"delivery.error"/)
  expect(logs).not.toContain('a secret')
})

test("a vendor's error is stored under the vendor's name and code", async () => {
  const { row, logs } = await failing(
    new IntegrationError({ service: 'jiko', code: 'UNAVAILABLE', retryable: true })
  )
  expect(row).toEqual({ status: 'pending', service: 'jiko', code: 'UNAVAILABLE' })
  expect(logs).not.toContain('delivery.error')
})
