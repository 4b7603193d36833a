import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { JOB_KINDS } from '@/lib/domain/jobs/job'
import type { AdminActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { auditActionsOf, linkedUser } from '@/tests/support/connections'
import { fundedUser, makeTransfer } from '@/tests/support/funding'
import { adminHelpers } from '@/tests/support/steps/admins'
import { openWorld, type World } from '@/tests/support/world'

let world: World
let admin: AdminActor
beforeAll(async () => {
  world = await openWorld()
  admin = await newAdmin()
})
afterAll(() => world.close())

const { newAdmin } = adminHelpers(() => world)

describe('failed jobs', () => {
  const troubled = async (id: string) =>
    (await DataService.listFailedJobs()).find((work) => work.id === id)

  test('are listed until they succeed, and can be retried', async () => {
    const { user, connectionId } = await linkedUser(world)
    const [run] = await world.storage.rows<{ id: string }>(
      `update sync_runs set status = 'failed', service = 'plaid', code = 'INSTITUTION_DOWN' where connection_id = $1 returning id`,
      [connectionId]
    )
    expect(await troubled(run?.id ?? '')).toMatchObject({
      kind: 'sync',
      userId: user.userId,
      code: 'INSTITUTION_DOWN'
    })
    await DataService.retryJob(admin, {
      kind: 'sync',
      id: run?.id ?? '',
      reason: 'The bank is back'
    })
    await world.settle()
    expect(await troubled(run?.id ?? '')).toBeUndefined()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      sync: { status: 'completed', trigger: 'admin' }
    })
    expect(await auditActionsOf(world, user)).toContain('admin.work_retried')
  })

  test('of a webhook can be repeated, also after success', async () => {
    const { itemId } = await linkedUser(world)
    const [delivery] = await world.storage.rows<{ id: string }>(
      `update webhook_deliveries set status = 'failed', attempts = 10, code = 'UNKNOWN' where id = (select id from webhook_deliveries where vendor_object_id = $1 limit 1) returning id`,
      [itemId]
    )
    const id = delivery?.id ?? ''
    expect(await troubled(id)).toMatchObject({ kind: 'delivery', status: 'failed', attempts: 10 })
    await DataService.retryJob(admin, { kind: 'delivery', id, reason: 'Mended' })
    await world.settle()
    expect(
      await world.storage.rows('select status, attempts from webhook_deliveries where id = $1', [
        id
      ])
    ).toEqual([{ status: 'completed', attempts: 1 }])
    await DataService.retryJob(admin, { kind: 'delivery', id, reason: 'Once more' })
    await world.settle()
    expect(await troubled(id)).toBeUndefined()
  })

  test('are listed however many there are', async () => {
    await world.storage.rows(`insert into webhook_deliveries (id, vendor, dedupe_key, body_hash, readable, effects, status, code)
      select gen_random_uuid(), 'jiko', 'failed ' || n, '', true, '[]', 'failed', 'LISTED' from generate_series(1, 60) n`)
    const listed = (await DataService.listFailedJobs()).filter(({ code }) => code === 'LISTED')
    expect(listed).toHaveLength(60)
    await world.storage.rows(`delete from webhook_deliveries where code = 'LISTED'`)
  })

  test('of an e-mail are listed, and sent on retry', async () => {
    const { user, connectionId } = await linkedUser(world)
    const [notice] = await world.storage.rows<{ id: string }>(
      `insert into notices (id, user_id, connection_id, trouble, status, attempts, service, code)
       values (gen_random_uuid(), $1, $2, 'bad', 'failed', 8, 'mail', 'REFUSED') returning id`,
      [user.userId, connectionId]
    )
    const id = notice?.id ?? ''
    expect(await troubled(id)).toMatchObject({
      kind: 'notice',
      status: 'failed',
      userId: user.userId,
      service: 'mail',
      code: 'REFUSED'
    })
    await DataService.retryJob(admin, { kind: 'notice', id, reason: 'The mail server is back' })
    expect(
      await world.storage.rows('select status, attempts, code from notices where id = $1', [id])
    ).toEqual([{ status: 'pending', attempts: 0, code: null }])
    await world.settle()
    expect(await troubled(id)).toBeUndefined()
  })

  test('of a transfer are listed without the amount, and only one being submitted can be resumed', async () => {
    const user = await fundedUser(world)
    const { id } = await makeTransfer(user, 'in', 10_000n)
    const inState = async (state: string, more = '') => {
      await world.storage.rows(
        `update transfers set state = $2, attempts = 3 ${more} where id = $1`,
        [id, state]
      )
      return troubled(id)
    }
    expect(await inState('returned', `, return_code = 'R01'`)).toMatchObject({
      kind: 'transfer',
      what: 'deposit',
      status: 'failed',
      code: 'R01',
      userId: user.user.userId
    })
    await expect(
      DataService.retryJob(admin, { kind: 'transfer', id, reason: 'a reason' })
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await inState('settled')).toBeUndefined()
    expect(
      await inState(
        'sending',
        `, status = 'pending', run_at = now() + interval '3 hours', return_code = null`
      )
    ).toMatchObject({
      status: 'pending',
      code: 'SENDING'
    })
    await DataService.retryJob(admin, { kind: 'transfer', id, reason: 'The bank is back' })
    expect(
      await world.storage.rows(
        `select run_at < now() + interval '2 hours' as due from transfers where id = $1`,
        [id]
      )
    ).toEqual([{ due: true }])
  })

  test('that do not exist or are running cannot be changed', async () => {
    for (const kind of JOB_KINDS)
      for (const id of ['no id', '00000000-0000-4000-8000-000000000000'])
        await expect(
          DataService.retryJob(admin, { kind, id, reason: 'a reason' }),
          `${kind} ${id}`
        ).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('an Item that may be left at Plaid is counted and listed once per session, until it becomes a connection', async () => {
  const user = await world.createUser()
  await DataService.ensureUser(user)
  const linked = { linkSessionId: 'session-orphaned', institutionId: 'ins_109508' }
  const { count: before } = await DataService.listOrphanedItems()
  for (const errorCode of ['TIMEOUT', 'INTERNAL_SERVER_ERROR'])
    await DataService.recordOrphanedItem(user, {
      ...linked,
      type: 'orphan',
      requestId: 'request1',
      status: null,
      errorType: null,
      errorCode
    })
  const { count, items } = await DataService.listOrphanedItems()
  expect(count).toBe(before + 1)
  expect(items[0]).toMatchObject({
    ...linked,
    userId: user.userId,
    requestId: 'request1',
    errorCode: 'INTERNAL_SERVER_ERROR'
  })
  await PangeaService.linkBank(user, {
    ...linked,
    publicToken: await world.publicToken(),
    accounts: []
  })
  expect(await DataService.listOrphanedItems()).toMatchObject({ count: before })
})

test('services are reported by their responses and webhooks', async () => {
  await linkedUser(world)
  const found = await DataService.listVendorStats()
  expect(found.map(({ service }) => service)).toEqual(['clerk', 'jiko', 'plaid'])
  const plaid = found.find(({ service }) => service === 'plaid')
  expect(plaid?.calls).toBeGreaterThan(3)
  expect(plaid).toMatchObject({
    lastSuccessAt: expect.any(String),
    lastWebhookAt: expect.any(String),
    slowestMs: expect.any(Number)
  })
})

test('the audit log is read page by page, and filtered by actor, subject and action', async () => {
  const { user } = await linkedUser(world)
  const listed: string[] = []
  for (let cursor: string | null = null, more = true; more; ) {
    const { items, next }: Awaited<ReturnType<typeof DataService.listAudit>> =
      await DataService.listAudit({ text: '', cursor })
    listed.push(...items.map(({ id }) => id))
    cursor = next
    more = next !== null
  }
  const [count] = await world.storage.rows<{ n: number }>(
    'select count(*)::int as n from audit_entries join audit_details on audit_id = id'
  )
  expect(listed).toHaveLength(count?.n ?? 0)
  expect(new Set(listed).size).toBe(listed.length)
  const { items } = await DataService.listAudit({ text: user.userId, cursor: 'broken' })
  expect(items.length).toBeGreaterThan(2)
  expect(
    items.every(({ userId, actorId, subject }) => [userId, actorId, subject].includes(user.userId))
  ).toBe(true)
  const viewed = await DataService.listAudit({ text: 'admin.person_v', cursor: null })
  expect(
    viewed.items.every(
      ({ action, reason }) => action === 'admin.person_viewed' && reason !== undefined
    )
  ).toBe(true)
})
