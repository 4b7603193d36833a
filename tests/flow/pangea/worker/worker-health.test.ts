import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { PangeaService } from '@/lib/services'
import { serveWorkerHealth } from '@/scripts/deployment/worker-health'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
const server = serveWorkerHealth({ port: 0, metricsToken: 'a-token' })
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(async () => {
  await PangeaService.stopWorker()
  server.close()
  await storage.close()
})

const statusOf = async (path: string, token = '') => {
  const { port } = server.address() as AddressInfo
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status
}

test('a worker is healthy while it reads due jobs, and not before, after or without', async () => {
  const live = () => statusOf('/api/health/live')
  expect(await live()).toBe(503)
  PangeaService.startWorker()
  expect(await live()).toBe(200)
  advanceClock(31_000)
  expect(await live()).toBe(503)
  await expect.poll(live, { timeout: 10_000 }).toBe(200)
  await PangeaService.stopWorker()
  expect(await live()).toBe(503)
})

test('its metrics need the token', async () => {
  expect(await statusOf('/api/metrics')).toBe(401)
  expect(await statusOf('/api/metrics', 'a-token')).toBe(200)
  expect(await statusOf('/anything', 'a-token')).toBe(404)
})
