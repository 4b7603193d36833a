import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { linkBankThroughLink, linkedUser, plaidLedgerOf } from '@/tests/support/connections'
import { completeLink } from '@/tests/support/plaid/link-session'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('duplicates', () => {
  test('another login at the same bank is a separate connection', async () => {
    const { user } = await linkedUser(world)
    const account = {
      type: 'depository',
      subtype: 'checking',
      starting_balance: 500,
      meta: { name: 'Another checking', mask: '4444' }
    }
    await linkBankThroughLink(world, user, {
      username: 'user_custom',
      password: JSON.stringify({ override_accounts: [account] })
    })
    expect(await DataService.listConnections(user)).toHaveLength(2)
  })

  test('the same login linked twice at once becomes one connection and leaves one Item', async () => {
    const user = await world.createUser()
    const visits = await Promise.all(
      [1, 2, 3].map(async () =>
        completeLink(world.plaid.url, {
          linkToken: (await PangeaService.connectBank(user)).linkToken
        })
      )
    )
    const hints = { linkSessionId: null, institutionId: null, accounts: [] }
    const links = await Promise.allSettled(
      visits.map(({ publicToken }) => PangeaService.linkBank(user, { publicToken, ...hints }))
    )
    expect(links.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(await DataService.listConnections(user)).toHaveLength(1)
    const [connection] = await DataService.listConnections(user)
    const mine = await world.storage.rows<{ connection_id: string }>(
      `select distinct connection_id from vendor_events where user_id = $1 and method = '/item/public_token/exchange'`,
      [user.userId]
    )
    expect(mine).toHaveLength(3)
    const kept = (await plaidLedgerOf(world)).items.filter(
      ({ itemId, removed }) => !removed && itemId === connection?.plaidItemId
    )
    expect(kept).toHaveLength(1)
  })

  test('are refused early from Link’s metadata, before any exchange', async () => {
    const { user } = await linkedUser(world)
    const { exchanges } = await plaidLedgerOf(world)
    const { linkToken } = await PangeaService.connectBank(user)
    const { publicToken, metadata } = await completeLink(world.plaid.url, { linkToken })
    const hints = { linkSessionId: null, institutionId: 'ins_109508', accounts: metadata.accounts }
    await expect(PangeaService.linkBank(user, { publicToken, ...hints })).rejects.toMatchObject({
      code: 'conflict'
    })
    expect((await plaidLedgerOf(world)).exchanges).toBe(exchanges)
  })
})

describe('a public token', () => {
  test('that has expired is refused at once', async () => {
    const user = await world.createUser()
    const began = Date.now()
    const spent = {
      publicToken: 'public-sandbox-00000000-0000-0000-0000-000000000000',
      linkSessionId: null,
      institutionId: null,
      accounts: []
    }
    await expect(PangeaService.linkBank(user, spent)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('expired')
    })
    expect(Date.now() - began).toBeLessThan(3_000)
  })
})

describe('returning from an OAuth bank', () => {
  test('finds the Link session by its token, also after a reload or without browser storage', async () => {
    const user = await world.createUser()
    const link = await PangeaService.connectBank(user)
    for (const visit of [link.visit, link.visit, null]) {
      expect(await PangeaService.resumeLink(user, { visit })).toMatchObject({
        over: false,
        purpose: 'link',
        linkToken: link.linkToken,
        visit: link.visit
      })
    }
    const rows = await world.storage.rows('select * from link_sessions where id = $1', [link.visit])
    expect(JSON.stringify(rows)).not.toContain(link.linkToken)
  })

  test('works for the user who started it, and for half an hour', async () => {
    const [user, other] = [await world.createUser(), await world.createUser()]
    const { visit } = await PangeaService.connectBank(user)
    expect(await PangeaService.resumeLink(other, { visit })).toBeNull()
    expect(await PangeaService.resumeLink(other, { visit: null })).toBeNull()
    advanceClock(31 * 60_000)
    expect(await PangeaService.resumeLink(user, { visit })).toBeNull()
  })

  test('names the connection once the Link session is complete', async () => {
    const user = await world.createUser()
    const { linkToken, visit } = await PangeaService.connectBank(user)
    const { publicToken, metadata } = await completeLink(world.plaid.url, { linkToken })
    const { connectionId } = await PangeaService.linkBank(user, {
      publicToken,
      visit,
      linkSessionId: metadata.link_session_id,
      institutionId: null,
      accounts: []
    })
    for (const known of [visit, null])
      expect(await PangeaService.resumeLink(user, { visit: known })).toEqual({
        over: true,
        purpose: 'link',
        connectionId
      })
    const next = await PangeaService.connectBank(user)
    expect(await PangeaService.resumeLink(user, { visit: null })).toMatchObject({
      over: false,
      visit: next.visit
    })
  })
})
