import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SyncedTransaction } from '@/lib/domain/connections/sync-page'
import * as DataService from '@/lib/services/data'
import { listAll, newUser, page, result, sync, usd } from '@/tests/support/fixtures/data'
import { type Household, ownTransferHelpers } from '@/tests/support/steps/own-transfers'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const { ACCOUNTS, row, householdWith } = ownTransferHelpers(() => storage)

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const kindsOf = async ({ user }: Household) =>
  Object.fromEntries((await listAll(user, {}, 200)).map(({ name, kind }) => [name, kind]))
const again = ({ connectionId }: Household, more: Parameters<typeof page>[0]) =>
  sync(storage, connectionId, [page(more)], result({ accounts: ACCOUNTS }))

const MOVED = [
  row('Transfer to 2222', 'checking', -50_000n),
  row('Transfer from 1111', 'savings', 50_000n, { date: '2026-03-06' })
]

describe('transfers between own accounts', () => {
  it('pair two rows without categories, name the other side and leave both out of income and spending', async () => {
    const household = await householdWith([...MOVED, row('groceries', 'checking', -2_000n)])
    expect(await kindsOf(household)).toEqual({
      'Transfer to 2222': 'transfer',
      'Transfer from 1111': 'transfer',
      groceries: 'spending'
    })
    const pair = await DataService.findTransferPair(
      household.user,
      household.ids.get('Transfer to 2222') ?? ''
    )
    expect(pair).toEqual({
      otherId: household.ids.get('Transfer from 1111'),
      accountName: 'Rainy Day',
      accountMask: '2222',
      institutionName: 'First Platypus Bank',
      date: '2026-03-06',
      undone: false
    })
    const [flow] = await DataService.getCashFlow(household.user, ['2026-03'])
    expect(flow?.months).toEqual([{ month: '2026-03', in: 0n, out: 2_000n, net: -2_000n }])
  })

  it('count both sides after an undo, stay undone after the next sync, and pair again on request', async () => {
    const household = await householdWith(MOVED)
    const id = household.ids.get('Transfer from 1111') ?? ''
    await DataService.savePairChoice(household.user, id, false)
    const counted = { 'Transfer to 2222': 'spending', 'Transfer from 1111': 'income' }
    expect(await kindsOf(household)).toEqual(counted)
    await again(household, { added: [row('coffee', 'card', -400n)] })
    expect(await kindsOf(household)).toEqual({ ...counted, coffee: 'spending' })
    expect((await DataService.findTransferPair(household.user, id))?.undone).toBe(true)
    await DataService.savePairChoice(household.user, id, true)
    expect(await kindsOf(household)).toMatchObject({
      'Transfer to 2222': 'transfer',
      'Transfer from 1111': 'transfer'
    })
    await expect(DataService.savePairChoice(await newUser(), id, false)).rejects.toMatchObject({
      code: 'not_found'
    })
  })

  it.each<[string, SyncedTransaction[]]>([
    [
      'rent that equals a part of the pay',
      [
        row('Elm Court', 'checking', -150_000n, { categoryPrimary: 'RENT_AND_UTILITIES' }),
        row('Northlight', 'savings', 150_000n, { categoryPrimary: 'INCOME' })
      ]
    ],
    [
      'two equal purchases',
      [row('Fernway', 'checking', -4_250n), row('Fernway again', 'card', -4_250n)]
    ],
    [
      'a purchase given back to another card',
      [
        row('RIVERBEND BOOKS', 'checking', -4_321n, { merchantName: 'Riverbend' }),
        row('RIVERBEND', 'card', 4_321n, { merchantName: 'Riverbend' })
      ]
    ],
    [
      'money sent to a friend',
      [
        row('VENMO PAYMENT', 'checking', -4_000n, { merchantName: 'Venmo' }),
        row('VENMO CASHOUT', 'savings', 4_000n)
      ]
    ],
    [
      'a transfer with a fee',
      [row('WIRE OUT to 2222', 'checking', -50_000n), row('WIRE IN from 1111', 'savings', 47_500n)]
    ],
    [
      'two currencies',
      [
        row('To 2222', 'checking', -50_000n),
        row('From 1111', 'savings', 0n, { amount: { minor: 50_000n, currency: 'EUR' } })
      ]
    ],
    [
      'a week and more between them',
      [
        row('To 2222', 'checking', -50_000n),
        row('From 1111', 'savings', 50_000n, { date: '2026-03-15' })
      ]
    ],
    [
      'one account',
      [row('Transfer to 1111', 'checking', -50_000n), row('Transfer back', 'checking', 50_000n)]
    ],
    [
      'pending on one side',
      [
        row('To 2222', 'checking', -50_000n, { pending: true }),
        row('From 1111', 'savings', 50_000n)
      ]
    ]
  ])('do not pair %s', async (_what, rows) => {
    const { user } = await householdWith(rows)
    for (const { id } of await listAll(user, {}, 50))
      expect(await DataService.findTransferPair(user, id)).toBeNull()
  })

  it('do not pair ambiguous rows, in less than quadratic time', async () => {
    const crowd = Array.from({ length: 500 }, (_, n) => [
      row(`Transfer out ${n}`, 'checking', -100n),
      row(`Transfer in ${n}`, 'savings', 100n)
    ]).flat()
    const { user } = await householdWith([...MOVED, ...crowd])
    const kinds = (await listAll(user, {}, 200))
      .filter(({ kind }) => kind === 'transfer')
      .map(({ name }) => name)
    expect(kinds.toSorted()).toEqual(['Transfer from 1111', 'Transfer to 2222'])
  })

  it('pair a pending transfer once it is posted, and unpair when the bank changes or removes one side', async () => {
    const [out, into] = MOVED as [SyncedTransaction, SyncedTransaction]
    const household = await householdWith([{ ...out, pending: true }, into])
    expect((await kindsOf(household))['Transfer from 1111']).toBe('income')
    await again(household, {
      added: [
        { ...out, plaidTransactionId: 'booked', pendingTransactionId: out.plaidTransactionId }
      ],
      removed: [out.plaidTransactionId]
    })
    expect((await kindsOf(household))['Transfer from 1111']).toBe('transfer')
    await again(household, {
      modified: [{ ...out, plaidTransactionId: 'booked', amount: usd(-40_000n) }]
    })
    expect(await kindsOf(household)).toEqual({
      'Transfer to 2222': 'spending',
      'Transfer from 1111': 'income'
    })
    await again(household, { modified: [{ ...out, plaidTransactionId: 'booked' }] })
    expect((await kindsOf(household))['Transfer from 1111']).toBe('transfer')
    await again(household, { removed: ['booked'] })
    expect(await kindsOf(household)).toEqual({ 'Transfer from 1111': 'income' })
  })

  it('count the visible side while the other account is hidden, and splits by their parts', async () => {
    const household = await householdWith([
      ...MOVED,
      row('Transfer to 3333', 'checking', -8_000n),
      row('PAYMENT THANK YOU', 'card', 8_000n)
    ])
    await storage.rows(
      `update linked_accounts set hidden_at = now() where user_id = $1 and name = 'Rainy Day'`,
      [household.user.userId]
    )
    expect(await kindsOf(household)).toEqual({
      'Transfer to 2222': 'spending',
      'Transfer to 3333': 'transfer',
      'PAYMENT THANK YOU': 'transfer'
    })
    const parts = [-3_000n, -5_000n].map((minor) => ({ minor, category: 'MEDICAL', note: null }))
    await DataService.saveSplits(household.user, household.ids.get('Transfer to 3333') ?? '', parts)
    expect((await kindsOf(household))['Transfer to 3333']).toBe('spending')
  })
})
