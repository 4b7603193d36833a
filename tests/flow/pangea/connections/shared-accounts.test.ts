/** Logins that share accounts: each account is counted once, whichever login reports it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import {
  controlItem,
  itemOf,
  linkBankThroughLink,
  linkedUser,
  relinkBankThroughLink
} from '@/tests/support/connections'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const namesOf = async (user: UserActor) =>
  (await DataService.listAccounts(user)).map(({ name }) => name).sort()
const balancesOf = async (user: UserActor) =>
  (await DataService.listAccounts(user))
    .map(({ name, current }) => `${name} ${current?.minor}`)
    .sort()
const booked = async (user: UserActor) =>
  (await DataService.listTransactions(user, { limit: 200, pending: 'no' })).items
const told = async (user: UserActor) =>
  (await booked(user))
    .map(({ date, name, amount, accountName }) => `${date} ${name} ${amount.minor} ${accountName}`)
    .sort()
const only =
  (...names: string[]) =>
  (name: string) =>
    names.some((part) => name.includes(part))

const today = () => new Date().toISOString().slice(0, 10)
const shared = (name: string, mask: string, description: string) => ({
  type: 'depository',
  subtype: 'checking',
  starting_balance: 500,
  meta: { name, mask },
  transactions: [{ date_transacted: today(), date_posted: today(), amount: 7, description }]
})
const login = (...accounts: object[]) => ({
  username: 'user_custom',
  password: JSON.stringify({ override_accounts: accounts })
})
const JOINT = shared('Joint', '1111', 'JOINT RENT')
const ADAS = login(JOINT, shared('Ada Savings', '2222', 'ADA ROW'))
const BENS = login(JOINT, shared('Ben Checking', '3333', 'BEN ROW'))

describe('the same login linked again', () => {
  test('with all its accounts replaces the first, with everything counted and billed once', async () => {
    const { user, connectionId, itemId } = await linkedUser(world, {
      choose: only('Checking', 'Saving')
    })
    const edited = (await booked(user))[0]?.id ?? ''
    await PangeaService.editTransaction(user, edited, { note: 'mine' })
    const again = await linkBankThroughLink(world, user)
    await world.settle()
    expect(await namesOf(user)).toHaveLength(5)
    expect((await DataService.listConnections(user)).map(({ id }) => id)).toEqual([
      again.connectionId
    ])
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(again.connectionId).not.toBe(connectionId)
    const rows = await told(user)
    const other = await linkedUser(world)
    expect(rows.length).toBe((await told(other.user)).length)
    expect((await booked(user)).find(({ id }) => id === edited)).toMatchObject({ note: 'mine' })
    const [doubled] = await world.storage.rows<{ n: number }>(
      `select count(*)::int as n from (select 1 from transactions where user_id = $1 and removed_at is null and not pending
         group by account_id, booked_on, amount_minor, name having count(distinct id) > count(distinct plaid_transaction_id)) d`,
      [user.userId]
    )
    expect(doubled?.n).toBe(0)
  })

  test('with some known and some new accounts adds only the new ones', async () => {
    const { user } = await linkedUser(world, { choose: only('Checking', 'Saving') })
    const count = async (name: string) =>
      (await booked(user)).filter(({ accountName }) => accountName.includes(name)).length
    const before = await balancesOf(user)
    await linkBankThroughLink(world, user, { choose: only('Checking', 'IRA') })
    await world.settle()
    expect((await namesOf(user)).map((name) => name.replace('Plaid ', ''))).toEqual([
      'Checking',
      'IRA',
      'Saving'
    ])
    expect(await balancesOf(user)).toEqual(expect.arrayContaining(before))
    expect(await count('IRA')).toBe(0)
    const accounts = await world.storage.rows(
      `select distinct account_id from transactions where user_id = $1 and removed_at is null`,
      [user.userId]
    )
    expect(accounts).toHaveLength(2)
  })

  test('with only known accounts is refused, and its Item removed', async () => {
    const { user } = await linkedUser(world)
    await expect(
      linkBankThroughLink(world, user, { choose: only('Checking') })
    ).rejects.toMatchObject({
      code: 'conflict'
    })
    expect(await DataService.listConnections(user)).toHaveLength(1)
  })
})

describe('a second login that shares a joint account', () => {
  test('is linked, with the joint account once, also after syncs and webhooks', async () => {
    const { user } = await linkedUser(world, ADAS)
    const second = await linkBankThroughLink(world, user, BENS)
    await world.settle()
    expect(await namesOf(user)).toEqual(['Ada Savings', 'Ben Checking', 'Joint'])
    await controlItem(world, second.itemId, 'fire/SYNC_UPDATES_AVAILABLE')
    expect(await namesOf(user)).toEqual(['Ada Savings', 'Ben Checking', 'Joint'])
    expect((await booked(user)).map(({ name }) => name).sort()).toEqual([
      'ADA ROW',
      'BEN ROW',
      'JOINT RENT'
    ])
    expect((await DataService.getNetWorth(user, today())).currencies[0]?.net).toBe(150_000n)
  })

  test.each(['keep', 'erase'] as const)(
    'takes over the joint account once the first login is disconnected (%s)',
    async (history) => {
      const { user, connectionId } = await linkedUser(world, ADAS)
      const second = await linkBankThroughLink(world, user, BENS)
      await world.settle()
      await PangeaService.disconnectBank(user, connectionId, { history })
      await world.settle()
      expect(await namesOf(user)).toEqual(['Ben Checking', 'Joint'])
      const mine = (await DataService.listAccounts(user)).filter(
        (account) => account.connectionId === second.connectionId
      )
      expect(mine).toHaveLength(2)
      expect(
        (await booked(user))
          .filter(({ accountId }) => mine.some(({ id }) => id === accountId))
          .map(({ name }) => name)
          .sort()
      ).toEqual(['BEN ROW', 'JOINT RENT'])
    }
  )

  test('is not blocked by an account that was closed at the first', async () => {
    const { user, connectionId } = await linkedUser(world, ADAS)
    await relinkBankThroughLink(world, user, connectionId, { ...ADAS, choose: only('Ada') })
    await world.settle()
    expect(await namesOf(user)).toEqual(['Ada Savings'])
    await linkBankThroughLink(world, user, { ...ADAS, choose: only('Joint') })
    await world.settle()
    expect(await namesOf(user)).toEqual(['Ada Savings', 'Joint'])
  })
})
