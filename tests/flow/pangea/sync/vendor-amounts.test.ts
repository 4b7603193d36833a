import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFilter } from '@/lib/api/transactions'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { resyncStalePending } from '@/lib/services/pangea/worker/reconcile'
import { openScriptedBank, plaidAccount, plaidRow } from '@/tests/support/plaid/scripted-bank'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
let bank: Awaited<ReturnType<typeof openScriptedBank>>
beforeAll(async () => {
  storage = await openTestStorage()
  bank = await openScriptedBank()
})
afterAll(async () => {
  await bank.close()
  await storage.close()
})

const NOVEMBER = ['2026-11']
const flowOf = async (user: UserActor) =>
  (await DataService.getCashFlow(user, NOVEMBER)).flatMap(({ months }) =>
    months.map((month) => [month.in, month.out])
  )
const rowsOf = async (user: UserActor) =>
  (await DataService.listTransactions(user, { limit: 50 })).items

describe('amounts of any size', () => {
  const token = { iso_currency_code: null, unofficial_currency_code: 'SHIB' }

  test('are kept to the last unit, summed and filtered', async () => {
    const wallet = plaidAccount('s', {
      type: 'investment',
      subtype: 'crypto exchange',
      balances: { ...token, current: 150_000_000_000.125, available: 9e15 }
    })
    const rows = [
      plaidRow('1'),
      plaidRow('2', { ...token, account_id: 's', amount: -2e12 }),
      plaidRow('3', { ...token, account_id: 's', amount: -1e12, date: '2026-11-03' })
    ]
    bank.script({
      accounts: [plaidAccount('chk', { balances: { current: 10 } }), wallet],
      syncs: [[{ added: rows }]]
    })
    const { user, connectionId } = await bank.link()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      quarantined: 0,
      sync: { status: 'completed' }
    })
    const { currencies } = await DataService.getNetWorth(user, '2026-11-20')
    expect(currencies.map(({ currency, net }) => [currency, net])).toEqual([
      ['USD', 1_000n],
      ['SHIB', 15_000_000_000_012_500_000n]
    ])
    await DataService.recordBalances({ limit: 1_000 })
    expect(
      (await DataService.getNetWorthHistory(user, { range: '1m', timeZone: 'UTC' }))
        .find(({ currency }) => currency === 'SHIB')
        ?.points.at(-1)?.minor
    ).toBe(15_000_000_000_012_500_000n)
    expect(await DataService.summarizeTransactions(user, { currency: 'SHIB' })).toMatchObject({
      sums: [{ minor: 3n * 10n ** 20n }]
    })
    const page = await DataService.listTransactions(user, { limit: 1, sort: 'largest' })
    expect(page.items[0]?.amount.minor).toBe(2n * 10n ** 20n)
    expect(
      (
        await DataService.listTransactions(user, {
          limit: 1,
          sort: 'largest',
          cursor: page.next ?? ''
        })
      ).items[0]?.amount.minor
    ).toBe(10n ** 20n)
  })

  test('match a filter of any length', async () => {
    bank.script({ accounts: [plaidAccount('chk')], syncs: [[{ added: [plaidRow('1')] }]] })
    const { user } = await bank.link()
    const count = async (filter: object) =>
      (
        await DataService.summarizeTransactions(
          user,
          parseFilter(filter as Record<string, string>).filter
        )
      ).count
    expect(await count({ min: '9'.repeat(400) })).toBe(0)
    expect(await count({ max: '9'.repeat(400) })).toBe(1)
    expect(await count({ min: `0.${'0'.repeat(300)}1` })).toBe(1)
    expect(parseFilter({ min: '9'.repeat(400) }).filter.min).toHaveLength(400)
  })
})

describe('money back on a card', () => {
  test.each([null, { primary: 'OTHER', detailed: 'OTHER_OTHER' }])(
    'is a refund or a payment, never income, with the category %j',
    async (personal_finance_category) => {
      const card = { account_id: 'card', personal_finance_category }
      const rows = [
        plaidRow('W', {
          amount: -3_000,
          personal_finance_category: { primary: 'INCOME', detailed: 'INCOME_WAGES' }
        }),
        plaidRow('B1', { ...card, amount: 120, name: 'SHOE SHOP' }),
        plaidRow('R1', { ...card, amount: -40, name: 'SHOE SHOP RETURN' }),
        plaidRow('P1', { ...card, amount: -500, name: 'ONLINE PAYMENT - THANK YOU' })
      ]
      bank.script({
        accounts: [
          plaidAccount('chk'),
          plaidAccount('card', { type: 'credit', subtype: 'credit card' })
        ],
        syncs: [[{ added: rows }]]
      })
      const { user } = await bank.link()
      expect(await flowOf(user)).toEqual([[300_000n, 8_000n]])
      expect((await rowsOf(user)).find(({ name }) => name.includes('PAYMENT'))?.kind).toBe(
        'transfer'
      )
      expect((await rowsOf(user)).find(({ name }) => name.includes('RETURN'))?.kind).toBe(
        'spending'
      )
    }
  )
})

