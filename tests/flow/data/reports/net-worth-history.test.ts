import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { today } from '@/lib/domain/dates'
import { addDays } from '@/lib/domain/periods'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  account,
  connect,
  newUser,
  page,
  result,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const TODAY = today('UTC')
const ago = (days: number) => addDays(TODAY, -days)

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const accounts = [
  account('checking', { current: usd(50_000n) }),
  account('card', { type: 'credit', current: usd(-2_000n) }),
  account('euros', { current: { minor: 900n, currency: 'EUR' } }),
  account('shares', { type: 'investment', current: usd(7_000n) })
]

async function personWithPast(): Promise<UserActor> {
  const user = await newUser()
  const connectionId = await connect(user, { accounts })
  const rows = [
    transaction('pay', { amount: usd(30_000n), date: ago(3) }),
    transaction('coffee', { amount: usd(-500n), date: ago(3) }),
    transaction('held', { amount: usd(-9_999n), date: ago(2), pending: true }),
    transaction('bought', { plaidAccountId: 'card', amount: usd(-1_200n), date: ago(5) }),
    transaction('overpaid', { plaidAccountId: 'card', amount: usd(3_200n), date: ago(1) }),
    transaction('trade', { plaidAccountId: 'shares', amount: usd(-4_000n), date: ago(2) }),
    transaction('abroad', {
      plaidAccountId: 'euros',
      amount: { minor: -100n, currency: 'EUR' },
      date: ago(4)
    }),
    transaction('other money', { plaidAccountId: 'euros', amount: usd(-100n), date: ago(4) })
  ]
  await sync(storage, connectionId, [page({ added: rows })], result({ accounts }))
  return user
}

const read = async (user: UserActor, timeZone = 'UTC') => {
  const lines = await DataService.getNetWorthHistory(user, { range: '1m', timeZone })
  return new Map(
    lines.map(({ currency, points }) => [
      currency,
      new Map(points.map((point) => [point.on, point]))
    ])
  )
}
const worthOn = async (user: UserActor, on: string, currency = 'USD') =>
  (await read(user)).get(currency)?.get(on)?.minor
const snapshots = ({ userId }: UserActor) =>
  storage.rows<{ taken_on: string; minor: bigint }>(
    'select taken_on, minor from balance_snapshots where user_id = $1 order by taken_on, minor',
    [userId]
  )

