import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Vendor, WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { singleton } from '@/lib/platform/globals'
import { withRequestId } from '@/lib/platform/request-context'
import { DataService, PangeaService } from '@/lib/services'
import { claimFolded, FOLD_MS } from '@/lib/services/pangea/webhooks/claim-folded'
import { linkedUser } from '@/tests/support/connections'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(async () => {
  world.plaid.faults.clear()
  await PangeaService.stopWorker()
})
afterAll(() => world.close())

const deliver = (vendor: Vendor, dedupeKey: string, effects: WebhookEffect[]) =>
  DataService.saveDelivery({
    vendor,
    dedupeKey,
    webhook: { type: 'T', code: 'C', vendorObjectId: null, effects },
    bodyHash: 'hash'
  })

const statusOf = async (key: string) =>
  (
    await world.storage.rows<{ status: string }>(
      'select status from webhook_deliveries where dedupe_key = $1',
      [key]
    )
  )[0]?.status

test('while Plaid hangs, a delivery from Clerk does not wait for those from Plaid', async () => {
  const linked = await Promise.all([1, 2, 3].map(() => linkedUser(world)))
  await world.settle()
  await world.control('plaid', '/faults', { kind: 'latency', delay: 5_000, times: 20 })
  const plaidKeys = await Promise.all(
    linked.map(async ({ itemId }, index) => {
      await deliver('plaid', `plaid-${index}`, [
        {
          kind: 'check_item',
          plaidItemId: itemId,
          hint: { status: 'bad', errorType: null, errorCode: null, until: null }
        }
      ])
      return `plaid-${index}`
    })
  )
  await deliver('clerk', 'clerk', [{ kind: 'ignore', reason: 'a test' }])
  PangeaService.startWorker()
  PangeaService.wakeWorker()
  await expect.poll(() => statusOf('clerk'), { timeout: 20_000 }).toBe('completed')
  const waiting = await Promise.all(plaidKeys.map(statusOf))
  expect(waiting).not.toContain('completed')
})

test('our own checks of accounts at Jiko run in its lane', async () => {
  await world.storage.rows(
    `insert into webhook_deliveries (id, vendor, dedupe_key, type, body_hash, readable, effects)
     values (gen_random_uuid(), 'pangea', 'check', 'return_check', '', true, '[{"kind":"ignore","reason":"a test"}]')`
  )
  PangeaService.startWorker()
  await expect.poll(() => statusOf('check'), { timeout: 20_000 }).toBe('completed')
})

test('the log lines of a job do not name the request that woke the worker', async () => {
  const logged = captureLogs()
  PangeaService.startWorker()
  const { look } = singleton<{ look: { running: unknown } }>('worker', Object)
  await expect.poll(() => look.running).toBeNull()
  await withRequestId(async () => {
    await deliver('plaid', 'unknown', [{ kind: 'request_sync', plaidItemId: 'unknown' }])
    PangeaService.wakeWorker()
  })
  await expect.poll(logged, { timeout: 20_000 }).toContain('connection.unknown_item')
  expect(logged()).not.toContain('requestId')
})

test('in a flood for one Item, the deliveries of a second are one job, and another Item does not wait', async () => {
  await world.storage.rows('delete from webhook_deliveries')
  const app = systemActor('worker')
  const arrive = async (item: string, n: number) => {
    const effects: WebhookEffect[] = [{ kind: 'request_sync', plaidItemId: item }]
    await DataService.saveDelivery({
      vendor: 'plaid',
      dedupeKey: `${item}-${n}`,
      webhook: { type: 'T', code: 'C', vendorObjectId: item, effects },
      bodyHash: 'hash'
    })
  }
  const claim = () => claimFolded(app, { leaseMs: 60_000, vendor: 'plaid' })
  await arrive('busy', 0)
  expect(await claim()).toMatchObject({ vendorObjectId: 'busy' })
  for (let n = 1; n <= 5; n++) {
    await arrive('busy', n)
    expect(await claim()).toBeNull()
  }
  await arrive('quiet', 0)
  expect(await claim()).toMatchObject({ vendorObjectId: 'quiet' })

  advanceClock(FOLD_MS + 1)
  expect(await claim()).toMatchObject({ vendorObjectId: 'busy' })
  const rest = [1, 2, 3, 4, 5].map((n) => statusOf(`busy-${n}`))
  expect((await Promise.all(rest)).toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'completed'),
    'in_progress'
  ])
  advanceClock(-FOLD_MS - 1)
})
