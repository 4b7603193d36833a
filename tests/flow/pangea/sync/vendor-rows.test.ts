import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFilter } from '@/lib/api/transactions'
import type { UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { AccountService, DataService, PangeaService } from '@/lib/services'
import { resyncStalePending } from '@/lib/services/pangea/worker/reconcile'
import { account, page, sync, transaction } from '@/tests/support/data-fixtures'
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
const quarantineOf = ({ userId }: UserActor) =>
  storage.rows<{ kind: string; vendor_id: string; code: string }>(
    'select kind, vendor_id, code from quarantine where user_id = $1 order by kind, vendor_id',
    [userId]
  )

describe('a row that the storage would refuse', () => {
  const NAMES: [string, string][] = [
    ['CAF\u0000E 12', 'CAFE 12'],
    ['PIZZA \ud83c', 'PIZZA'],
    ['A\u0007\u001b[31mB\r\nC\u0085D', 'A [31mB C D'],
    ['Pay \u202eelgooG', 'Pay elgooG'],
    ['x'.repeat(10_000), 'x'.repeat(500)],
    [`${'x'.repeat(499)}🍕🍕`, `${'x'.repeat(499)}🍕`],
    ['\u0000\u0001', 'Transaction'],
    ['Zoë’s 👩‍👩‍👧 café', 'Zoë’s 👩‍👩‍👧 café']
  ]

  test('is sanitised, and the rows beside it are stored', async () => {
    const added = NAMES.map(([name], n) =>
      plaidRow(String(n), { name, amount: 7, date: `2026-11-0${n + 1}` })
    )
    bank.script({ accounts: [plaidAccount('chk')], syncs: [[{ added }]] })
    const { user, connectionId } = await bank.link()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      quarantined: 0,
      sync: { status: 'completed' }
    })
    expect((await rowsOf(user)).map(({ name }) => name).reverse()).toEqual(
      NAMES.map(([, cleaned]) => cleaned)
    )
    expect(await flowOf(user)).toEqual([[0n, 5_600n]])
  })

  test('is sanitised in every other text, those of accounts and the institution included', async () => {
    const bad = 'A\u0000B \ud83c'
    const odd = {
      merchant_name: bad,
      logo_url: bad,
      payment_channel: bad,
      personal_finance_category: { primary: bad, detailed: bad },
      pending_transaction_id: bad
    }
    bank.script({
      accounts: [
        plaidAccount('c\u0000hk', {
          name: bad,
          official_name: bad,
          mask: bad,
          subtype: bad,
          type: bad,
          persistent_account_id: bad,
          balances: { iso_currency_code: 'usd' }
        })
      ],
      syncs: [[{ added: [plaidRow('t\u00001', odd)] }]],
      institution: { id: 'ins_odd', name: bad }
    })
    const { user, connectionId } = await bank.link()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      quarantined: 0,
      institutionName: 'AB',
      sync: { status: 'completed' }
    })
    expect(await DataService.listAccounts(user)).toMatchObject([
      { name: 'AB', officialName: 'AB', mask: 'AB', current: { currency: 'USD' } }
    ])
    expect(await rowsOf(user)).toMatchObject([{ merchantName: 'AB', categoryPrimary: 'AB' }])
    bank.script({ institution: { id: 'ins_scripted', name: 'First Platypus Bank' } })
  })

  const UNREADABLE: [string, object][] = [
    ['amount', { amount: 1e300 }],
    ['amount', { amount: null }],
    ['amount', { amount: 'NaN' }],
    ['amount', { amount: {} }],
    ['date', { date: '2026-02-30' }],
    ['date', { date: '0000-00-00' }],
    ['date', { date: null }],
    ['date', { date: 20_261_102 }],
    ['account_id', { account_id: null }],
    ['account_id', { account_id: 'x'.repeat(600) }],
    ['pending', { pending: 'perhaps' }]
  ]

  test('is quarantined when unreadable, and this and every later sync succeed', async () => {
    const added = UNREADABLE.map(([, more], n) =>
      plaidRow(`bad ${n + 10}`, more as Record<string, unknown>)
    )
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('1'), ...added] }], [{ added: [plaidRow('3')] }]]
    })
    const { user, connectionId } = await bank.link()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      quarantined: UNREADABLE.length,
      sync: { status: 'completed' }
    })
    expect((await quarantineOf(user)).map(({ code }) => code)).toEqual(
      UNREADABLE.map(([code]) => code)
    )
    expect(await flowOf(user)).toEqual([[0n, 1_000n]])
  })

  test('is quarantined when only the storage refuses it', async () => {
    bank.script({ accounts: [plaidAccount('chk')], syncs: [] })
    const { user, connectionId } = await bank.link()
    const rows = ['good', 'bad', 'also good'].map((id) =>
      transaction(id, { plaidAccountId: 'chk', date: id === 'bad' ? '2026-02-30' : '2026-11-02' })
    )
    await sync(storage, connectionId, [page({ added: rows })], { accounts: [account('chk')] })
    expect(await quarantineOf(user)).toMatchObject([{ vendor_id: 'bad', code: '22008' }])
    expect((await rowsOf(user)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Payment good', 'Payment also good'])
    )
  })

  test('is stored with an amount as text, and without optional fields', async () => {
    const bare = {
      merchant_name: 5,
      name: null,
      pending: undefined,
      personal_finance_category: 'none',
      authorized_date: 'soon',
      logo_url: 7
    }
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [
        [{ added: [plaidRow('1', { amount: '12.50' }), plaidRow('2', bare), null, 'row', []] }]
      ]
    })
    const { user, connectionId } = await bank.link()
    expect(await flowOf(user)).toEqual([[0n, 1_750n]])
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      quarantined: 3,
      sync: { status: 'completed' }
    })
  })

  test('of an unlisted account is kept too', async () => {
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('1'), plaidRow('2', { account_id: 'unknown' })] }]]
    })
    const { user, connectionId } = await bank.link()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      quarantined: 0,
      sync: { status: 'completed' }
    })
    expect(await rowsOf(user)).toHaveLength(2)
  })
})

