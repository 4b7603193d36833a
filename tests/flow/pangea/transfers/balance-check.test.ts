/** A deposit is compared with what the user's bank has, before it is requested. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DataService } from '@/lib/services'
import { plaid } from '@/pangea.config'
import { linkBankThroughLink } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { type FundedUser, fundedUser, prepareTransfer } from '@/tests/support/funding'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => {
  setChecks('off')
  return world.close()
})
beforeEach(async () => {
  setChecks('on')
  await world.storage.rows('delete from rate_limits')
})

function setChecks(value: 'on' | 'off'): void {
  plaid.checkBalances = value === 'on'
}

/** A user whose funding bank is linked here too, and its checking account. */
async function linkedHereToo(): Promise<FundedUser & { available: bigint; connectionId: string }> {
  const funded = await fundedUser(world)
  const { connectionId } = await linkBankThroughLink(world, funded.user)
  await world.settle()
  const checking = (await DataService.listAccounts(funded.user)).find(
    ({ subtype }) => subtype === 'checking'
  )
  return { ...funded, connectionId, available: checking?.available?.minor ?? 0n }
}
const asked = (connectionId: string) =>
  world.storage.rows(
    `select 1 from vendor_events where connection_id = $1 and method = '/accounts/balance/get'`,
    [connectionId]
  )

test('a deposit of more than the bank has is refused with what it has, and the rest is possible', async () => {
  const funded = await linkedHereToo()
  expect(funded.available).toBeGreaterThan(100n)
  const text = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(
    Number(funded.available) / 100
  )
  await expect(prepareTransfer(funded, 'in', funded.available + 1n)).rejects.toMatchObject({
    code: 'invalid',
    fields: {
      amount: `Your Plaid Checking at First Platypus Bank has ${text}. Enter that or less`
    }
  })
  expect(await prepareTransfer(funded, 'in', funded.available)).toMatchObject({ state: 'draft' })
  expect(await asked(funded.connectionId)).toHaveLength(2)
})

test('a bank that does not answer refuses nothing', async () => {
  const funded = await linkedHereToo()
  const logged = captureLogs()
  try {
    const fault = { path: '/accounts/balance/get', kind: '400', code: 'INSTITUTION_DOWN' }
    await world.control('plaid', '/faults', fault)
    expect(await prepareTransfer(funded, 'in', funded.available + 1n)).toMatchObject({
      state: 'draft'
    })
  } finally {
    world.plaid.faults.clear()
    resetSingletons('log')
  }
  expect(logged()).toContain('transfer.balance_unavailable')
})

test('a bank that is not linked here is not asked, and neither is any without the setting', async () => {
  expect(await prepareTransfer(await fundedUser(world), 'in', 4_000_000n)).toMatchObject({
    state: 'draft'
  })
  setChecks('off')
  const funded = await linkedHereToo()
  expect(await prepareTransfer(funded, 'in', funded.available + 1n)).toMatchObject({
    state: 'draft'
  })
  expect(await asked(funded.connectionId)).toEqual([])
})
