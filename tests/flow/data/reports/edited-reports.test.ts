/** Reports over edited transactions, compared with a plain model without SQL. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, monthPeriods, monthsUntil } from '@/lib/domain/periods'
import { cashFlowFilter, spendingFilter } from '@/lib/domain/reports/spending'
import { kindOf, type TransactionKind, UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { splitsExceedTotal } from '@/lib/domain/transactions/edits'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  account,
  connect,
  listAll,
  newUser,
  page,
  result,
  sync,
  transaction
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const TODAY = '2026-03-21'
const TYPES: Record<string, string> = { checking: 'depository', card: 'credit', mortgage: 'loan' }
const CATEGORIES = ['INCOME', 'FOOD_AND_DRINK', 'MEDICAL', 'TRANSFER_OUT', UNCATEGORIZED] as const
const MERCHANTS = ['Corner Roast', 'Riverbend', 'Elm Court'] as const

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2 })
const category = fc.constantFrom(...CATEGORIES)
const merchant = fc.constantFrom(...MERCHANTS)
const minor = fc.bigInt({ min: -90_000n, max: 90_000n }).filter((n) => n !== 0n)
const anyRow = fc.record({
  day: fc.integer({ min: 0, max: 60 }),
  account: fc.constantFrom(...Object.keys(TYPES)),
  category: fc.constantFrom<[string | null, string | null]>(
    [null, null],
    ['FOOD_AND_DRINK', null],
    ['INCOME', null],
    ['LOAN_PAYMENTS', 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT']
  ),
  merchant,
  currency: fc.constantFrom('USD', 'USD', 'JPY'),
  minor,
  pending: fc.boolean(),
  own: fc.record({
    category: maybe(category),
    merchant: maybe(merchant),
    excluded: maybe(fc.boolean())
  }),
  rest: maybe(
    fc.array(fc.record({ minor, category: maybe(category) }), { minLength: 1, maxLength: 3 })
  ),
  /** The amount that the bank reports later. */
  later: maybe(minor)
})
const anyRule = fc.record({
  text: merchant,
  category: maybe(category),
  merchant: maybe(merchant),
  excluded: maybe(fc.boolean())
})

type Drawn = typeof anyRow extends fc.Arbitrary<infer R> ? R : never
type DrawnRule = typeof anyRule extends fc.Arbitrary<infer R> ? R : never
type Line = {
  minor: bigint
  currency: string
  date: string
  category: string
  merchant: string
  kind: TransactionKind
  settled: boolean
}

const sign = (n: bigint) => (n > 0n ? 1 : n < 0n ? -1 : 0)
/** Splits of one sign that exceed the whole are refused. */
const isSplit = ({ rest, minor: whole }: Drawn) =>
  rest !== null &&
  !splitsExceedTotal([{ minor: 0n }, ...rest], { minor: whole }) &&
  total(rest) !== whole

/**
 * Expected rows, in order of precedence: the split's value, the user's, the newest rule's, the
 * bank's.
 */
function linesOf(row: Drawn, rules: readonly DrawnRule[]): Line[] {
  const said = rules.toReversed().filter(({ text }) => text === row.merchant)
  const first = <T>(values: (T | null)[]) => values.find((value) => value !== null) ?? null
  const excluded = first([row.own.excluded, ...said.map((rule) => rule.excluded)]) ?? false
  const name = first([row.own.merchant, ...said.map((rule) => rule.merchant)]) ?? row.merchant
  const whole =
    first([row.own.category, ...said.map((rule) => rule.category)]) ??
    row.category[0] ??
    UNCATEGORIZED
  const now = row.later ?? row.minor
  const taken = (row.rest ?? []).reduce((sum, part) => sum + part.minor, 0n)
  const holds = sign(now) === sign(row.minor) && sign(now - taken) === sign(row.minor - taken)
  const others = isSplit(row) && holds ? (row.rest ?? []) : []
  const parts = [{ minor: now - (others.length > 0 ? taken : 0n), category: null }, ...others]
  return parts.map((part) => {
    const primary = part.category ?? whole
    const facts = {
      categoryPrimary: primary === UNCATEGORIZED ? null : primary,
      categoryDetailed: primary === row.category[0] ? row.category[1] : null
    }
    const kind = kindOf({
      name: '',
      ...facts,
      accountType: TYPES[row.account] ?? '',
      amount: part,
      whole: { minor: now },
      excluded
    })
    return {
      minor: part.minor,
      currency: row.currency,
      date: addDays(TODAY, -row.day),
      category: primary,
      merchant: name,
      kind,
      settled: !row.pending
    }
  })
}

