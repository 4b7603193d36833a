/**
 * Jiko's webhooks as they arrive in practice: late, repeated, in any order, and signed with a
 * rotated secret.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { resetSingletons } from '@/tests/support/environment'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => useSecrets(KEYS.jikoWebhook))
afterAll(() => world.close())

/** Like a process started with these secrets, newest first. */
function useSecrets(...secrets: string[]): void {
  process.env.JIKO_WEBHOOK_SECRETS = secrets.join(',')
  resetSingletons('env')
}

/** One event by hand. @returns whether it was accepted. */
async function send(
  type: string,
  jikoApplicationId: string,
  { secret = KEYS.jikoWebhook, agedMs = 0 } = {}
): Promise<boolean> {
  const timestamp = new Date(Date.now() - agedMs).toISOString()
  const raw = Buffer.from(
    JSON.stringify({
      event_id: randomUUID(),
      event_type: type,
      timestamp,
      payload: { application_id: jikoApplicationId }
    })
  )
  const headers = new Headers({
    'x-jiko-signature': createHmac('sha256', secret).update(raw).digest('base64')
  })
  return PangeaService.receiveWebhook('jiko', headers, raw).then(
    () => true,
    () => false
  )
}

async function applied(lastName: string): Promise<{ user: UserActor; id: string }> {
  const user = await world.createUser()
  await completeDraft(user, lastName)
  await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
  await world.settle()
  return { user, id: (await DataService.findApplication(user))?.jikoApplicationId ?? '' }
}
const decide = (id: string, decision: string) =>
  world.control('jiko', `/applications/${id}/decide`, { decision })
const statusOf = async (user: UserActor) => (await DataService.findApplication(user))?.status
const subscriptions = async () =>
  (
    (await world.control('jiko', '/ledger')) as {
      subscriptions: { id: string; url: string; events: string[] }[]
    }
  ).subscriptions

/** The response to Jiko's newest webhook; a poll would find the decision too. */
const answered = () => world.jiko.deliveries.list()[0]?.attempts.at(-1)?.status

const EVENTS = ['application.documents_needed', 'application.manual_review', 'application.approved']
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0]
].map((order) => order.map((n) => EVENTS[n] ?? ''))

describe('events out of order', () => {
  test.each(ORDERS)(
    '%s, %s, %s: an approved application stays approved, with one account',
    async (...order) => {
      const { user, id } = await applied('Documents')
      await world.control('jiko', '/deliveries/mode', { drop: true })
      await decide(id, 'review')
      await decide(id, 'approve')
      await world.control('jiko', '/deliveries/mode', { drop: false })
      for (const [n, type] of [...order, ...order].entries()) {
        expect(await send(type, id, { agedMs: n * 60_000 })).toBe(true)
        await world.settle()
        expect(await statusOf(user)).toBe('APPROVED')
      }
      expect(
        await world.storage.rows('select 1 from bank_accounts where user_id = $1', [user.userId])
      ).toHaveLength(1)
    }
  )

  test('an application under review again is not reverted by an older status', async () => {
    const { user, id } = await applied('Documents')
    expect(await statusOf(user)).toBe('DOCUMENTS_NEEDED')
    await decide(id, 'review')
    await world.settle()
    for (const type of [...EVENTS, 'application.rejected'])
      await send(type, id, { agedMs: 3_600_000 })
    await world.settle()
    expect(await statusOf(user)).toBe('MANUAL_REVIEW')
  })

  test('an event about an unknown customer changes nothing', async () => {
    const { user } = await applied('Review')
    expect(await send('application.approved', randomUUID())).toBe(true)
    await world.settle()
    expect(await statusOf(user)).toBe('MANUAL_REVIEW')
  })
})

describe('the webhook subscription', () => {
  const [OLD, NEW] = [KEYS.jikoWebhook, 'flow-jiko-webhook-0002']

  test('is created at the first start, and moved to a new first secret at the next; both are accepted meanwhile', async () => {
    await PangeaService.updateWebhookUrls()
    const [made, ...others] = await subscriptions()
    expect(others).toEqual([])
    const { user, id } = await applied('Review')

    useSecrets(NEW, OLD)
    await decide(id, 'documents')
    await world.settle()
    expect(
      [answered(), await statusOf(user)],
      'signed with the old one, before the bank was told'
    ).toEqual([200, 'DOCUMENTS_NEEDED'])
    await PangeaService.updateWebhookUrls()
    expect(await subscriptions()).toEqual([made])
    await decide(id, 'review')
    await world.settle()
    expect([answered(), await statusOf(user)], 'signed with the new one').toEqual([
      200,
      'MANUAL_REVIEW'
    ])
    expect(await send('application.manual_review', id, { secret: OLD })).toBe(true)

    useSecrets(NEW)
    expect(await send('application.manual_review', id, { secret: OLD })).toBe(false)
    await decide(id, 'approve')
    await world.settle()
    expect([answered(), await statusOf(user)], 'the old one is gone').toEqual([200, 'APPROVED'])
    useSecrets(OLD)
    await PangeaService.updateWebhookUrls()
  })

  test('is restored when disabled or duplicated, with every event that has an effect', async () => {
    await PangeaService.updateWebhookUrls()
    const store = world.jiko.store.collection<{
      id: string
      url: string
      status: string
      events: string[]
    }>('subscriptions')
    const [known] = store.all()
    if (known) store.put({ ...known, status: 'disabled', events: ['card.status.open'] })
    if (known) store.put({ ...known, id: randomUUID() })
    await PangeaService.updateWebhookUrls()
    const [kept, ...others] = store.all()
    expect(others).toEqual([])
    expect(kept).toMatchObject({
      status: 'enabled',
      events: expect.arrayContaining(['application.approved', 'transfers.on-us.processing'])
    })
    expect(kept?.events).not.toContain('card.status.open')
  })
})
