import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { itemOf, linkedUser } from '@/tests/support/connections'
import { columnsContaining } from '@/tests/support/leaks'
import { deletionHelpers } from '@/tests/support/steps/deletions'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await PangeaService.updateWebhookUrls()
})
afterAll(() => world.close())
afterEach(async () => {
  for (const vendor of [world.clerk, world.plaid, world.jiko])
    await fetch(`${vendor.url}/_sandbox/faults`, { method: 'DELETE' })
})

const app = systemActor('test')

const { ledger, isAtClerk, progress, settled } = deletionHelpers(() => world)

/**
 * A correctly signed webhook, as anyone with access to the endpoint's settings at Clerk can resend
 * it. @returns its svix id.
 */
async function receiveUserDeleted(userId: string): Promise<string> {
  const body = JSON.stringify({
    type: 'user.deleted',
    object: 'event',
    data: { id: userId, object: 'user', deleted: true }
  })
  const id = `msg_${randomUUID()}`
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const key = Buffer.from(KEYS.clerkWebhook.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = new Headers({
    'svix-id': id,
    'svix-timestamp': timestamp,
    'svix-signature': `v1,${signature}`
  })
  await PangeaService.receiveWebhook('clerk', headers, new TextEncoder().encode(body))
  return id
}

describe('deleting all data', () => {
  test.each([
    [
      'plaid',
      '/item/remove',
      'INVALID_API_KEYS',
      { items: null, bank: null, rows: null, sign_in: null }
    ],
    [
      'jiko',
      '/api/v2/customers',
      undefined,
      { items: expect.any(String), bank: null, rows: null, sign_in: null }
    ],
    [
      'clerk',
      '/v1/users',
      undefined,
      {
        items: expect.any(String),
        bank: expect.any(String),
        rows: expect.any(String),
        sign_in: null
      }
    ]
  ] as const)(
    'while %s does not respond, it waits there, shows what is done, and completes automatically afterwards',
    async (vendor, path, code, doneAt) => {
      const { user } = await settled()
      const { id } = await PangeaService.deleteMyData(user)
      await world.control(vendor, '/faults', {
        path,
        kind: vendor === 'plaid' ? '400' : '401',
        ...(code ? { code } : {})
      })
      await world.settle()
      expect(await progress(id)).toMatchObject({ status: 'pending', service: vendor, doneAt })
      await fetch(`${world[vendor].url}/_sandbox/faults`, { method: 'DELETE' })
      advanceClock(600_000)
      await world.settle()
      expect(await progress(id)).toMatchObject({ status: 'completed' })
      expect(await isAtClerk(user)).toBe(false)
      expect(await columnsContaining(world.storage, [user.userId])).toEqual([])
    }
  )

  test('a user deleted at Clerk is deleted everywhere, and late webhooks restore nothing', async () => {
    const { user, itemId } = await settled()
    await world.control('clerk', `/users/${user.userId}/delete`, {})
    await world.settle()
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(await columnsContaining(world.storage, [user.userId, itemId])).toEqual([])
    await expect(DataService.ensureUser(user)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Everything about this login was deleted.'
    })
    await DataService.saveUserEmail(app, user.userId, 'late@example.com')
    expect(await columnsContaining(world.storage, [user.userId, 'late@example.com'])).toEqual([])
  })

  test('a signed user.deleted for a user who still exists at Clerk erases nothing, and waits while Clerk does not respond', async () => {
    const { user } = await linkedUser(world)
    const deletions = async () =>
      world.storage.rows('select 1 from deletion_requests where user_id = $1', [user.userId])
    await receiveUserDeleted(user.userId)
    await world.settle()
    expect(await deletions()).toEqual([])
    expect(await isAtClerk(user)).toBe(true)
    expect(await DataService.listConnections(user)).toHaveLength(1)

    const id = await receiveUserDeleted(user.userId)
    const delivery = async () =>
      (
        await world.storage.rows(
          'select status, service, code from webhook_deliveries where dedupe_key = $1',
          [id]
        )
      )[0]
    await world.control('clerk', '/faults', {
      path: '/v1/users',
      kind: '429',
      code: 'too_many_requests'
    })
    await PangeaService.runDueJobs()
    expect(await delivery()).toEqual({
      status: 'pending',
      service: 'clerk',
      code: 'too_many_requests'
    })
    expect(await deletions()).toEqual([])
    await fetch(`${world.clerk.url}/_sandbox/faults`, { method: 'DELETE' })
    await world.control('clerk', `/users/${user.userId}/delete`, {})
    advanceClock(600_000)
    await world.settle()
    expect(await isAtClerk(user)).toBe(false)
    expect(await columnsContaining(world.storage, [user.userId])).toEqual([])
  })

  test('a pending application is no longer polled', async () => {
    const user = await world.createUser()
    await completeDraft(user, 'Review')
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await PangeaService.onboardUser(user, {})
    const [before] = await world.storage.rows<{ id: string }>(
      'select jiko_application_id as id from applications where user_id = $1',
      [user.userId]
    )
    await PangeaService.deleteMyData(user)
    const pockets = (await ledger('jiko')).pockets.length
    await world.control('jiko', `/applications/${before?.id}/decide`, { decision: 'approve' })
    await world.settle()
    expect(
      (await ledger('jiko')).pockets,
      'no account opens for a user being deleted'
    ).toHaveLength(pockets)
    expect(await columnsContaining(world.storage, [user.userId, before?.id ?? ''])).toEqual([])
    expect(await isAtClerk(user)).toBe(false)
  })
})
