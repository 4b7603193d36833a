import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SyncedTransaction } from '@/lib/domain/connections/sync-page'
import { addDays, monthPeriods, monthsUntil } from '@/lib/domain/periods'
import { cashFlowFilter, spendingFilter } from '@/lib/domain/reports/spending'
import { kindOf } from '@/lib/domain/transactions/categories'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  account,
  listAll,
  userWith as personWithAccounts,
  transaction
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const TODAY = '2026-03-21'
const MONTHS = monthsUntil('2026-03', 6)
const TYPES: Record<string, string> = {
  checking: 'depository',
  card: 'credit',
  mortgage: 'loan',
  shares: 'investment'
}
const CATEGORIES: [string | null, string | null][] = [
  [null, null],
  ['OTHER', 'OTHER_OTHER'],
  ['INCOME', 'INCOME_WAGES'],
  ['FOOD_AND_DRINK', 'FOOD_AND_DRINK_COFFEE'],
  ['GENERAL_MERCHANDISE', 'GENERAL_MERCHANDISE_ELECTRONICS'],
  ['LOAN_PAYMENTS', 'LOAN_PAYMENTS_MORTGAGE_PAYMENT'],
  ['LOAN_PAYMENTS', 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT'],
  ['TRANSFER_IN', 'TRANSFER_IN_ACCOUNT_TRANSFER'],
  ['TRANSFER_OUT', 'TRANSFER_OUT_SAVINGS'],
  ['BRAND_NEW', null]
]

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const accounts = Object.entries(TYPES).map(([id, type]) => account(id, { type }))

const personWith = (rows: SyncedTransaction[]) => personWithAccounts(storage, accounts, rows)
const sum = (rows: readonly { amount: { minor: bigint } }[]) =>
  rows.reduce((total, { amount }) => total + amount.minor, 0n)
const sumListed = async (user: UserActor, filter: TransactionFilter) =>
  sum(await listAll(user, filter, 200))

const anyRow = fc.record({
  day: fc.integer({ min: 0, max: 170 }),
  account: fc.constantFrom(...Object.keys(TYPES)),
  category: fc.constantFrom(...CATEGORIES),
  merchant: fc.constantFrom(
    'Corner Roast',
    'CORNER ROAST',
    'Riverbend',
    '50% off_store',
    'AutoPay',
    null
  ),
  currency: fc.constantFrom('USD', 'USD', 'EUR', 'JPY'),
  minor: fc.bigInt({ min: -500_000n, max: 500_000n }),
  pending: fc.boolean()
})

type Drawn = typeof anyRow extends fc.Arbitrary<infer R> ? R : never
const toRow = (row: Drawn, n: number) =>
  transaction(`t${n}-${crypto.randomUUID()}`, {
    plaidAccountId: row.account,
    amount: { minor: row.minor, currency: row.currency },
    date: addDays(TODAY, -row.day),
    merchantName: row.merchant,
    name: row.merchant ?? `Payee ${n % 3}`,
    categoryPrimary: row.category[0],
    categoryDetailed: row.category[1],
    pending: row.pending
  })

describe('reports and their rows', () => {
  it('add up to exactly the listed rows, for any rows in several currencies with refunds, transfers and card payments', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 60 }), async (drawn) => {
        const rows = drawn.map(toRow)
        const user = await personWith(rows)
        const settled = rows
          .filter(({ pending }) => !pending)
          .map((row) => ({
            ...row,
            kind: kindOf({ ...row, accountType: TYPES[row.plaidAccountId] ?? '' })
          }))

        for (const { currency, months } of await DataService.getCashFlow(user, MONTHS)) {
          for (const { month, in: incoming, out, net } of months) {
            expect(await sumListed(user, cashFlowFilter('income', currency, month))).toBe(incoming)
            expect(-(await sumListed(user, cashFlowFilter('spending', currency, month)))).toBe(out)
            expect(net).toBe(incoming - out)
            expect(incoming - out).toBe(
              sum(
                settled.filter(
                  (row) =>
                    row.kind !== 'transfer' &&
                    row.amount.currency === currency &&
                    row.date.startsWith(month)
                )
              )
            )
          }
        }
        const periods = monthPeriods('2026-03', TODAY)
        for (const { currency, total, previous, categories } of await DataService.getSpending(
          user,
          periods
        )) {
          expect(-(await sumListed(user, spendingFilter(currency, periods.current)))).toBe(total)
          expect(-(await sumListed(user, spendingFilter(currency, periods.previous)))).toBe(
            previous
          )
          for (const { category, spent, count } of categories) {
            const behind = await listAll(
              user,
              spendingFilter(currency, periods.current, { category }),
              7
            )
            expect([-sum(behind), behind.length]).toEqual([spent, count])
          }
          for (const { merchant, spent, count } of await DataService.listTopMerchants(user, {
            period: periods.current,
            currency,
            limit: 5
          })) {
            const behind = await listAll(
              user,
              spendingFilter(currency, periods.current, { merchant }),
              7
            )
            expect([-sum(behind), behind.length]).toEqual([spent, count])
          }
        }
      }),
      { numRuns: 6 }
    )
  }, 120_000)

  it('classify every row as the domain rule does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 80 }), async (drawn) => {
        const user = await personWith(drawn.map(toRow))
        for (const kind of ['income', 'spending', 'transfer'] as const) {
          for (const row of await listAll(user, { kind }, 200)) expect(row.kind).toBe(kind)
        }
        const counts = await Promise.all(
          (['income', 'spending', 'transfer'] as const).map(
            async (kind) => (await listAll(user, { kind }, 200)).length
          )
        )
        expect(counts.reduce((a, b) => a + b, 0)).toBe(drawn.length)
      }),
      { numRuns: 5 }
    )
  }, 60_000)

  it('net a refund, leave out transfers, card payments and pending rows, and count a loan payment once', async () => {
    const usd = (minor: bigint) => ({ amount: { minor, currency: 'USD' } })
    const shopping = { categoryPrimary: 'GENERAL_MERCHANDISE', categoryDetailed: null }
    const cardPayment = {
      categoryPrimary: 'LOAN_PAYMENTS',
      categoryDetailed: 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT'
    }
    const loanPayment = {
      categoryPrimary: 'LOAN_PAYMENTS',
      categoryDetailed: 'LOAN_PAYMENTS_MORTGAGE_PAYMENT'
    }
    const user = await personWith([
      transaction('bought', { ...shopping, ...usd(-10_000n), plaidAccountId: 'card' }),
      transaction('returned', { ...shopping, ...usd(4_000n), plaidAccountId: 'card' }),
      transaction('held', { ...shopping, ...usd(-9_900n), plaidAccountId: 'card', pending: true }),
      transaction('card paid', { ...cardPayment, ...usd(-6_000n) }),
      transaction('card got', { ...cardPayment, ...usd(6_000n), plaidAccountId: 'card' }),
      transaction('loan paid', { ...loanPayment, ...usd(-30_000n) }),
      transaction('loan got', { ...loanPayment, ...usd(30_000n), plaidAccountId: 'mortgage' }),
      transaction('moved', {
        categoryPrimary: 'TRANSFER_OUT',
        categoryDetailed: 'TRANSFER_OUT_SAVINGS',
        ...usd(-5_000n)
      }),
      transaction('wage', {
        categoryPrimary: 'INCOME',
        categoryDetailed: 'INCOME_WAGES',
        ...usd(200_000n)
      })
    ])
    const [flow] = await DataService.getCashFlow(user, ['2026-03'])
    expect(flow?.months).toEqual([{ month: '2026-03', in: 200_000n, out: 36_000n, net: 164_000n }])
    const [spending] = await DataService.getSpending(user, monthPeriods('2026-03', TODAY))
    expect(spending?.categories.map(({ category, spent }) => [category, spent])).toEqual([
      ['LOAN_PAYMENTS', 30_000n],
      ['GENERAL_MERCHANDISE', 6_000n]
    ])
  })

  it('keep the last day of a month in its month, whatever the time zone of the process', async () => {
    const user = await personWith([
      transaction('last', { date: '2026-01-31' }),
      transaction('first', { date: '2026-02-01', amount: { minor: -300n, currency: 'USD' } })
    ])
    const before = process.env.TZ
    try {
      for (const zone of ['Etc/GMT+12', 'Pacific/Kiritimati', 'America/New_York']) {
        process.env.TZ = zone
        const [flow] = await DataService.getCashFlow(user, ['2026-01', '2026-02'])
        expect(
          flow?.months.map(({ out }) => out),
          zone
        ).toEqual([1_250n, 300n])
        expect(
          (await listAll(user, cashFlowFilter('spending', 'USD', '2026-01'), 7)).map(
            ({ date }) => date
          ),
          zone
        ).toEqual(['2026-01-31'])
      }
    } finally {
      process.env.TZ = before
    }
  })
})
