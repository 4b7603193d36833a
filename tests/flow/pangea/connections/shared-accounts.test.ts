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

const namesOf = async (person: UserActor) =>
  (await DataService.listAccounts(person)).map(({ name }) => name).sort()
const balancesOf = async (person: UserActor) =>
  (await DataService.listAccounts(person))
    .map(({ name, current }) => `${name} ${current?.minor}`)
    .sort()
const booked = async (person: UserActor) =>
  (await DataService.listTransactions(person, { limit: 200, pending: 'no' })).items
const told = async (person: UserActor) =>
  (await booked(person))
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
    const { person, connectionId, itemId } = await linkedUser(world, {
      choose: only('Checking', 'Saving')
    })
    const edited = (await booked(person))[0]?.id ?? ''
    await PangeaService.editTransaction(person, edited, { note: 'mine' })
    const again = await linkBankThroughLink(world, person)
    await world.settle()
    expect(await namesOf(person)).toHaveLength(5)
    expect((await DataService.listConnections(person)).map(({ id }) => id)).toEqual([
      again.connectionId
    ])
    expect(await itemOf(world, itemId)).toMatchObject({ removed: true })
    expect(again.connectionId).not.toBe(connectionId)
    const rows = await told(person)
    const other = await linkedUser(world)
    expect(rows.length).toBe((await told(other.person)).length)
    expect((await booked(person)).find(({ id }) => id === edited)).toMatchObject({ note: 'mine' })
    const [doubled] = await world.storage.rows<{ n: number }>(
      `select count(*)::int as n from (select 1 from transactions where user_id = $1 and removed_at is null and not pending
         group by account_id, booked_on, amount_minor, name having count(distinct id) > count(distinct plaid_transaction_id)) d`,
      [person.userId]
    )
    expect(doubled?.n).toBe(0)
  })

  test('with some known and some new accounts adds only the new ones', async () => {
    const { person } = await linkedUser(world, { choose: only('Checking', 'Saving') })
    const count = async (name: string) =>
      (await booked(person)).filter(({ accountName }) => accountName.includes(name)).length
    const before = await balancesOf(person)
    await linkBankThroughLink(world, person, { choose: only('Checking', 'IRA') })
    await world.settle()
    expect((await namesOf(person)).map((name) => name.replace('Plaid ', ''))).toEqual([
      'Checking',
      'IRA',
      'Saving'
    ])
    expect(await balancesOf(person)).toEqual(expect.arrayContaining(before))
    expect(await count('IRA')).toBe(0)
    const accounts = await world.storage.rows(
      `select distinct account_id from transactions where user_id = $1 and removed_at is null`,
      [person.userId]
    )
    expect(accounts).toHaveLength(2)
  })

  test('with only known accounts is refused, and its Item removed', async () => {
    const { person } = await linkedUser(world)
    await expect(
      linkBankThroughLink(world, person, { choose: only('Checking') })
    ).rejects.toMatchObject({
      code: 'conflict'
    })
    expect(await DataService.listConnections(person)).toHaveLength(1)
  })
})

describe('a second login that shares a joint account', () => {
  test('is linked, with the joint account once, also after syncs and webhooks', async () => {
    const { person } = await linkedUser(world, ADAS)
    const second = await linkBankThroughLink(world, person, BENS)
    await world.settle()
    expect(await namesOf(person)).toEqual(['Ada Savings', 'Ben Checking', 'Joint'])
    await controlItem(world, second.itemId, 'fire/SYNC_UPDATES_AVAILABLE')
    expect(await namesOf(person)).toEqual(['Ada Savings', 'Ben Checking', 'Joint'])
    expect((await booked(person)).map(({ name }) => name).sort()).toEqual([
      'ADA ROW',
      'BEN ROW',
      'JOINT RENT'
    ])
    expect((await DataService.getNetWorth(person, today())).currencies[0]?.net).toBe(150_000n)
  })

  test.each(['keep', 'erase'] as const)(
    'takes over the joint account once the first login is disconnected (%s)',
    async (history) => {
      const { person, connectionId } = await linkedUser(world, ADAS)
      const second = await linkBankThroughLink(world, person, BENS)
      await world.settle()
      await PangeaService.disconnectBank(person, connectionId, { history })
      await world.settle()
      expect(await namesOf(person)).toEqual(['Ben Checking', 'Joint'])
      const mine = (await DataService.listAccounts(person)).filter(
        (account) => account.connectionId === second.connectionId
      )
      expect(mine).toHaveLength(2)
      expect(
        (await booked(person))
          .filter(({ accountId }) => mine.some(({ id }) => id === accountId))
          .map(({ name }) => name)
          .sort()
      ).toEqual(['BEN ROW', 'JOINT RENT'])
    }
  )

  test('is not blocked by an account that was closed at the first', async () => {
    const { person, connectionId } = await linkedUser(world, ADAS)
    await relinkBankThroughLink(world, person, connectionId, { ...ADAS, choose: only('Ada') })
    await world.settle()
    expect(await namesOf(person)).toEqual(['Ada Savings'])
    await linkBankThroughLink(world, person, { ...ADAS, choose: only('Joint') })
    await world.settle()
    expect(await namesOf(person)).toEqual(['Ada Savings', 'Joint'])
  })
})
