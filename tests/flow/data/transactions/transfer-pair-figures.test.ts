import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, monthPeriods, monthsUntil } from '@/lib/domain/periods'
import { cashFlowFilter, spendingFilter } from '@/lib/domain/reports/spending'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import * as DataService from '@/lib/services/data'
import { makeHouseholds } from '@/scripts/bench/households/data'
import { precisionOf, recallOf, scoreHouseholds } from '@/scripts/bench/households/pairs'
import { listAll } from '@/tests/support/fixtures/data'
import { ownTransferHelpers } from '@/tests/support/steps/own-transfers'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const TODAY = '2026-03-21'

const { row, householdWith } = ownTransferHelpers(() => storage)

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

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
