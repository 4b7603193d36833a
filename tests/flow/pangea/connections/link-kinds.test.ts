import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DataService, PangeaService } from '@/lib/services'
import { linkBankThroughLink, linkedUser, relinkBankThroughLink } from '@/tests/support/connections'
import { institutionsInLink } from '@/tests/support/plaid/link-session'
import { openWorld, type World } from '@/tests/support/world'

const BROKERAGE = 'ins_900002'
const MORTGAGE = 'ins_900003'
const DAY = 86_400_000

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const kindsOf = async (...at: Parameters<typeof DataService.listAccounts>) =>
  (await DataService.listAccounts(...at)).map(({ subtype }) => subtype).sort()

test('a bank is linked with its cards, loans and investments, and only products that are read are requested', async () => {
  const { user, connectionId } = await linkedUser(world)
  expect(await kindsOf(user)).toEqual(['checking', 'credit card', 'ira', 'savings', 'student'])
  expect((await DataService.getConnection(user, connectionId)).missingProducts).toEqual([])
  const items = (await world.control('plaid', '/items')) as { products: string[] }[]
  expect(items.map(({ products }) => products)).toEqual([['transactions']])
})

test('investment and mortgage institutions are offered for logins without everyday accounts, and not in the first Link entry', async () => {
  const user = await world.createUser()
  const offered = async (kind: 'everyday' | 'investments' | 'mortgage') =>
    institutionsInLink(world.plaid.url, (await PangeaService.connectBank(user, kind)).linkToken)
  expect(await offered('everyday')).not.toEqual(expect.arrayContaining([BROKERAGE]))
  expect(await offered('everyday')).not.toEqual(expect.arrayContaining([MORTGAGE]))
  expect(await offered('investments')).toContain(BROKERAGE)
  expect(await offered('mortgage')).toContain(MORTGAGE)
})

describe.each([
  ['investments', BROKERAGE, 'brokerage'],
  ['mortgage', MORTGAGE, 'mortgage']
] as const)('a login with %s only', (kind, institutionId, subtype) => {
  test('is linked, and its balances are read without requesting transactions', async () => {
    const { user, connectionId } = await linkedUser(world, { kind, institutionId })
    expect(await kindsOf(user)).toEqual([subtype])
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      history: 'HISTORICAL_UPDATE_COMPLETE',
      missingProducts: [],
      sync: { status: 'completed', code: null }
    })
    const asked = await world.storage.rows(
      `select 1 from vendor_events where connection_id = $1 and method = '/transactions/sync'`,
      [connectionId]
    )
    expect(asked).toEqual([])
    const balance = async () => (await DataService.listAccounts(user))[0]?.current?.minor
    const before = await balance()
    await world.control('plaid', '/clock', { advance: 40 * DAY })
    await DataService.requestSync(user, connectionId, 'test')
    await world.settle()
    expect(await balance()).not.toBe(before)
  })

  test('is refused by the first Link entry with an error code that the page can handle', async () => {
    const user = await world.createUser()
    const password = JSON.stringify({
      override_accounts: [{ type: kind === 'mortgage' ? 'loan' : 'investment', subtype }]
    })
    const login = { username: 'user_custom', password }
    await expect(linkBankThroughLink(world, user, login)).rejects.toThrow('NO_ACCOUNTS')
    await linkBankThroughLink(world, user, { kind, ...login })
    expect(await kindsOf(user)).toEqual([subtype])
  })
})

test('a bank linked for its investments brings its transactions, and more accounts later', async () => {
  const { user, connectionId } = await linkedUser(world, {
    kind: 'investments',
    choose: (name) => name.includes('IRA')
  })
  expect((await DataService.listTransactions(user, { limit: 5 })).items).toEqual([])
  await relinkBankThroughLink(world, user, connectionId)
  await world.settle()
  expect(await kindsOf(user)).toEqual(['checking', 'credit card', 'ira', 'savings', 'student'])
  expect((await DataService.listTransactions(user, { limit: 5 })).items).toHaveLength(5)
})
