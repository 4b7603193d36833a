import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import * as BankingService from '@/lib/services/jiko'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await BankingService.ensureSubscription({
    url: `${process.env.APP_URL}/api/webhooks/jiko`,
    secrets: ['flow-jiko-webhook-0001']
  })
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.control('jiko', '/deliveries/mode', {})
})

const opened = async () => {
  const user = await world.createUser()
  await completeDraft(user)
  await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
  await world.settle()
  await PangeaService.onboardUser(user, {})
  const account = await DataService.findBankAccount(user)
  if (!account) throw new Error('no account')
  return { user, account, pocket: account.jikoPocketId }
}
const sweep = async () => {
  advanceClock(61_000)
  await reconcile()
  await world.settle()
}
const balanceOf = async (user: UserActor) =>
  (await DataService.findBankAccount(user))?.balance?.minor

describe('missed events', () => {
  test('are read from Jiko and have their effect, once', async () => {
    const { user, pocket } = await opened()
    await sweep()
    await world.control('jiko', '/deliveries/mode', { drop: true })
    await world.control('jiko', `/pockets/${pocket}/fund`, { cents: 12_345 })
    await world.settle()
    expect(await balanceOf(user)).toBe(0n)
    const logged = captureLogs()
    await sweep()
    resetSingletons('log')
    expect(logged()).toMatch(/"count":1.*"msg":"events.missed_webhooks"/)
    expect(await balanceOf(user)).toBe(12_345n)
    const count = async () =>
      (
        await world.storage.rows<{ n: number }>('select count(*)::int as n from webhook_deliveries')
      )[0]?.n
    const before = await count()
    await sweep()
    expect(await count()).toBe(before)
  })

  test('are not processed again when the webhook arrives after all', async () => {
    const { user, pocket } = await opened()
    await world.control('jiko', '/deliveries/mode', { delay: 400 })
    await world.control('jiko', `/pockets/${pocket}/fund`, { cents: 500 })
    advanceClock(61_000)
    await reconcile()
    await world.control('jiko', '/deliveries/mode', {})
    await expect
      .poll(
        async () =>
          ((await world.control('jiko', '/deliveries')) as { status: string }[]).filter(
            ({ status }) => status === 'waiting'
          ).length
      )
      .toBe(0)
    await world.settle()
    const rows = await world.storage.rows(
      `select count(*)::int as n from webhook_deliveries where vendor = 'jiko' and vendor_object_id = $1`,
      [pocket]
    )
    expect(rows).toEqual([{ n: 1 }])
    expect(await balanceOf(user)).toBe(500n)
  })

  test('do not stop the rest of the sweep when Jiko does not list them', async () => {
    const { user, pocket } = await opened()
    await world.control('jiko', `/pockets/${pocket}/status`, { status: 'FROZEN' })
    await world.control('jiko', '/faults', { path: '/api/v1/events/', kind: '404', times: 1 })
    advanceClock(16 * 60_000)
    await sweep()
    expect((await DataService.findBankAccount(user))?.status).toBe('FROZEN')
  })
})

describe('a pocket', () => {
  test('that is being opened is shown so, and polled until it is open', async () => {
    const { user, pocket } = await opened()
    const status = async () => (await DataService.findBankAccount(user))?.status
    await world.control('jiko', `/pockets/${pocket}/status`, { status: 'PENDING' })
    advanceClock(16 * 60_000)
    await sweep()
    expect(await status()).toBe('PENDING')
    await world.control('jiko', `/pockets/${pocket}/status`, { status: 'OPEN' })
    await sweep()
    expect(await status()).toBe('OPEN')
  })

  test.each(['FROZEN', 'CLOSED'])(
    'that Jiko makes %s is detected within the hour',
    async (status) => {
      const { user, pocket } = await opened()
      await world.control('jiko', `/pockets/${pocket}/status`, { status })
      advanceClock(16 * 60_000)
      await sweep()
      expect((await DataService.findBankAccount(user))?.status).toBe(status)
    }
  )
})

describe('events out of order', () => {
  const send = async (type: string, applicationId: string) => {
    const body = JSON.stringify({
      event_id: randomUUID(),
      event_type: type,
      timestamp: new Date().toISOString(),
      payload: { application_id: applicationId }
    })
    const headers = new Headers({
      'x-jiko-signature': createHmac('sha256', 'flow-jiko-webhook-0001')
        .update(body)
        .digest('base64')
    })
    await PangeaService.receiveWebhook('jiko', headers, new TextEncoder().encode(body))
    await world.settle()
  }

  test.each(['application.documents_needed', 'application.manual_review', 'application.rejected'])(
    '%s after the approval changes nothing',
    async (type) => {
      const { user } = await opened()
      const before = await DataService.findApplication(user)
      await send(type, before?.jikoApplicationId ?? '')
      expect(await DataService.findApplication(user)).toMatchObject({
        status: 'APPROVED',
        documents: before?.documents
      })
      expect((await PangeaService.onboardUser(user, {})).step).toBe('link-bank')
    }
  )

  test('an approval announced too early opens nothing', async () => {
    const user = await world.createUser()
    await completeDraft(user, 'Review')
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await world.settle()
    const application = await DataService.findApplication(user)
    await send('application.approved', application?.jikoApplicationId ?? '')
    expect(await DataService.findApplication(user)).toMatchObject({ status: 'MANUAL_REVIEW' })
    expect(await DataService.findBankAccount(user)).toBeNull()
  })
})
