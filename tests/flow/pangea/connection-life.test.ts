import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { vendorHealth } from '@/lib/platform/vendor-call'
import { DataService, PangeaService } from '@/lib/services'
import { itemOf, ledgerOf, linkThrough } from '@/tests/support/connections'
import { visitLink } from '@/tests/support/link-visit'
import { KEYS, openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function linked(wanted: Parameters<typeof linkThrough>[2] = {}) {
  const person = await world.person()
  const connection = await linkThrough(world, person, wanted)
  await world.settle()
  return { person, ...connection }
}
const forgetEnv = () => Reflect.deleteProperty(globalThis, Symbol.for('pangea.env'))

describe('duplicates', () => {
  test('another login at the same bank is a connection of its own', async () => {
    const { person } = await linked()
    await linkThrough(world, person, { username: 'user_transactions_dynamic' })
    expect(await DataService.listConnections(person)).toHaveLength(2)
  })

  test('the same login handed over twice at once becomes one connection and leaves one Item', async () => {
    const person = await world.person()
    const visits = await Promise.all([1, 2, 3].map(async () => visitLink(world.plaid.url, { linkToken: (await PangeaService.connectBank(person)).linkToken })))
    const hints = { linkSessionId: null, institutionId: null, accounts: [] }
    const links = await Promise.allSettled(visits.map(({ publicToken }) => PangeaService.linkBank(person, { publicToken, ...hints })))
    expect(links.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(await DataService.listConnections(person)).toHaveLength(1)
    const [connection] = await DataService.listConnections(person)
    const mine = await world.storage.rows<{ connection_id: string }>(
      `select distinct connection_id from vendor_events where user_id = $1 and method = '/item/public_token/exchange'`,
      [person.userId]
    )
    expect(mine).toHaveLength(3)
    const kept = (await ledgerOf(world)).items.filter(({ itemId, removed }) => !removed && itemId === connection?.plaidItemId)
    expect(kept).toHaveLength(1)
  })

  test('is refused early by what Link says, before anything is exchanged', async () => {
    const { person } = await linked()
    const { exchanges } = await ledgerOf(world)
    const { linkToken } = await PangeaService.connectBank(person)
    const { publicToken, metadata } = await visitLink(world.plaid.url, { linkToken })
    const hints = { linkSessionId: null, institutionId: 'ins_109508', accounts: metadata.accounts }
    await expect(PangeaService.linkBank(person, { publicToken, ...hints })).rejects.toMatchObject({ code: 'conflict' })
    expect((await ledgerOf(world)).exchanges).toBe(exchanges)
  })
})

describe('coming back from a bank’s own page', () => {
  test('finds the visit with its Link token, also after a reload or when the browser forgot which it was', async () => {
    const person = await world.person()
    const link = await PangeaService.connectBank(person)
    for (const visit of [link.visit, link.visit, null]) {
      expect(await PangeaService.resumeLink(person, { visit })).toMatchObject({ over: false, purpose: 'link', linkToken: link.linkToken, visit: link.visit })
    }
    const rows = await world.storage.rows('select * from link_sessions where id = $1', [link.visit])
    expect(JSON.stringify(rows)).not.toContain(link.linkToken)
  })

  test('is for the person who began it, and for half an hour', async () => {
    const [person, other] = [await world.person(), await world.person()]
    const { visit } = await PangeaService.connectBank(person)
    await expect(PangeaService.resumeLink(other, { visit })).rejects.toMatchObject({ code: 'not_found' })
    await expect(PangeaService.resumeLink(other, { visit: null })).rejects.toMatchObject({ code: 'not_found' })
    advanceClock(31 * 60_000)
    await expect(PangeaService.resumeLink(person, { visit })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('names the connection once the visit has come to its end', async () => {
    const person = await world.person()
    const { linkToken, visit } = await PangeaService.connectBank(person)
    const { publicToken, metadata } = await visitLink(world.plaid.url, { linkToken })
    const { connectionId } = await PangeaService.linkBank(person, {
      publicToken,
      visit,
      linkSessionId: metadata.link_session_id,
      institutionId: null,
      accounts: []
    })
    expect(await PangeaService.resumeLink(person, { visit })).toEqual({ over: true, purpose: 'link', connectionId })
  })
})

describe('institutions', () => {
  test('are asked about once a day, however many connections and processes there are', async () => {
    const asked = async () => (await world.storage.rows(`select 1 from vendor_events where method = '/institutions/get_by_id'`)).length
    const before = await asked()
    const runs = await Promise.all([1, 2, 3].map(() => linked({ institutionId: 'ins_109509' })))
    await world.settle()
    expect((await asked()) - before).toBe(1)
    const app = { kind: 'system', reason: 'test' } as const
    const turns = await Promise.all(Array.from({ length: 6 }, () => DataService.claimInstitution(app, { id: 'ins_new', name: 'New' }, { everyMs: 86_400_000 })))
    expect(turns.filter(Boolean)).toHaveLength(1)
    const [first] = runs
    if (!first) throw new Error('nothing was linked')
    expect(await DataService.getConnection(first.person, first.connectionId)).toMatchObject({
      logo: expect.any(String),
      primaryColor: expect.stringMatching(/^#/)
    })
    advanceClock(25 * 3_600_000)
    for (const { connectionId } of runs) await DataService.requestSync(app, connectionId, 'test')
    await world.settle()
    expect((await asked()) - before).toBe(2)
  })
})

describe('addresses', () => {
  test('a changed APP_URL moves the webhooks of every Item, as work that outlives a failure', async () => {
    const [one, two] = [await linked(), await linked()]
    await world.settle()
    const before = process.env.APP_URL ?? ''
    process.env.APP_URL = before.replace('127.0.0.1', 'localhost')
    forgetEnv()
    try {
      await world.control('plaid', '/faults', { path: '/item/webhook/update', kind: '400', code: 'INVALID_API_KEYS', times: 1 })
      await PangeaService.keepAddresses()
      await world.settle()
      const webhooks = async () => [(await itemOf(world, one.itemId))?.webhook, (await itemOf(world, two.itemId))?.webhook]
      advanceClock(3_600_000)
      await world.settle()
      expect(await webhooks()).toEqual([`${process.env.APP_URL}/api/webhooks/plaid`, `${process.env.APP_URL}/api/webhooks/plaid`])
      const [left] = await world.storage.rows<{ n: number }>(
        'select count(*)::int as n from bank_connections where removed_at is null and webhook_url not like $1',
        [`${process.env.APP_URL}/%`]
      )
      expect(left?.n).toBe(0)
    } finally {
      process.env.APP_URL = before
      forgetEnv()
      await PangeaService.keepAddresses()
      await world.settle()
    }
  })
})

describe('test doors', () => {
  test('break the login, send webhooks and make transactions through Plaid’s own endpoints', async () => {
    const { person, connectionId } = await linked({ username: 'user_transactions_dynamic' })
    const ids = async () => (await DataService.listTransactions(person, { limit: 200 })).items.map(({ id }) => id)
    const before = await ids()
    await PangeaService.openTestDoor(person, connectionId, { door: 'create_transactions' })
    await world.settle()
    expect((await ids()).filter((id) => !before.includes(id)).length).toBeGreaterThan(2)
    await PangeaService.openTestDoor(person, connectionId, { door: 'fire_webhook', code: 'NEW_ACCOUNTS_AVAILABLE' })
    await world.settle()
    expect(await DataService.getConnection(person, connectionId)).toMatchObject({ newAccounts: true })
    await PangeaService.openTestDoor(person, connectionId, { door: 'reset_login' })
    await world.settle()
    expect(await DataService.getConnection(person, connectionId)).toMatchObject({ status: 'bad' })
    await expect(PangeaService.openTestDoor(person, connectionId, { door: 'fire_webhook', code: 'NO_SUCH' })).rejects.toMatchObject({ code: 'invalid' })
  })

  test('do not exist where Plaid is in production, and for nobody else’s connection', async () => {
    const { person, connectionId } = await linked()
    await expect(PangeaService.openTestDoor(await world.person(), connectionId, { door: 'reset_login' })).rejects.toMatchObject({ code: 'not_found' })
    process.env.PLAID_ENV = 'production'
    forgetEnv()
    try {
      await expect(PangeaService.openTestDoor(person, connectionId, { door: 'reset_login' })).rejects.toMatchObject({ code: 'not_found' })
    } finally {
      delete process.env.PLAID_ENV
      forgetEnv()
    }
  })
})

describe('limits', () => {
  test('a bank is left alone for a while after a person asked for it, and they are told how long', async () => {
    const { person, connectionId } = await linked()
    expect(await PangeaService.requestSync(person, connectionId)).toEqual({ restMs: 30_000 })
    await expect(PangeaService.requestSync(person, connectionId)).rejects.toMatchObject({
      code: 'too_many_requests',
      message: expect.stringMatching(/in \d+ seconds/)
    })
    advanceClock(30_001)
    await PangeaService.requestSync(person, connectionId)
  })

  test('linking is limited per person, with how long to wait', async () => {
    const person = await world.person()
    const hints = { linkSessionId: null, institutionId: null, accounts: [] }
    const tries = async (call: () => Promise<unknown>) => {
      for (let n = 0; n < 20; n++) await call().catch(() => undefined)
      await expect(call()).rejects.toMatchObject({ status: 429, retryAfterMs: expect.any(Number) })
    }
    await tries(() => PangeaService.connectBank(person))
    await world.control('plaid', '/faults', { path: '/item/public_token/exchange', kind: '400', code: 'INVALID_INSTITUTION' })
    await tries(() => PangeaService.linkBank(person, { publicToken: 'public-sandbox-x', ...hints }))
    await fetch(`${world.plaid.url}/_sandbox/faults`, { method: 'DELETE' })
    await PangeaService.connectBank(await world.person())
  })

  test('Plaid’s rate limit makes the sync wait a minute and trips no breaker', async () => {
    const { person, connectionId } = await linked()
    await world.control('plaid', '/rate-limits', { enabled: true })
    const accessToken = await DataService.getAccessToken(person, connectionId)
    for (let n = 0; n < 50; n++) {
      await fetch(`${world.plaid.url}/transactions/sync`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'plaid-client-id': KEYS.plaidClientId, 'plaid-secret': KEYS.plaidSecret },
        body: JSON.stringify({ access_token: accessToken, count: 1 })
      })
    }
    await DataService.requestSync(person, connectionId, 'test')
    await world.settle()
    const [run] = await world.storage.rows<{ status: string; code: string; wait: string }>(
      `select status, code, extract(epoch from run_at - finished_at)::text as wait from sync_runs where connection_id = $1 and status = 'pending'`,
      [connectionId]
    )
    expect(run).toMatchObject({ status: 'pending', code: 'TRANSACTIONS_SYNC_LIMIT' })
    expect(Number(run?.wait)).toBeGreaterThanOrEqual(59)
    expect(vendorHealth().plaid?.state).toBe('closed')
    expect(await DataService.getConnection(person, connectionId)).toMatchObject({ status: 'good' })
    await world.control('plaid', '/rate-limits', { enabled: false })
    advanceClock(120_000)
    await world.settle()
    expect((await DataService.getSyncProgress(person, connectionId)).status).toBe('completed')
  })
})

describe('events', () => {
  test('keep the three ways a visit to Link ends, with the connection that came of it', async () => {
    const { person, connectionId } = await linked()
    const nothing = { linkSessionId: null, requestId: null, status: null, errorType: null, errorCode: null, institutionId: null }
    await PangeaService.recordLinkEvent(person, { ...nothing, type: 'exit', linkSessionId: 's1', requestId: 'r1', status: 'institution_not_found' })
    await PangeaService.recordLinkEvent(person, {
      ...nothing,
      type: 'exit',
      linkSessionId: 's2',
      requestId: 'r2',
      errorType: 'ITEM_ERROR',
      errorCode: 'ITEM_LOCKED'
    })
    const [{ link_session_id } = { link_session_id: '' }] = await world.storage.rows<{ link_session_id: string }>(
      'select link_session_id from bank_connections where id = $1',
      [connectionId]
    )
    await PangeaService.recordLinkEvent(person, { ...nothing, type: 'success', linkSessionId: link_session_id })
    const events = await world.storage.rows(
      'select type, link_session_id, request_id, status, error_code, connection_id from link_events where user_id = $1 order by created_at',
      [person.userId]
    )
    expect(events).toEqual([
      { type: 'exit', link_session_id: 's1', request_id: 'r1', status: 'institution_not_found', error_code: null, connection_id: null },
      { type: 'exit', link_session_id: 's2', request_id: 'r2', status: null, error_code: 'ITEM_LOCKED', connection_id: null },
      { type: 'success', link_session_id, request_id: null, status: null, error_code: null, connection_id: connectionId }
    ])
  })

  test('every call to Plaid leaves a row with its person and connection, and none holds a token', async () => {
    const { person, connectionId } = await linked({ institutionId: 'ins_109511' })
    const rows = await world.storage.rows<{ method: string; connection_id: string | null; request_id: string | null }>(
      'select * from plaid_api_events where user_id = $1',
      [person.userId]
    )
    const methods = new Set(rows.map(({ method }) => method))
    for (const method of ['/link/token/create', '/item/public_token/exchange', '/item/get', '/accounts/get', '/transactions/sync'])
      expect(methods).toContain(method)
    for (const { method, connection_id, request_id } of rows) {
      expect(connection_id, method).toBe(method === '/link/token/create' ? null : connectionId)
      expect(request_id).toEqual(expect.any(String))
    }
    const all = JSON.stringify([
      await world.storage.rows('select * from vendor_events'),
      await world.storage.rows('select * from audit_log'),
      await world.storage.rows('select * from link_events')
    ])
    expect(all).not.toMatch(/(access|public|link)-sandbox-/)
  })
})
