import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService } from '@/lib/services'
import { account, page, sync, transaction } from '@/tests/support/fixtures/data'
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