/** Some rules before the rows arrive, some after. */
async function arrange(drawn: readonly Drawn[], rules: readonly DrawnRule[]): Promise<UserActor> {
  const accounts = Object.entries(TYPES).map(([id, type]) => account(id, { type }))
  const user = await newUser()
  const connectionId = await connect(user, { accounts })
  const half = Math.ceil(rules.length / 2)
  const make = async (some: readonly DrawnRule[]) => {
    for (const rule of some) {
      const input = { match: 'equals' as const, accountId: null, flow: null, ...rule }
      await DataService.saveRule(user, { id: randomUUID(), isNew: true }, input)
    }
  }
  await make(rules.slice(0, half))
  const key = randomUUID()
  const toRow = (row: Drawn, n: number, size: bigint) =>
    transaction(`t${n}-${key}`, {
      plaidAccountId: row.account,
      amount: { minor: size, currency: row.currency },
      date: addDays(TODAY, -row.day),
      name: `row ${n}`,
      merchantName: row.merchant,
      categoryPrimary: row.category[0],
      categoryDetailed: row.category[1],
      pending: row.pending
    })
  const added = drawn.map((row, n) => toRow(row, n, row.minor))
  await sync(storage, connectionId, [page({ added })], result({ accounts }))
  await make(rules.slice(half))
  const ids = new Map(
    (await DataService.listTransactions(user, { limit: 200 })).items.map(({ name, id }) => [
      name,
      id
    ])
  )
  for (const [n, row] of drawn.entries()) {
    const id = ids.get(`row ${n}`) ?? ''
    await DataService.saveEdit(user, { ids: [id] }, { change: row.own, changeId: randomUUID() })
    if (row.rest && isSplit(row)) {
      const left = {
        minor: row.minor - row.rest.reduce((sum, part) => sum + part.minor, 0n),
        category: null,
        note: null
      }
      await DataService.saveSplits(user, id, [
        left,
        ...row.rest.map((part) => ({ ...part, note: null }))
      ])
    }
  }
  const modified = drawn.flatMap((row, n) => (row.later === null ? [] : [toRow(row, n, row.later)]))
  // By then the bank has closed the card; its past transactions stay.
  await sync(
    storage,
    connectionId,
    [page({ modified })],
    result({ accounts: accounts.filter(({ plaidAccountId }) => plaidAccountId !== 'card') })
  )
  return user
}

const total = (lines: readonly { minor: bigint }[]) =>
  lines.reduce((sum, line) => sum + line.minor, 0n)
const sumListed = async (user: UserActor, filter: TransactionFilter) =>
  total((await listAll(user, filter, 13)).map(({ amount }) => amount))

it('every figure is the sum of its listed rows and equals the model’s, after any edits, splits, exclusions, rules, changed amounts and a closed account', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { minLength: 1, maxLength: 14 }),
      fc.array(anyRule, { maxLength: 3 }),
      async (drawn, rules) => {
        const user = await arrange(drawn, rules)
        const model = drawn.flatMap((row) => linesOf(row, rules))
        const plain = (
          lines: { date: string; minor: bigint; category: string; merchant: string; kind: string }[]
        ) =>
          lines
            .map(
              ({ date, minor: size, category: one, merchant: name, kind }) =>
                `${date} ${size} ${one} ${name} ${kind}`
            )
            .toSorted()
        const rows = await listAll(user, {}, 13)
        const seen = rows.map((row) => ({
          ...row,
          minor: row.amount.minor,
          category: row.categoryPrimary ?? UNCATEGORIZED,
          merchant: row.merchantName ?? row.name
        }))
        expect(plain(seen)).toEqual(plain(model))

        const counted = model.filter(({ settled }) => settled)
        for (const { currency, months } of await DataService.getCashFlow(
          user,
          monthsUntil('2026-03', 3)
        )) {
          for (const { month, in: incoming, out } of months) {
            const of = (kind: TransactionKind) =>
              total(
                counted.filter(
                  (line) =>
                    line.kind === kind && line.currency === currency && line.date.startsWith(month)
                )
              )
            expect([incoming, -out]).toEqual([of('income'), of('spending')])
            expect(await sumListed(user, cashFlowFilter('income', currency, month))).toBe(incoming)
            expect(-(await sumListed(user, cashFlowFilter('spending', currency, month)))).toBe(out)
          }
        }
        const periods = monthPeriods('2026-03', TODAY)
        for (const { currency, categories, total: spent } of await DataService.getSpending(
          user,
          periods
        )) {
          expect(-(await sumListed(user, spendingFilter(currency, periods.current)))).toBe(spent)
          for (const one of categories)
            expect(
              -(await sumListed(
                user,
                spendingFilter(currency, periods.current, { category: one.category })
              ))
            ).toBe(one.spent)
          for (const one of await DataService.listTopMerchants(user, {
            period: periods.current,
            currency,
            limit: 5
          }))
            expect(
              -(await sumListed(
                user,
                spendingFilter(currency, periods.current, { merchant: one.merchant })
              ))
            ).toBe(one.spent)
        }
        const { sums } = await DataService.summarizeTransactions(user, {})
        expect(Object.fromEntries(sums.map((sum) => [sum.currency, sum.minor]))).toEqual(
          Object.fromEntries(
            sums.map(({ currency }) => [
              currency,
              total(model.filter((line) => line.currency === currency))
            ])
          )
        )
      }
    ),
    { numRuns: 5 }
  )
}, 120_000)
