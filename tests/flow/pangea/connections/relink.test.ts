import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DataService, PangeaService } from '@/lib/services'
import {
  auditActionsOf,
  controlItem,
  itemOf,
  linkedUser,
  plaidLedgerOf,
  relinkBankThroughLink
} from '@/tests/support/connections'
import { completeLink } from '@/tests/support/plaid/link-session'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const statusOf = async (...at: Parameters<typeof DataService.getConnection>) =>
  (await DataService.getConnection(...at)).status
const noneChecking = (name: string) => !name.includes('Checking')

describe('a broken login', () => {
  test('is reported by the webhook, and only a new login confirmed by Plaid repairs it', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await controlItem(world, itemId, 'reset-login')
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'bad',
      errorCode: 'ITEM_LOGIN_REQUIRED'
    })
    const { exchanges, updates } = await plaidLedgerOf(world)
    expect(await relinkBankThroughLink(world, user, connectionId)).toMatchObject({
      status: 'good'
    })
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      errorCode: null,
      errorType: null,
      sync: { status: 'pending', trigger: 'relink' }
    })
    expect(await plaidLedgerOf(world)).toMatchObject({ exchanges, updates: updates + 1 })
    expect(await auditActionsOf(world, user)).toContain('connection.relinked')
  })

  test('stays broken when Link was closed, and when the browser claims otherwise', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await controlItem(world, itemId, 'reset-login')
    const { visit } = await PangeaService.relinkBank(user, connectionId)
    expect(await statusOf(user, connectionId)).toBe('bad')
    expect(await PangeaService.confirmRelink(user, connectionId, { visit })).toEqual({
      status: 'bad'
    })
    expect(await statusOf(user, connectionId)).toBe('bad')
  })

  test('stays unchanged when Plaid does not respond, so that it can be confirmed later', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await controlItem(world, itemId, 'reset-login')
    const { linkToken, visit } = await PangeaService.relinkBank(user, connectionId)
    await completeLink(world.plaid.url, { linkToken })
    await world.control('plaid', '/faults', {
      path: '/item/get',
      kind: '400',
      code: 'INVALID_API_KEYS',
      times: 1
    })
    await expect(PangeaService.confirmRelink(user, connectionId, { visit })).rejects.toMatchObject({
      service: 'plaid'
    })
    expect(await statusOf(user, connectionId)).toBe('bad')
    expect(await PangeaService.confirmRelink(user, connectionId, { visit })).toEqual({
      status: 'good'
    })
  })

  test('repaired elsewhere is verified with Plaid, whatever the webhook says', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await controlItem(world, itemId, 'reset-login')
    await controlItem(world, itemId, 'fire/LOGIN_REPAIRED')
    expect(await statusOf(user, connectionId)).toBe('bad')
    await controlItem(world, itemId, 'repair')
    expect(await statusOf(user, connectionId)).toBe('good')
  })

  test('cannot be repaired by another user', async () => {
    const { connectionId } = await linkedUser(world)
    const other = await world.createUser()
    await expect(PangeaService.relinkBank(other, connectionId)).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(
      PangeaService.confirmRelink(other, connectionId, { visit: null })
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('an announced end of access', () => {
  for (const [code, status] of [
    ['PENDING_DISCONNECT', 'pending_disconnect'],
    ['PENDING_EXPIRATION', 'pending_expiration']
  ] as const) {
    test(`${code}: survives syncs, other errors and plain checks, and ends with a new login`, async () => {
      const { user, connectionId, itemId } = await linkedUser(world)
      await controlItem(world, itemId, `fire/${code}`)
      expect(await DataService.getConnection(user, connectionId)).toMatchObject({
        status,
        endsAt: expect.any(String)
      })
      await controlItem(world, itemId, 'transactions')
      expect(await statusOf(user, connectionId)).toBe(status)
      await controlItem(world, itemId, 'reset-login', { code: 'INSTITUTION_DOWN' })
      expect(await statusOf(user, connectionId)).toBe('error')
      expect(await PangeaService.confirmRelink(user, connectionId, { visit: null })).toEqual({
        status: 'error'
      })
      await relinkBankThroughLink(world, user, connectionId)
      expect(await DataService.getConnection(user, connectionId)).toMatchObject({
        status: 'good',
        endsAt: null
      })
    })

    test(`${code}: ends when Plaid reports that the login was repaired elsewhere`, async () => {
      const { user, connectionId, itemId } = await linkedUser(world)
      await controlItem(world, itemId, `fire/${code}`)
      expect(await statusOf(user, connectionId)).toBe(status)
      await controlItem(world, itemId, 'repair')
      expect(await DataService.getConnection(user, connectionId)).toMatchObject({
        status: 'good',
        endsAt: null
      })
    })
  }

  test('is not cleared without a Link session', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    await controlItem(world, itemId, 'fire/PENDING_DISCONNECT')
    await PangeaService.confirmRelink(user, connectionId, { visit: null })
    const { visit } = await PangeaService.relinkBank(user, connectionId)
    await PangeaService.recordLinkEvent(user, {
      type: 'exit',
      linkSessionId: null,
      requestId: null,
      status: null,
      errorType: null,
      errorCode: null,
      institutionId: null,
      visit
    })
    await PangeaService.confirmRelink(user, connectionId, { visit })
    expect(await statusOf(user, connectionId)).toBe('pending_disconnect')
  })
})

describe('accounts', () => {
  test('that are new at the bank are offered, and choosing them ends the offer', async () => {
    const { user, connectionId, itemId } = await linkedUser(world, { choose: noneChecking })
    const before = await DataService.listAccounts(user)
    await controlItem(world, itemId, 'fire/NEW_ACCOUNTS_AVAILABLE')
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      newAccounts: true,
      status: 'good'
    })
    await relinkBankThroughLink(world, user, connectionId)
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      newAccounts: false
    })
    const after = await DataService.listAccounts(user)
    expect(after.length).toBe(before.length + 1)
    expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before.map(({ id }) => id)))
  })

  test('that are deselected close and keep their history; when chosen again, they keep transactions and edits', async () => {
    const { user, connectionId, itemId } = await linkedUser(world)
    const checking = (await DataService.listAccounts(user)).find(({ name }) =>
      name.includes('Checking')
    )
    await DataService.saveAccountView(user, checking?.id ?? '', { name: 'Rent and bills' })
    const accounts = async () =>
      (await DataService.listAccounts(user)).map(({ id, name }) => `${id} ${name}`).sort()
    const allAccounts = await accounts()
    const history = async () => {
      const { items } = await DataService.listTransactions(user, {
        limit: 200,
        account: checking?.id
      })
      return (
        items
          .filter(({ pending }) => !pending)
          // Pending rows come and go with a relink, so a page of both ends sooner or later.
          .slice(0, 100)
          .map(({ id, categoryPrimary, note }) => `${id} ${categoryPrimary} ${note}`)
          .sort()
      )
    }
    const [edited = ''] = (await history()).map((line) => line.slice(0, 36))
    await PangeaService.editTransaction(user, edited, { category: 'TRAVEL', note: 'with Ada' })
    const before = await history()
    expect(before).toContain(`${edited} TRAVEL with Ada`)
    expect(before.length).toBeGreaterThan(20)
    await relinkBankThroughLink(world, user, connectionId, { choose: noneChecking })
    await world.settle()
    expect(await accounts()).toHaveLength(allAccounts.length - 1)
    expect(await history()).toEqual(before)
    const plaidIds = (await itemOf(world, itemId))?.accounts
    await relinkBankThroughLink(world, user, connectionId)
    await world.settle()
    expect((await itemOf(world, itemId))?.accounts).not.toEqual(plaidIds)
    expect(await accounts()).toEqual(allAccounts)
    expect(allAccounts).toContain(`${checking?.id} Rent and bills`)
    expect(await history()).toEqual(before)
    const [doubles] = await world.storage.rows<{ n: number }>(
      `select count(*)::int as n from (select 1 from transactions where connection_id = $1 and removed_at is null
        group by account_id, booked_on, amount_minor, name, pending having count(*) > 1 and count(distinct plaid_transaction_id) > 2) d`,
      [connectionId]
    )
    expect(doubles?.n).toBe(0)
  })
})

test('an institution outage is distinguished from a broken login, and clears automatically', async () => {
  const { user, connectionId, itemId } = await linkedUser(world)
  await controlItem(world, itemId, 'reset-login', { code: 'INSTITUTION_DOWN' })
  expect(await DataService.getConnection(user, connectionId)).toMatchObject({
    status: 'error',
    errorType: 'INSTITUTION_ERROR'
  })
  await controlItem(world, itemId, 'repair')
  expect(await statusOf(user, connectionId)).toBe('good')
})
