import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { itemOf, linkedUser } from '@/tests/support/connections'
import { resetSingletons, withEnvironment } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('institutions', () => {
  test('are requested once a day, however many connections and processes there are', async () => {
    const asked = async () =>
      (
        await world.storage.rows(
          `select 1 from vendor_events where method = '/institutions/get_by_id'`
        )
      ).length
    const before = await asked()
    const runs = await Promise.all(
      [1, 2, 3].map(() => linkedUser(world, { institutionId: 'ins_109509' }))
    )
    await world.settle()
    expect((await asked()) - before).toBe(1)
    const app = systemActor('test')
    const turns = await Promise.all(
      Array.from({ length: 6 }, () =>
        DataService.claimInstitution({ id: 'ins_new', name: 'New' }, { everyMs: 86_400_000 })
      )
    )
    expect(turns.filter(Boolean)).toHaveLength(1)
    const [first] = runs
    if (!first) throw new Error('nothing was linked')
    expect(await DataService.getConnection(first.user, first.connectionId)).toMatchObject({
      logo: expect.any(String)
    })
    advanceClock(25 * 3_600_000)
    for (const { connectionId } of runs) await DataService.requestSync(app, connectionId, 'test')
    await world.settle()
    expect((await asked()) - before).toBe(2)
  })
})

describe('webhook addresses', () => {
  test('of every Item are updated when APP_URL changes, by a job that survives a failure', async () => {
    const [one, two] = [await linkedUser(world), await linkedUser(world)]
    const moved = (process.env.APP_URL ?? '').replace('127.0.0.1', 'localhost')
    await withEnvironment({ APP_URL: moved }, async () => {
      await world.control('plaid', '/faults', {
        path: '/item/webhook/update',
        kind: '400',
        code: 'INVALID_API_KEYS',
        times: 1
      })
      await PangeaService.updateWebhookUrls()
      await world.settle()
      const webhooks = async () => [
        (await itemOf(world, one.itemId))?.webhook,
        (await itemOf(world, two.itemId))?.webhook
      ]
      advanceClock(3_600_000)
      await world.settle()
      expect(await webhooks()).toEqual([
        `${moved}/api/webhooks/plaid`,
        `${moved}/api/webhooks/plaid`
      ])
      const [left] = await world.storage.rows<{ n: number }>(
        'select count(*)::int as n from bank_connections where removed_at is null and webhook_url not like $1',
        [`${moved}/%`]
      )
      expect(left?.n).toBe(0)
    })
    await PangeaService.updateWebhookUrls()
    await world.settle()
  })

  test('that Plaid’s servers cannot reach cause a warning at start, and no others do', async () => {
    const warned = (APP_URL: string, PLAID_BASE_URL = process.env.PLAID_BASE_URL ?? '') =>
      withEnvironment({ APP_URL, PLAID_BASE_URL }, async () => {
        const logged = captureLogs()
        await PangeaService.updateWebhookUrls()
        resetSingletons('log')
        return logged().includes('plaid.webhooks_unreachable')
      })
    expect(await warned('http://localhost:3000', 'https://sandbox.plaid.com')).toBe(true)
    expect(await warned('https://pangea.example', 'https://sandbox.plaid.com')).toBe(false)
    expect(await warned('http://localhost:3000')).toBe(false)
    await PangeaService.updateWebhookUrls()
    await world.settle()
  })
})

test('linking a bank is logged step by step, with the ids that Plaid’s support needs and no token', async () => {
  const logged = captureLogs()
  const { user, connectionId, itemId } = await linkedUser(world, {
    institutionId: 'ins_109510'
  })
  resetSingletons('log')
  const lines = logged()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const ids = {
    userId: user.userId,
    connectionId,
    itemId,
    linkSessionId: expect.stringMatching(/^[\w-]{10,}$/)
  }
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'link.exchanged', ...ids }))
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'connection.stored', ...ids, institutionId: 'ins_109510' })
  )
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'institution.fetched', institutionId: 'ins_109510' })
  )
  expect(logged()).not.toMatch(/(access|public|link)-sandbox-/)
})

describe('events', () => {
  test('store the three ways a Link session ends, with the resulting connection', async () => {
    const { user, connectionId } = await linkedUser(world)
    const nothing = {
      linkSessionId: null,
      requestId: null,
      status: null,
      errorType: null,
      errorCode: null,
      institutionId: null
    }
    await PangeaService.recordLinkEvent(user, {
      ...nothing,
      type: 'exit',
      linkSessionId: 's1',
      requestId: 'r1',
      status: 'institution_not_found'
    })
    await PangeaService.recordLinkEvent(user, {
      ...nothing,
      type: 'exit',
      linkSessionId: 's2',
      requestId: 'r2',
      errorType: 'ITEM_ERROR',
      errorCode: 'ITEM_LOCKED'
    })
    const [{ link_session_id } = { link_session_id: '' }] = await world.storage.rows<{
      link_session_id: string
    }>('select link_session_id from bank_connections where id = $1', [connectionId])
    await PangeaService.recordLinkEvent(user, {
      ...nothing,
      type: 'success',
      linkSessionId: link_session_id
    })
    const events = await world.storage.rows(
      'select type, link_session_id, request_id, status, error_type, error_code, connection_id from link_events where user_id = $1 order by created_at',
      [user.userId]
    )
    expect(events).toEqual([
      {
        type: 'exit',
        link_session_id: 's1',
        request_id: 'r1',
        status: 'institution_not_found',
        error_type: null,
        error_code: null,
        connection_id: null
      },
      {
        type: 'exit',
        link_session_id: 's2',
        request_id: 'r2',
        status: null,
        error_type: 'ITEM_ERROR',
        error_code: 'ITEM_LOCKED',
        connection_id: null
      },
      {
        type: 'success',
        link_session_id,
        request_id: null,
        status: null,
        error_type: null,
        error_code: null,
        connection_id: connectionId
      }
    ])
  })

  test('every call to Plaid leaves a row with its user and connection, and none contains a token', async () => {
    const { user, connectionId } = await linkedUser(world, { institutionId: 'ins_109511' })
    const rows = await world.storage.rows<{
      method: string
      connection_id: string | null
      request_id: string | null
    }>('select * from plaid_api_events where user_id = $1', [user.userId])
    const methods = new Set(rows.map(({ method }) => method))
    for (const method of [
      '/link/token/create',
      '/item/public_token/exchange',
      '/item/get',
      '/accounts/get',
      '/transactions/sync'
    ])
      expect(methods).toContain(method)
    for (const { method, connection_id, request_id } of rows) {
      expect(connection_id, method).toBe(method === '/link/token/create' ? null : connectionId)
      expect(request_id).toEqual(expect.any(String))
    }
    const all = JSON.stringify([
      await world.storage.rows('select * from vendor_events'),
      await world.storage.rows('select * from audit_entries join audit_details on audit_id = id'),
      await world.storage.rows('select * from link_events')
    ])
    expect(all).not.toMatch(/(access|public|link)-sandbox-/)
  })
})
