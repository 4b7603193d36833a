import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import {
  account,
  connect,
  newUser,
  page,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

async function withTransactions(count: number) {
  const user = await newUser()
  const accounts = [account('checking'), account('savings', { name: 'Rainy days' })]
  const connectionId = await connect(user, { accounts })
  const rows = Array.from({ length: count }, (_, n) =>
    transaction(`t${n}`, {
      date: `2026-03-${String(1 + Math.floor(n / 3)).padStart(2, '0')}`,
      plaidAccountId: n % 2 ? 'savings' : 'checking'
    })
  )
  await sync(storage, connectionId, [page({ added: rows })], { accounts })
  return { user, connectionId, accounts }
}

describe('listTransactions', () => {
  test('pages through every row once, newest day first, even when rows come and go between pages', async () => {
    const { user, connectionId, accounts } = await withTransactions(20)
    const seen = []
    let cursor: string | undefined
    for (let n = 0; ; n++) {
      const { items, next } = await DataService.listTransactions(user, { limit: 7, cursor })
      seen.push(...items)
      if (n === 0)
        await sync(
          storage,
          connectionId,
          [page({ added: [transaction('newer', { date: '2026-12-01' })], removed: ['t19'] })],
          { accounts }
        )
      if (!next) break
      cursor = next
    }
    expect(seen).toHaveLength(20)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(20)
    expect(seen.map(({ date }) => date)).toEqual(
      seen
        .map(({ date }) => date)
        .sort()
        .reverse()
    )
  })

  test('returns calendar dates and exact amounts unchanged', async () => {
    const user = await newUser()
    const connectionId = await connect(user)
    const given = transaction('big', {
      amount: usd(-9_223_372_036_854_775_807n),
      date: '2026-01-01',
      authorizedOn: '2025-12-31',
      merchantName: 'O\'Brien \u2615 \\ "x"'
    })
    await sync(storage, connectionId, [page({ added: [given] })])
    expect((await DataService.listTransactions(user, { limit: 1 })).items).toMatchObject([
      {
        amount: given.amount,
        date: '2026-01-01',
        authorizedOn: '2025-12-31',
        merchantName: given.merchantName,
        pending: false,
        accountName: 'Account checking'
      }
    ])
  })

  test("filters by account, and returns nothing for another user's or an unknown account", async () => {
    const { user } = await withTransactions(6)
    const [savings] = (await DataService.listAccounts(user)).filter(
      ({ name }) => name === 'Rainy days'
    )
    const { items } = await DataService.listTransactions(user, {
      limit: 50,
      account: savings?.id
    })
    expect(items.map(({ accountName }) => accountName)).toEqual([
      'Rainy days',
      'Rainy days',
      'Rainy days'
    ])
    const nothing = { items: [], next: null }
    expect(
      await DataService.listTransactions(await newUser(), { limit: 50, account: savings?.id })
    ).toEqual(nothing)
    expect(await DataService.listTransactions(user, { limit: 50, account: 'none' })).toEqual(
      nothing
    )
    expect(await DataService.listTransactions(await newUser(), { limit: 50 })).toEqual(nothing)
  })

  test("another user's cursor returns none of their data, and an invalid one is refused", async () => {
    const { user } = await withTransactions(6)
    const { next } = await DataService.listTransactions(user, { limit: 2 })
    expect(
      (await DataService.listTransactions(await newUser(), { limit: 50, cursor: next ?? '' })).items
    ).toEqual([])
    for (const cursor of [
      '',
      'xyz',
      Buffer.from('2026-99-99|nobody').toString('base64url'),
      `${next}'; drop table users`
    ]) {
      await expect(DataService.listTransactions(user, { limit: 2, cursor })).rejects.toMatchObject({
        code: 'invalid',
        fields: { cursor: expect.any(String) }
      })
    }
  })

  test('a page has at least one row and at most 200', async () => {
    const { user } = await withTransactions(60)
    expect((await DataService.listTransactions(user, { limit: 0 })).items).toHaveLength(1)
    expect((await DataService.listTransactions(user, { limit: 100_000 })).items).toHaveLength(60)
  })

  test('the kept history of a disconnected bank is still listed, its accounts are not', async () => {
    const { user, connectionId } = await withTransactions(3)
    await storage.rows('update bank_connections set removed_at = now() where id = $1', [
      connectionId
    ])
    expect((await DataService.listTransactions(user, { limit: 50 })).items).toHaveLength(3)
    expect(await DataService.listAccounts(user)).toEqual([])
  })
})