describe('a balance with only the available amount', () => {
  test('counts: all of a deposit, and the used part of a card’s limit', async () => {
    const told = (available: number, limit: number | null = null) => ({
      balances: { current: null, available, limit }
    })
    const card = { type: 'credit', subtype: 'credit card' }
    bank.script({
      accounts: [
        plaidAccount('chk', told(321)),
        plaidAccount('card', { ...card, ...told(900, 1_000) }),
        plaidAccount('c2', { ...card, ...told(900) })
      ],
      syncs: [[{}]]
    })
    const { user } = await bank.link()
    const worth = await DataService.getNetWorth(user, '2026-11-20')
    expect(worth.currencies.map(({ net }) => net)).toEqual([22_100n])
    expect(worth.leftOut.map(({ name, reason }) => [name, reason])).toEqual([
      ['Account c2', 'no_balance']
    ])
    await DataService.recordBalances({ limit: 1_000 })
    const kept = await storage.rows<{ minor: string }>(
      'select minor from balance_snapshots where user_id = $1 order by minor',
      [user.userId]
    )
    expect(kept.map(({ minor }) => Number(minor))).toEqual([10_000, 32_100])
    expect(
      (await DataService.getNetWorthHistory(user, { range: '1m', timeZone: 'UTC' }))[0]?.points.at(
        -1
      )?.minor
    ).toBe(22_100n)
  })
})

describe('pending rows older than 14 days', () => {
  test('stay while Plaid lists them, and are removed when it does not', async () => {
    const held = (id: string) => plaidRow(id, { pending: true, date: '2026-10-01' })
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('1'), held('listed'), held('lapsed')] }]]
    })
    const { user, connectionId } = await bank.link()
    // The complete history at Plaid now; older settled rows may be missing from it.
    bank.script({ syncs: [[{ added: [held('listed')] }]] })
    const ask = async () => {
      await resyncStalePending()
      while ((await PangeaService.runDueJobs()) > 0);
      return (await rowsOf(user)).map(({ name }) => name).toSorted()
    }
    expect(await ask()).toEqual(['Row 1', 'Row listed'])
    expect((await DataService.getSyncProgress(user, connectionId)).trigger).toBe('stale_pending')
    await bank.sync(user, connectionId)
    expect(await ask()).toEqual(['Row 1', 'Row listed'])
    expect((await DataService.getSyncProgress(user, connectionId)).trigger).toBe('test')
  })
})

describe('rows that change ids and names at once', () => {
  test('are matched to the existing rows', async () => {
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [
        [{ added: [plaidRow('1'), plaidRow('2', { amount: 9 }), plaidRow('3', { amount: 9 })] }]
      ]
    })
    const { user, connectionId } = await bank.link()
    const [row] = await rowsOf(user)
    await DataService.saveEdit(
      user,
      { ids: [row?.id ?? ''] },
      { change: { note: 'mine' }, changeId: crypto.randomUUID() }
    )
    const again = (id: string, more = {}) =>
      plaidRow(id, { account_id: 'new', name: `RENAMED ${id}`, ...more })
    bank.script({
      accounts: [plaidAccount('new', { name: 'Account chk' })],
      syncs: [
        [],
        [
          {
            added: [
              again('n1'),
              again('n2', { amount: 9 }),
              again('n3', { amount: 9 }),
              again('n4')
            ],
            removed: ['1', '2', '3']
          }
        ]
      ]
    })
    await bank.sync(user, connectionId)
    expect((await rowsOf(user)).map(({ name }) => name).toSorted()).toEqual([
      'RENAMED n1',
      'RENAMED n2',
      'RENAMED n3',
      'RENAMED n4'
    ])
    expect((await rowsOf(user)).filter(({ note }) => note === 'mine')).toHaveLength(1)
    expect(await flowOf(user)).toEqual([[0n, 2_800n]])
  })
})