describe('an unreadable account', () => {
  test('does not affect the others, closes none, and is reported until it is readable', async () => {
    bank.script({
      accounts: [plaidAccount('chk'), plaidAccount('sav')],
      syncs: [[{ added: [plaidRow('1')] }]]
    })
    const { user, connectionId } = await bank.link()
    bank.script({
      accounts: [plaidAccount('chk'), { account_id: null }, plaidAccount('chk', { balances: null })]
    })
    expect(await bank.sync(user, connectionId)).toMatchObject({
      quarantined: 1,
      sync: { status: 'completed' }
    })
    expect((await DataService.listAccounts(user)).map(({ name }) => name)).toEqual([
      'Account chk',
      'Account sav'
    ])
    bank.script({
      accounts: [
        plaidAccount('chk'),
        plaidAccount('sav', { balances: { current: 1e300 }, type: null, name: 9 })
      ]
    })
    expect(await bank.sync(user, connectionId)).toMatchObject({
      quarantined: 0,
      sync: { status: 'completed' }
    })
    expect(await DataService.listAccounts(user)).toContainEqual(
      expect.objectContaining({ name: 'Account', type: 'other', current: null })
    )
  })
})

describe('the quarantine', () => {
  const twoRows = () =>
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('1'), plaidRow('2', { date: '2026-02-30' })] }], [], [], []]
    })
  /** Simulates a row that an older mapping refused and the current one can read. */
  const asOfOlderMapping = async (user: UserActor) => {
    const rows = await storage.rows<{ id: string }>(
      'select id from quarantine where user_id = $1',
      [user.userId]
    )
    const body = JSON.stringify(plaidRow('2', { amount: 9 }))
    for (const { id } of rows) {
      const sealed = encrypt(body, { table: 'quarantine', row: id, owner: user.userId })
      await storage.rows(
        'update quarantine set mapping_version = $1, sealed_body = $2 where id = $3',
        [AccountService.MAPPING_VERSION - 1, sealed, id]
      )
    }
  }

  test('releases a row at the next sync once a newer mapping can read it', async () => {
    twoRows()
    const { user, connectionId } = await bank.link()
    await asOfOlderMapping(user)
    const soon = new Date(Date.now() + 60_000)
    expect(
      await DataService.listStaleConnections({
        loadingBefore: soon,
        before: new Date(0),
        mappingVersion: AccountService.MAPPING_VERSION,
        limit: 100
      })
    ).toContainEqual({ id: connectionId })
    expect(await bank.sync(user, connectionId)).toMatchObject({ quarantined: 0 })
    expect(await flowOf(user)).toEqual([[0n, 1_400n]])
  })

  test('is retried when the user asks, and keeps rows that are still unreadable', async () => {
    twoRows()
    const { user, connectionId } = await bank.link()
    await storage.rows(`update quarantine set code = 'older' where user_id = $1`, [user.userId])
    expect(await bank.sync(user, connectionId)).toMatchObject({ quarantined: 1 })
    expect(await quarantineOf(user)).toMatchObject([{ code: 'older' }])
    expect(await bank.sync(user, connectionId, user)).toMatchObject({ quarantined: 1 })
    expect(await quarantineOf(user)).toMatchObject([{ code: 'date' }])
  })

  test.each([
    [
      'sends it in a form that can be read',
      { modified: [plaidRow('2', { amount: 9 })] },
      [[0n, 1_400n]]
    ],
    ['takes it back', { removed: ['2'] }, [[0n, 500n]]]
  ])('drops a row once the bank %s', async (_, page, flow) => {
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('1'), plaidRow('2', { amount: null })] }], [page]]
    })
    const { user, connectionId } = await bank.link()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({ quarantined: 0 })
    expect(await flowOf(user)).toEqual(flow)
  })

  test('stores rows encrypted, and shows admins their number and nothing of their content', async () => {
    bank.script({
      accounts: [plaidAccount('chk')],
      syncs: [[{ added: [plaidRow('2', { date: null, name: 'Very private clinic' })] }]]
    })
    const { user } = await bank.link()
    const stored = JSON.stringify(
      await storage.rows('select * from quarantine where user_id = $1', [user.userId])
    )
    expect(stored).not.toContain('clinic')
    expect(await DataService.listFailedJobs()).toContainEqual(
      expect.objectContaining({
        userId: user.userId,
        kind: 'sync',
        code: 'QUARANTINED',
        what: 'First Platypus Bank · 1 in quarantine'
      })
    )
    expect((await DataService.getActivityTimeline(user.userId)).connections).toMatchObject([
      { quarantined: 1 }
    ])
  })
})

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
      while ((await PangeaService.drain()) > 0);
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
