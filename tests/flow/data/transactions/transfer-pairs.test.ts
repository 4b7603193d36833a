import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SyncedTransaction } from '@/lib/domain/connections/sync-page'
import { addDays, monthPeriods, monthsUntil } from '@/lib/domain/periods'
import { cashFlowFilter, spendingFilter } from '@/lib/domain/reports/spending'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { makeHouseholds } from '@/scripts/bench/household-data'
import { precisionOf, recallOf, scoreHouseholds } from '@/scripts/bench/pairs'
import {
  account,
  connect,
  listAll,
  newUser,
  page,
  result,
  sync,
  transaction,
  usd
} from '@/tests/support/data-fixtures'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const TODAY = '2026-03-21'
const ACCOUNTS = [
  account('checking', { name: 'Everyday', mask: '1111' }),
  account('savings', { name: 'Rainy Day', mask: '2222', subtype: 'savings' }),
  account('card', { name: 'Rewards Card', mask: '3333', type: 'credit', subtype: 'credit card' })
]

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const plain = { categoryPrimary: null, categoryDetailed: null, merchantName: null }
const row = (
  id: string,
  plaidAccountId: string,
  minor: bigint,
  more: Partial<SyncedTransaction> = {}
) =>
  transaction(id, {
    ...plain,
    plaidAccountId,
    amount: usd(minor),
    date: '2026-03-05',
    name: id,
    ...more
  })

type Household = { user: UserActor; connectionId: string; ids: Map<string, string> }

async function householdWith(rows: SyncedTransaction[]): Promise<Household> {
  const user = await newUser()
  const connectionId = await connect(user, { accounts: ACCOUNTS })
  await sync(storage, connectionId, [page({ added: rows })], result({ accounts: ACCOUNTS }))
  const ids = new Map((await listAll(user, {}, 200)).map(({ name, id }) => [name, id]))
  return { user, connectionId, ids }
}

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

const anyRow = fc.record({
  day: fc.integer({ min: 0, max: 20 }),
  account: fc.constantFrom('checking', 'savings', 'card'),
  minor: fc.constantFrom(-5_000n, 5_000n, -12_345n, 12_345n),
  name: fc.constantFrom('Online transfer', 'WITHDRAWAL', 'DEPOSIT', 'Corner Roast'),
  category: fc.constantFrom(null, null, 'TRANSFER_OUT', 'FOOD_AND_DRINK'),
  next: fc.constantFrom('nothing', 'nothing', 'undo', 'split', 'exclude')
})

const total = (rows: readonly { amount: { minor: bigint } }[]) =>
  rows.reduce((sum, { amount }) => sum + amount.minor, 0n)

it('every figure is the sum of its rows, whatever is paired, undone, split, excluded or hidden', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { minLength: 4, maxLength: 30 }),
      fc.boolean(),
      async (drawn, hides) => {
        const rows = drawn.map((one, n) =>
          row(`${one.name} ${n}`, one.account, one.minor, {
            plaidTransactionId: `p${n}-${randomUUID()}`,
            date: addDays(TODAY, -one.day),
            categoryPrimary: one.category
          })
        )
        const { user, ids } = await householdWith(rows)
        for (const [n, { name, minor, next }] of drawn.entries()) {
          const id = ids.get(`${name} ${n}`) ?? ''
          if (next === 'undo' && (await DataService.findTransferPair(user, id)))
            await DataService.savePairChoice(user, id, false)
          if (next === 'split')
            await DataService.saveSplits(
              user,
              id,
              [(minor * 4n) / 5n, minor - (minor * 4n) / 5n].map((part) => ({
                minor: part,
                category: null,
                note: null
              }))
            )
          if (next === 'exclude')
            await DataService.saveEdit(
              user,
              { ids: [id] },
              { change: { excluded: true }, changeId: randomUUID() }
            )
        }
        if (hides)
          await storage.rows(
            `update linked_accounts set hidden_at = now() where user_id = $1 and name = 'Rainy Day'`,
            [user.userId]
          )
        const sumOf = async (filter: TransactionFilter) => total(await listAll(user, filter, 7))
        for (const { months } of await DataService.getCashFlow(user, monthsUntil('2026-03', 2))) {
          for (const { month, in: incoming, out } of months) {
            expect(await sumOf(cashFlowFilter('income', 'USD', month))).toBe(incoming)
            expect(-(await sumOf(cashFlowFilter('spending', 'USD', month)))).toBe(out)
          }
        }
        const periods = monthPeriods('2026-03', TODAY)
        for (const { total: spent, categories } of await DataService.getSpending(user, periods)) {
          expect(-(await sumOf(spendingFilter('USD', periods.current)))).toBe(spent)
          for (const one of categories)
            expect(
              -(await sumOf(spendingFilter('USD', periods.current, { category: one.category })))
            ).toBe(one.spent)
          for (const one of await DataService.listTopMerchants(user, {
            period: periods.current,
            currency: 'USD',
            limit: 5
          }))
            expect(
              -(await sumOf(spendingFilter('USD', periods.current, { merchant: one.merchant })))
            ).toBe(one.spent)
        }
        // Both sides of a pair are excluded from every sum, so a pair cannot change one.
        const listed = await listAll(user, {}, 200)
        for (const one of listed) {
          const pair = await DataService.findTransferPair(user, one.id)
          if (!pair || pair.undone) continue
          const other = listed.find(({ id }) => id === pair.otherId)
          expect(
            [one.kind, other?.kind].every((kind) => kind === 'transfer' || kind === 'excluded')
          ).toBe(true)
          expect(one.amount.minor + (other?.amount.minor ?? 0n)).toBe(0n)
        }
      }
    ),
    { numRuns: 5 }
  )
}, 120_000)

it('find the transfers of generated households', async () => {
  const score = await scoreHouseholds(makeHouseholds(1, 1).slice(0, 7))
  expect(precisionOf(score), score.wrong.join('\n')).toBeGreaterThanOrEqual(0.99)
  expect(recallOf(score), score.wrong.join('\n')).toBeGreaterThanOrEqual(0.95)
}, 60_000)