describe('net worth from stored rows', () => {
  it('is computed backwards from booked rows: pending rows, trades and other currencies do not affect a balance', async () => {
    const user = await personWithPast()
    const now = (await DataService.getNetWorth(user, TODAY)).currencies
    expect(now.map(({ currency, net }) => [currency, net])).toEqual(
      expect.arrayContaining([
        ['USD', 59_000n],
        ['EUR', 900n]
      ])
    )
    for (const { currency, net } of now) expect(await worthOn(user, TODAY, currency)).toBe(net)
    expect(await worthOn(user, ago(2))).toBe(59_000n - 3_200n)
    expect(await worthOn(user, ago(4))).toBe(59_000n - 3_200n - 29_500n)
    expect(await worthOn(user, ago(4), 'EUR')).toBe(900n)
    expect(await worthOn(user, ago(5), 'EUR')).toBe(1_000n)
    expect((await read(user)).get('USD')?.get(ago(2))?.estimated).toBe(true)
  })

  it('keeps one balance per account and day, the last reported one', async () => {
    const user = await personWithPast()
    await DataService.recordBalances({ limit: 100 })
    await DataService.recordBalances({ limit: 100 })
    expect(await snapshots(user)).toHaveLength(4)
    await storage.rows(
      `update linked_accounts set current_minor = 60000, balances_at = balances_at + interval '1 millisecond' where user_id = $1 and plaid_account_id = 'checking'`,
      [user.userId]
    )
    await DataService.recordBalances({ limit: 100 })
    expect((await snapshots(user)).map(({ minor }) => Number(minor))).toEqual([
      -2_000, 900, 7_000, 60_000
    ])
  })

  it('prefers a reported balance to a computed one, with an overpaid card above zero', async () => {
    const user = await personWithPast()
    await DataService.recordBalances({ limit: 100 })
    await storage.rows(
      `update balance_snapshots set taken_on = taken_on - 2, taken_at = taken_at - interval '2 days', minor = minor - 100 where user_id = $1`,
      [user.userId]
    )
    const point = (await read(user)).get('USD')?.get(ago(2))
    expect(point).toEqual({ on: ago(2), minor: 49_900n + 2_100n + 6_900n, estimated: false })
  })

  it.each(['Etc/GMT+12', 'Pacific/Kiritimati', 'America/New_York'])(
    'ends today with today’s balance in %s',
    async (zone) => {
      const user = await personWithPast()
      await DataService.recordBalances({ limit: 100 })
      const usd = [...((await read(user, zone)).get('USD')?.values() ?? [])]
      expect(usd.at(-1)).toEqual({ on: today(zone), minor: 59_000n, estimated: false })
    }
  )

  it('keeps a closed account in the past, and ends it on that day', async () => {
    const user = await personWithPast()
    const [connection] = await DataService.listConnections(user)
    const before = await worthOn(user, ago(4))
    await sync(
      storage,
      connection?.id ?? '',
      [],
      result({ accounts: accounts.filter(({ plaidAccountId }) => plaidAccountId !== 'checking') })
    )
    expect(await worthOn(user, ago(4))).toBe(before)
    expect(await worthOn(user, ago(1))).toBe(59_000n)
    expect(await worthOn(user, TODAY)).toBe(9_000n)
  })

  it('continues a replaced card’s balance on the new card', async () => {
    const user = await newUser()
    const card = (id: string, mask: string) =>
      account(id, {
        type: 'credit',
        subtype: 'credit card',
        name: `Card ${mask}`,
        mask,
        current: usd(80_000n)
      })
    const checking = account('checking', { current: usd(100_000n) })
    const connectionId = await connect(user, { accounts: [checking, card('old', '1111')] })
    const bought = transaction('bought', {
      plaidAccountId: 'old',
      amount: usd(-5_000n),
      date: ago(5)
    })
    const earlier = transaction('earlier', { amount: usd(-100n), date: ago(9) })
    await sync(
      storage,
      connectionId,
      [page({ added: [bought, earlier] })],
      result({ accounts: [checking, card('old', '1111')] })
    )
    await sync(storage, connectionId, [], result({ accounts: [checking, card('new', '2222')] }))
    await DataService.recordBalances({ limit: 100 })
    for (const [day, minor] of [
      [0, 20_000n],
      [1, 20_000n],
      [5, 20_000n],
      [6, 25_000n]
    ] as const)
      expect(await worthOn(user, ago(day)), String(day)).toBe(minor)
  })

  it.each([
    [
      'its category',
      {
        name: 'TRANSFER TO INVESTMENTS',
        categoryPrimary: 'TRANSFER_OUT',
        categoryDetailed: 'TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS'
      }
    ],
    [
      'its description',
      { name: 'ACH CONTRIBUTION XXXX5555', categoryPrimary: null, categoryDetailed: null }
    ]
  ])(
    'shows no loss for a transfer to an own account without transactions, known by %s',
    async (_, said) => {
      const user = await newUser()
      const all = [
        account('checking'),
        account('savings', { subtype: 'savings', mask: '1111' }),
        account('ira', { type: 'investment', subtype: 'ira', mask: '5555', current: usd(900_000n) })
      ]
      const connectionId = await connect(user, { accounts: all })
      const rows = [
        transaction('earlier', { amount: usd(-100n), date: ago(9) }),
        transaction('ira', { ...said, amount: usd(-340_600n), date: ago(4) }),
        transaction('out', {
          name: 'TRANSFER TO SAVINGS',
          categoryPrimary: 'TRANSFER_OUT',
          categoryDetailed: 'TRANSFER_OUT_SAVINGS',
          amount: usd(-7_000n),
          date: ago(6)
        }),
        transaction('in', {
          plaidAccountId: 'savings',
          name: 'TRANSFER FROM CHECKING',
          categoryPrimary: 'TRANSFER_IN',
          categoryDetailed: null,
          amount: usd(7_000n),
          date: ago(5)
        }),
        transaction('friend', {
          name: 'TO A FRIEND',
          categoryPrimary: 'TRANSFER_OUT',
          categoryDetailed: 'TRANSFER_OUT_ACCOUNT_TRANSFER',
          amount: usd(-2_000n),
          date: ago(7)
        })
      ]
      await sync(storage, connectionId, [page({ added: rows })], result({ accounts: all }))
      expect(await worthOn(user, TODAY)).toBe(920_000n)
      expect(await worthOn(user, ago(6))).toBe(913_000n)
      expect(await worthOn(user, ago(7))).toBe(920_000n)
      expect(await worthOn(user, ago(8))).toBe(922_000n)
    }
  )

  it('shows no data of another user', async () => {
    await personWithPast()
    expect(
      await DataService.getNetWorthHistory(await newUser(), { range: 'all', timeZone: 'UTC' })
    ).toEqual([])
  })
})
