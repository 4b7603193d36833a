import { describe, expect, test } from 'vitest'
import type { Liability } from '@/lib/domain/connections/liability'
import { listDuePayments, withoutDuePayments } from '@/lib/domain/reports/due-payments'

const TODAY = '2026-03-10'
const usd = (minor: bigint) => ({ minor, currency: 'USD' })
const card = (id: string, more: Partial<Liability> = {}) => ({
  id,
  name: `Card ${id}`,
  institutionName: 'First Platypus Bank',
  liability: {
    kind: 'credit' as const,
    rates: [],
    minimum: usd(3_500n),
    dueOn: '2026-03-25',
    overdue: false,
    statement: usd(100_000n),
    statementOn: '2026-02-28',
    ...more
  }
})
const idsOf = (...accounts: ReturnType<typeof card>[]) =>
  listDuePayments(accounts, TODAY).map(({ accountId }) => accountId)

describe('due payments', () => {
  test('are the minimum payments of cards and loans, the earliest first', () => {
    expect(idsOf(card('late', { dueOn: '2026-04-01' }), card('b'), card('a'))).toEqual([
      'a',
      'b',
      'late'
    ])
    expect(listDuePayments([card('a')], TODAY)).toEqual([
      {
        accountId: 'a',
        name: 'Card a',
        institutionName: 'First Platypus Bank',
        amount: usd(3_500n),
        dueOn: '2026-03-25',
        overdue: false
      }
    ])
  })

  test('are listed on their day, and afterwards only if the bank calls them overdue', () => {
    const yesterday = '2026-03-09'
    expect(idsOf(card('today', { dueOn: TODAY }))).toEqual(['today'])
    expect(idsOf(card('paid', { dueOn: yesterday }))).toEqual([])
    expect(idsOf(card('unknown', { dueOn: yesterday, overdue: null }))).toEqual([])
    expect(idsOf(card('missed', { dueOn: yesterday, overdue: true }))).toEqual(['missed'])
  })

  test.each([
    ['nothing to pay', { minimum: usd(0n) }],
    ['no amount', { minimum: null }],
    ['no date', { dueOn: null }]
  ])('do not exist with %s', (_, more) => {
    expect(idsOf(card('a', more))).toEqual([])
  })

  test('do not exist without terms', () => {
    expect(listDuePayments([{ ...card('a'), liability: null }], TODAY)).toEqual([])
  })
})

describe('a recurring payment', () => {
  const due = listDuePayments([card('a')], TODAY)
  const payment = {
    category: 'LOAN_PAYMENTS',
    minor: -3_500n,
    currency: 'USD',
    nextOn: '2026-03-25'
  }
  const isListed = (more: Partial<typeof payment>) =>
    withoutDuePayments([{ ...payment, ...more }], due).length === 1

  test('is not listed beside the due payment that it is', () => {
    expect(isListed({})).toBe(false)
    expect(isListed({ nextOn: '2026-04-01' })).toBe(false)
    expect(isListed({ nextOn: '2026-03-18' })).toBe(false)
    const others = listDuePayments([card('a'), card('b', { minimum: usd(9_900n) })], TODAY)
    expect(withoutDuePayments([payment], others)).toEqual([])
  })

  test.each([
    ['another amount', { minor: -3_501n }],
    ['money in', { minor: 3_500n }],
    ['another currency', { currency: 'CAD' }],
    ['a later date', { nextOn: '2026-04-02' }],
    ['an earlier date', { nextOn: '2026-03-17' }],
    ['another purpose', { category: 'RENT_AND_UTILITIES' }]
  ])('stays with %s', (_, more) => {
    expect(isListed(more)).toBe(true)
  })
})
