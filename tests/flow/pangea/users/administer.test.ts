import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST as retry } from '@/app/api/v1/admin/failed-jobs/route'
import { POST as grantAccess } from '@/app/api/v1/admin/users/[id]/access/route'
import { DELETE as remove } from '@/app/api/v1/admin/users/[id]/route'
import type { AdminActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { AuthService, DataService, PangeaService } from '@/lib/services'
import { auditActionsOf, linkedUser } from '@/tests/support/connections'
import { adminHelpers } from '@/tests/support/steps/admins'
import { openWorld, type World } from '@/tests/support/world'

let world: World
let admin: AdminActor
beforeAll(async () => {
  world = await openWorld()
  admin = await newAdmin()
})
afterAll(() => world.close())

const { press, withSecond, newAdmin } = adminHelpers(() => world)

describe('an administrator', () => {
  test('is defined by Clerk’s current data, and all others get 404', async () => {
    const user = await withSecond(await world.createUser())
    await expect(AuthService.requireAdmin(user)).rejects.toMatchObject({ code: 'not_found' })
    await press(user.userId, 'make-admin')
    expect(await AuthService.requireAdmin(user)).toMatchObject({
      userId: user.userId,
      admin: true
    })
    await press(user.userId, 'make-plain')
    await expect(AuthService.requireAdmin(user)).rejects.toMatchObject({ code: 'not_found' })
    await press(user.userId, 'delete')
    await expect(AuthService.requireAdmin(user)).rejects.toMatchObject({
      code: 'unauthenticated'
    })
  })

  test('needs a second factor in this session, and for actions a verification within minutes', async () => {
    const user = await world.createUser()
    await press(user.userId, 'make-admin')
    await expect(AuthService.requireAdmin(await withSecond(user, null))).rejects.toMatchObject({
      code: 'reverification_required'
    })
    const old = await AuthService.requireAdmin(await withSecond(user, 45))
    await DataService.ensureUser(user)
    expect((await DataService.listUsers({ text: user.userId, cursor: null })).items).toHaveLength(1)
    expect(() => AuthService.requireReverification(old, '10m')).toThrow(
      expect.objectContaining({ code: 'reverification_required' })
    )
    for (const { declaration } of [grantAccess, retry, remove])
      expect(declaration).toMatchObject({ auth: 'admin', stepUp: '10m' })
  })
})

const found = async (text: string) => (await DataService.listUsers({ text, cursor: null })).items

describe('users', () => {
  test('are listed page by page, each once', async () => {
    await world.storage.rows(
      `insert into users (id, email, created_at) select 'user_page_' || n, n || '@example.com', now() from generate_series(1, 73) n`
    )
    const listed: string[] = []
    const sizes: number[] = []
    for (let cursor: string | null = null, more = true; more; ) {
      const { items, next }: Awaited<ReturnType<typeof DataService.listUsers>> =
        await DataService.listUsers({ text: '@example.com', cursor })
      listed.push(...items.map(({ id }) => id))
      sizes.push(items.length)
      cursor = next
      more = next !== null
    }
    expect(sizes[0]).toBe(50)
    expect(listed.filter((id) => id.startsWith('user_page_'))).toHaveLength(73)
    expect(new Set(listed).size).toBe(listed.length)
    await world.storage.rows(`delete from users where id like 'user_page_%'`)
  })

  test('are found by address or by any of their ids, and input is never a pattern', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await DataService.saveUserEmail(user, user.userId, 'Ada_100%@example.com')
    for (const text of ['ada_100%', user.userId, connectionId, itemId])
      expect(await found(text), text).toMatchObject([
        { id: user.userId, connections: 1, broken: 0 }
      ])
    expect(await found('ada%100')).toEqual([])
    expect(await found("'; drop table users")).toEqual([])
  })

  test('show their timeline to an admin with a reason, for half an hour, and the reason is kept', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    const other = await newAdmin()
    const event = {
      type: 'exit',
      linkSessionId: 'session-1',
      requestId: 'request-1',
      status: 'requires_credentials',
      institutionId: 'ins_1',
      connectionId
    } as const
    await PangeaService.recordLinkEvent(user, {
      ...event,
      errorType: 'INSTITUTION_ERROR',
      errorCode: 'INSTITUTION_DOWN',
      visit: null
    })
    expect(await PangeaService.findActivityTimeline(admin, user.userId)).toBeNull()
    await DataService.recordAccess(admin, { userId: user.userId, reason: 'Request 4711' })
    const trail = await PangeaService.findActivityTimeline(admin, user.userId)
    expect(trail?.person).toMatchObject({ id: user.userId, connections: 1 })
    expect(trail?.person).not.toHaveProperty('key')
    expect(trail?.connections).toMatchObject([
      { id: connectionId, itemId, linkSessionId: expect.any(String), errorType: null }
    ])
    expect(trail?.linkEvents[0]).toMatchObject({
      linkSessionId: 'session-1',
      requestId: 'request-1',
      institutionId: 'ins_1',
      itemId,
      errorType: 'INSTITUTION_ERROR',
      errorCode: 'INSTITUTION_DOWN'
    })
    expect(trail?.calls.map(({ method }) => method)).toContain('/item/public_token/exchange')
    expect(trail?.calls.some(({ requestId }) => requestId !== null)).toBe(true)
    expect(trail?.runs[0]).toMatchObject({ status: 'completed' })
    expect(trail?.deliveries.map(({ vendor }) => vendor)).toContain('plaid')
    expect(trail?.audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['connection.stored', 'admin.person_viewed'])
    )
    expect(
      await PangeaService.findActivityTimeline(other, user.userId),
      'another administrator'
    ).toBeNull()
    const [kept] = await world.storage.rows(
      'select actor_id, reason from audit_entries join audit_details on audit_id = id where action = $1 and user_id = $2',
      ['admin.person_viewed', user.userId]
    )
    expect(kept).toEqual({ actor_id: admin.userId, reason: 'Request 4711' })
    await expect(
      DataService.recordAccess(admin, { userId: 'user_nobody', reason: 'a reason' })
    ).rejects.toMatchObject({ code: 'not_found' })
    advanceClock(31 * 60_000)
    expect(await PangeaService.findActivityTimeline(admin, user.userId)).toBeNull()
  })

  test('keep balances and payees private', async () => {
    const { user } = await linkedUser(world)
    await DataService.recordAccess(admin, { userId: user.userId, reason: 'Request 4711' })
    const shown = JSON.stringify([
      await PangeaService.findActivityTimeline(admin, user.userId),
      await DataService.listUsers({ text: user.userId, cursor: null }),
      await DataService.listFailedJobs(),
      await DataService.listAudit({ text: user.userId, cursor: null })
    ])
    const [told] = await world.storage.rows<{ names: string[]; accounts: string[] }>(
      `select (select array_agg(distinct coalesce(merchant_name, name)) from transactions where user_id = $1) as names,
         (select array_agg(name) from linked_accounts where user_id = $1) as accounts`,
      [user.userId]
    )
    for (const name of [...(told?.names ?? []), ...(told?.accounts ?? [])])
      expect(shown).not.toContain(name)
    expect(shown).not.toMatch(/minor|balance"|amount/i)
  })

  test('are removed like by their own request, with a stored reason, and only by an admin with access', async () => {
    const { user } = await linkedUser(world)
    await DataService.saveUserEmail(user, user.userId, 'ada@example.com')
    await expect(
      PangeaService.deleteUser(admin, { userId: user.userId, reason: 'A request' })
    ).rejects.toMatchObject({ code: 'not_found' })
    await DataService.recordAccess(admin, {
      userId: user.userId,
      reason: 'ada@example.com wrote to us'
    })
    const request = { userId: user.userId, reason: `${user.userId} wrote to us` }
    expect(await PangeaService.deleteUser(admin, request)).toEqual({ id: null, missing: 1 })
    expect(await PangeaService.deleteUser(admin, request), 'the same admin again').toEqual({
      id: null,
      missing: 1
    })
    expect((await found(user.userId))[0]).toMatchObject({ deletion: null, approvals: 1 })
    const second = await newAdmin()
    await DataService.recordAccess(second, request)
    const { id } = await PangeaService.deleteUser(second, request)
    if (!id) throw new Error('the deletion did not start')
    expect((await found(user.userId))[0]).toMatchObject({ deletion: 'pending' })
    expect(await auditActionsOf(world, user)).toContain('deletion.requested')
    const other = await newAdmin()
    await DataService.recordAccess(other, { userId: user.userId, reason: 'They called' })
    expect(
      await PangeaService.deleteUser(other, { userId: user.userId, reason: 'They called' })
    ).toEqual({ id, missing: 0 })
    expect(
      await world.storage.rows(
        `select actor_id, reason from audit_entries join audit_details on audit_id = id where user_id = $1 and action = 'deletion.requested_again'`,
        [user.userId]
      )
    ).toEqual([{ actor_id: other.userId, reason: 'They called' }])
    await world.settle()
    expect(await DataService.getDeletion(id)).toMatchObject({ status: 'completed' })
    expect(await found(user.userId)).toEqual([])
    const { items: left } = await DataService.listAudit({ text: `erased:${id}`, cursor: null })
    const reasons = left
      .filter(({ actorId }) => actorId === admin.userId)
      .map(({ action, reason }) => [action, reason])
    expect(reasons).toEqual([
      ['admin.removal_approved', `erased:${id} wrote to us`],
      ['admin.removal_approved', `erased:${id} wrote to us`],
      ['admin.person_viewed', `erased:${id} wrote to us`]
    ])
    await expect(
      DataService.ensureUser(user),
      'the audit log does not attribute it to the user'
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Pangea removed this login')
    })
  })
})
