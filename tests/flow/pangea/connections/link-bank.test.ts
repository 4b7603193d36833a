import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '@/lib/platform/crypto'
import { DataService, PangeaService } from '@/lib/services'
import type { LinkResult } from '@/lib/services/pangea/connections/link-bank'
import { controlItem, linkedUser } from '@/tests/support/connections'
import { openWorld, type World } from '@/tests/support/world'

type Ledger = { items: { itemId: string; removed: boolean }[] }

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
// Emulator ids never repeat within a world, so each test checks the Items created since it began.
let known = new Set<string>()
const all = async () => ((await world.control('plaid', '/ledger')) as Ledger).items
const items = async () => (await all()).filter(({ itemId }) => !known.has(itemId))
beforeEach(async () => {
  known = new Set((await all()).map(({ itemId }) => itemId))
})
const result = (publicToken: string): LinkResult => ({
  publicToken,
  linkSessionId: 'session',
  institutionId: 'ins_109508',
  accounts: []
})

describe('linkBank', () => {
  test('stores the connection, its accounts and a first sync, which reads the transactions', async () => {
    const user = await world.createUser()
    const { connectionId, outcome } = await PangeaService.linkBank(
      user,
      result(await world.publicToken())
    )
    expect(outcome).toBe('linked')
    expect((await DataService.listAccounts(user)).length).toBeGreaterThan(1)
    await world.settle()
    const { items: rows } = await DataService.listTransactions(user, { limit: 50 })
    expect(rows).toHaveLength(50)
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      history: 'HISTORICAL_UPDATE_COMPLETE'
    })
  })

  test('the same public token twice, even at once, returns the same connection and creates one Item', async () => {
    const user = await world.createUser()
    const link = result(await world.publicToken())
    const [first, second] = await Promise.all([
      PangeaService.linkBank(user, link),
      PangeaService.linkBank(user, link)
    ])
    expect(second.connectionId).toBe(first.connectionId)
    expect(await PangeaService.linkBank(user, link)).toEqual({
      connectionId: first.connectionId,
      outcome: 'already_linked'
    })
    expect(await items()).toHaveLength(1)
  })

  test('a login that is already linked is refused, and the second Item is removed at Plaid', async () => {
    const user = await world.createUser()
    await PangeaService.linkBank(user, result(await world.publicToken()))
    await expect(
      PangeaService.linkBank(user, result(await world.publicToken()))
    ).rejects.toMatchObject({ code: 'conflict' })
    expect((await items()).map(({ removed }) => removed).sort()).toEqual([false, true])
    expect(await DataService.listConnections(user)).toHaveLength(1)
  })

  test('a token used by another user does not return their connection', async () => {
    const [owner, other] = [await world.createUser(), await world.createUser()]
    const link = result(await world.publicToken())
    await PangeaService.linkBank(owner, link)
    await expect(PangeaService.linkBank(other, link)).rejects.toMatchObject({ code: 'conflict' })
    expect(await DataService.listConnections(other)).toEqual([])
  })

  test('while another request still adds the bank, says so instead of calling the sign-in expired', async () => {
    const user = await world.createUser()
    const link = result(await world.publicToken())
    const id = randomUUID()
    const publicTokenHash = sha256(link.publicToken)
    await DataService.ensureUser(user)
    await DataService.claimPublicToken(user, { id, publicTokenHash, ttlMs: 60_000 })
    await expect(PangeaService.linkBank(user, link)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Your bank is still being added. Check your connections in a minute.'
    })
    expect(await DataService.listConnections(user)).toEqual([])
    await DataService.releasePublicToken(user, id)
    expect(await PangeaService.linkBank(user, link)).toMatchObject({ outcome: 'linked' })
  })

  test('when Plaid fails after the exchange, nothing is stored and the Item is removed', async () => {
    const user = await world.createUser()
    const link = result(await world.publicToken())
    await world.control('plaid', '/faults', {
      path: '/accounts/get',
      kind: '400',
      code: 'INVALID_FIELD',
      times: 1
    })
    await expect(PangeaService.linkBank(user, link)).rejects.toMatchObject({ service: 'plaid' })
    expect((await items()).map(({ removed }) => removed)).toEqual([true])
    expect(await DataService.listConnections(user)).toEqual([])
  })
})

describe('webhooks', () => {
  test('new transactions at the bank are stored after the webhook', async () => {
    const user = await world.createUser()
    await PangeaService.linkBank(user, result(await world.publicToken()))
    await world.settle()
    const ids = async () =>
      (await DataService.listTransactions(user, { limit: 200 })).items.map(({ id }) => id)
    const before = await ids()
    const [item] = await items()
    await world.control('plaid', `/items/${item?.itemId}/transactions`, {})
    await world.settle()
    expect((await ids()).filter((id) => !before.includes(id)).length).toBeGreaterThan(0)
  })

  test('a repeated delivery is stored once', async () => {
    const user = await world.createUser()
    await PangeaService.linkBank(user, result(await world.publicToken()))
    await world.settle()
    const [{ n: before } = { n: 0 }] = await world.storage.rows<{ n: number }>(
      'select count(*)::int as n from webhook_deliveries'
    )
    await world.control('plaid', '/deliveries/mode', { duplicate: true })
    const [item] = await items()
    await world.control('plaid', `/items/${item?.itemId}/transactions`, {})
    await world.settle()
    const [{ n: after } = { n: 0 }] = await world.storage.rows<{ n: number }>(
      'select count(*)::int as n from webhook_deliveries'
    )
    expect(after).toBeGreaterThan(before)
    await world.control('plaid', '/deliveries/mode', {})
  })

  test.each([
    ['ITEM', 'SOMETHING_NEW'],
    ['INVESTMENTS', 'HOLDINGS_AND_MORE']
  ])('the unknown %s %s is stored under its name, and changes nothing', async (type, code) => {
    const { user, connectionId, itemId } = await linkedUser(world)
    const before = await DataService.getConnection(user, connectionId)
    await controlItem(world, itemId, `fire/${code}`, { type })
    expect(
      await world.storage.rows(
        'select type, status, readable, effects from webhook_deliveries where event_code = $1',
        [code]
      )
    ).toEqual([
      {
        type,
        status: 'completed',
        readable: true,
        effects: [{ kind: 'ignore', reason: 'unknown to this version' }]
      }
    ])
    expect(await DataService.getConnection(user, connectionId)).toEqual(before)
  })

  test('a signed but unreadable delivery is stored as unreadable, and does not block later ones', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await controlItem(world, itemId, 'unreadable')
    const deliveries = (await world.control('plaid', '/deliveries')) as {
      event: string
      status: string
      attempts: { status: number }[]
    }[]
    expect(deliveries.find(({ event }) => event === 'unreadable')).toMatchObject({
      status: 'delivered',
      attempts: [{ status: 200 }]
    })
    const kept = await world.storage.rows(
      `select type, status, code, effects from webhook_deliveries where vendor = 'plaid' and not readable`
    )
    expect(kept).toEqual([{ type: null, status: 'failed', code: 'UNREADABLE', effects: [] }])
    await controlItem(world, itemId, 'fire/NEW_ACCOUNTS_AVAILABLE')
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      newAccounts: true
    })
  })
})
