import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorResponse } from '@/app/_lib/errors/error-response'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { controlItem, itemOf, linkBankThroughLink, linkedUser } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const namesOf = async (user: UserActor) =>
  (await DataService.listAccounts(user)).map(({ name }) => name).sort()

async function logged(run: () => Promise<unknown>): Promise<string> {
  const logs = captureLogs()
  try {
    await run()
    return logs()
  } finally {
    resetSingletons('log')
  }
}

describe('an Item that may be left at Plaid', () => {
  const orphans = (user: UserActor) =>
    world.storage.rows(
      `select link_session_id, institution_id from link_events where user_id = $1 and type = 'orphan'`,
      [user.userId]
    )
  const given = async () => ({
    publicToken: await world.publicToken(),
    linkSessionId: `session-${Math.random()}`,
    institutionId: 'ins_109508',
    accounts: []
  })

  test('after an exchange with a lost response is logged, counted and recorded with what Plaid’s support needs', async () => {
    const user = await world.createUser()
    const input = await given()
    await world.control('plaid', '/faults', {
      path: '/item/public_token/exchange',
      kind: 'truncated',
      times: 1
    })
    const lines = await logged(() =>
      expect(PangeaService.linkBank(user, input)).rejects.toMatchObject({ service: 'plaid' })
    )
    const line = lines.split('\n').find((text) => text.includes('link.item_orphaned')) ?? '{}'
    expect(JSON.parse(line)).toMatchObject({
      level: 50,
      linkSessionId: input.linkSessionId,
      institutionId: 'ins_109508',
      count: expect.any(Number)
    })
    expect(line).not.toContain('public-sandbox')
    expect(await orphans(user)).toEqual([
      { link_session_id: input.linkSessionId, institution_id: 'ins_109508' }
    ])
  })

  test('after a failed removal is logged and recorded too', async () => {
    const user = await world.createUser()
    await world.control('plaid', '/faults', {
      path: '/accounts/get',
      kind: '400',
      code: 'INVALID_FIELD',
      times: 1
    })
    await world.control('plaid', '/faults', {
      path: '/item/remove',
      kind: '400',
      code: 'INVALID_FIELD',
      times: 1
    })
    const input = await given()
    const lines = await logged(() =>
      expect(PangeaService.linkBank(user, input)).rejects.toMatchObject({ service: 'plaid' })
    )
    expect(lines).toMatch(/link\.item_orphaned/)
    expect(await orphans(user)).toHaveLength(1)
  })
})

test('a bank outage during linking is not reported as an outage of Plaid, nor as wrong keys', async () => {
  const told = async (fault: object) => {
    const user = await world.createUser()
    await world.control('plaid', '/faults', { path: '/accounts/get', times: 1, ...fault })
    const thrown = await linkBankThroughLink(world, user).catch((error: unknown) => error)
    const response = errorResponse(
      thrown,
      new Request('http://localhost/api/v1/bank/set_access_token', { method: 'POST' })
    )
    return ((await response.json()) as { error: { message: string } }).error.message
  }
  expect(await told({ kind: '400', code: 'INSTITUTION_DOWN' })).toContain(
    'Your bank is not answering'
  )
  expect(await told({ kind: '400', code: 'INVALID_API_KEYS' })).toContain('not set up correctly')
})

describe('USER_ACCOUNT_REVOKED', () => {
  test('closes its account after a check with Plaid, and leaves the others open', async () => {
    const { user, itemId } = await linkedUser(world)
    const before = await namesOf(user)
    await controlItem(world, itemId, 'fire/USER_ACCOUNT_REVOKED')
    expect((await itemOf(world, itemId))?.accounts).toHaveLength(4)
    expect(await namesOf(user)).toEqual(before.filter((name) => !name.includes('Checking')))
  })

  test('closes its account even when it is the only one, and keeps its history', async () => {
    const { user, connectionId, itemId } = await linkedUser(world, {
      choose: (name) => name.includes('Checking')
    })
    await controlItem(world, itemId, 'fire/USER_ACCOUNT_REVOKED')
    expect(await namesOf(user)).toEqual([])
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'bad',
      errorCode: 'NO_ACCOUNTS'
    })
    expect((await DataService.listTransactions(user, { limit: 5 })).items).toHaveLength(5)
  })
})

test('an offer of new accounts survives a LOGIN_REPAIRED webhook', async () => {
  const { user, connectionId, itemId } = await linkedUser(world)
  await controlItem(world, itemId, 'fire/NEW_ACCOUNTS_AVAILABLE')
  await controlItem(world, itemId, 'repair')
  expect(await DataService.getConnection(user, connectionId)).toMatchObject({
    newAccounts: true,
    status: 'good'
  })
})

test('balances are read even when transactions are refused', async () => {
  const { user, connectionId } = await linkedUser(world)
  const at = async () =>
    Math.min(
      ...(await DataService.listAccounts(user)).map(({ balancesAt }) =>
        Date.parse(balancesAt ?? '')
      )
    )
  const before = await at()
  await world.control('plaid', '/faults', {
    path: '/transactions/sync',
    kind: '400',
    code: 'PRODUCTS_NOT_SUPPORTED',
    times: 1
  })
  await DataService.requestSync(user, connectionId, 'test')
  await world.settle()
  expect(await DataService.getConnection(user, connectionId)).toMatchObject({
    sync: { status: 'failed', code: 'PRODUCTS_NOT_SUPPORTED' }
  })
  expect(await at()).toBeGreaterThan(before)
})

test('similar accounts keep their own rows under new ids', async () => {
  const alike = (balance: number) => ({
    type: 'depository',
    subtype: 'cd',
    starting_balance: balance,
    meta: { name: 'CD', mask: '' }
  })
  const password = JSON.stringify({ override_accounts: [alike(100), alike(900)] })
  const { user, connectionId } = await linkedUser(world, { username: 'user_custom', password })
  const told = async () =>
    (await DataService.listAccounts(user))
      .map(({ id, current }) => `${id} ${current?.minor}`)
      .sort()
  const before = await told()
  await world.storage.rows(
    `update linked_accounts set plaid_account_id = 'old ' || plaid_account_id where connection_id = $1`,
    [connectionId]
  )
  await DataService.requestSync(user, connectionId, 'test')
  await world.settle()
  expect(await told()).toEqual(before)
})
