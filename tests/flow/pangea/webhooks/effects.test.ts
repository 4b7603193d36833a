/** Effects that end without a change, and the watch for webhooks that do not arrive. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { pollEvents } from '@/lib/services/pangea/webhooks/poll-events'
import { processDelivery } from '@/lib/services/pangea/webhooks/process-delivery'
import { resetSingletons } from '@/tests/support/environment'
import { app } from '@/tests/support/fixtures/data'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
let logged: () => string
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  logged = captureLogs()
})
afterEach(() => resetSingletons('log'))

/** Stores a delivery with one effect and processes it. @returns the delivery's row. */
async function apply(effect: object) {
  const { id } = await DataService.saveDelivery({
    vendor: 'clerk',
    dedupeKey: randomUUID(),
    webhook: {
      type: 'test',
      code: null,
      vendorObjectId: null,
      effects: [effect as WebhookEffect]
    },
    bodyHash: 'hash'
  })
  const delivery = await DataService.claimDelivery(app, { leaseMs: 60_000 })
  if (delivery?.id !== id) throw new Error('another delivery is due')
  await processDelivery(delivery)
  const [row] = await world.storage.rows(
    'select status, code from webhook_deliveries where id = $1',
    [id]
  )
  return row
}

describe('a delivery', () => {
  test('with an effect that only a newer version knows is tried again, and logged by its name', async () => {
    expect(await apply({ kind: 'effect_of_tomorrow' })).toEqual({
      status: 'pending',
      code: 'UNKNOWN'
    })
    expect(logged()).toContain('"fault":"UnknownEffect effect_of_tomorrow"')
    await world.storage.rows('delete from webhook_deliveries')
  })

  test('that reports a deletion erases nobody whom Clerk still has', async () => {
    const user = await world.createUser()
    await world.settle()
    expect(await apply({ kind: 'erase_user', userId: user.userId })).toMatchObject({
      status: 'completed'
    })
    expect(await DataService.findDeletion(user)).toBeNull()
    expect(logged()).toContain('delivery.user_exists')
  })

  test.each<WebhookEffect>([
    { kind: 'update_user', userId: 'user_nobody' },
    { kind: 'record_sign_in', sessionId: 'sess_nobody' },
    { kind: 'request_sync', plaidItemId: 'item-nobody' },
    { kind: 'check_account', plaidItemId: 'item-nobody', plaidAccountId: 'account' },
    { kind: 'offer_accounts', plaidItemId: 'item-nobody' },
    { kind: 'refresh_account', jikoPocketId: randomUUID() },
    { kind: 'ignore', reason: 'nothing to do' }
  ])('about an object that nobody has is completed: $kind', async (effect) => {
    expect(await apply(effect)).toEqual({ status: 'completed', code: null })
  })
})

describe('events that no webhook delivered', () => {
  const eventCalls = async () =>
    (
      await world.storage.rows(
        "select 1 from vendor_events where service = 'jiko' and method like '%/events/%'"
      )
    ).length

  test('are counted in the log, and read again no earlier than after a minute', async () => {
    resetSingletons('jiko.events')
    expect(await pollEvents()).toBe(0)
    // A call is recorded after its response.
    await expect.poll(eventCalls).toBeGreaterThan(0)
    const calls = await eventCalls()
    expect(await pollEvents()).toBe(0)
    expect(await eventCalls()).toBe(calls)
    expect(logged()).not.toContain('events.missed_webhooks')
    advanceClock(60_000)
    await pollEvents()
    await expect.poll(eventCalls).toBe(calls + 1)
  })
})

describe('the registration of our addresses', () => {
  test('reports a vendor that does not respond, and does not stop the start', async () => {
    await world.control('jiko', '/faults', { path: '/api/v1/subscriptions/', kind: '404' })
    expect(await PangeaService.updateWebhookUrls()).toBe(false)
    expect(logged()).toMatch(/"service":"jiko".*"msg":"subscription.unavailable"/)
    await fetch(`${world.jiko.url}/_sandbox/faults`, { method: 'DELETE' })
    expect(await PangeaService.updateWebhookUrls()).toBe(true)
  })
})
