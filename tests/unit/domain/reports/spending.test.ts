import { describe, expect, it } from 'vitest'
import {
  type CategorySum,
  cashFlow,
  cashFlowFilter,
  spendingByCategory,
  spendingFilter
} from '@/lib/domain/reports/spending'

const sum = (
  month: string,
  kind: 'income' | 'spending' | 'transfer',
  minor: bigint,
  currency = 'USD'
) => ({ month, kind, minor, currency })
const category = (
  name: string | null,
  minor: bigint,
  more: Partial<CategorySum> = {}
): CategorySum => ({ currency: 'USD', category: name, minor, previous: 0n, count: 1, ...more })

describe('cash flow', () => {
  it('is money in, money out and their difference, for months without rows too', () => {
    const sums = [
      sum('2026-02', 'income', 500n),
      sum('2026-02', 'income', 100n),
      sum('2026-02', 'spending', -250n),
      sum('2026-02', 'transfer', -9_000n),
      sum('2026-01', 'spending', 30n),
      sum('2026-02', 'income', 7n, 'EUR')
    ]
    expect(cashFlow(sums, ['2026-01', '2026-02', '2026-03'])).toEqual([
      {
        currency: 'USD',
        months: [
          { month: '2026-01', in: 0n, out: -30n, net: 30n },
          { month: '2026-02', in: 600n, out: 250n, net: 350n },
          { month: '2026-03', in: 0n, out: 0n, net: 0n }
        ]
      },
      {
        currency: 'EUR',
        months: [
          { month: '2026-01', in: 0n, out: 0n, net: 0n },
          { month: '2026-02', in: 7n, out: 0n, net: 7n },
          { month: '2026-03', in: 0n, out: 0n, net: 0n }
        ]
      }
    ])
  })

  it('links to the settled rows of one month', () => {
    expect(cashFlowFilter('income', 'USD', '2026-02')).toEqual({
      kind: 'income',
      currency: 'USD',
      from: '2026-02-01',
      to: '2026-02-28',
      pending: 'no'
    })
  })
})

describe('spending by category', () => {
  it('lists the largest first, equal ones by name, refunds last, and adds up', () => {
    const [dollars, euros] = spendingByCategory([
      category('TRAVEL', -300n, { previous: -100n, count: 2 }),
      category('MEDICAL', -500n, { previous: -50n }),
      category('ENTERTAINMENT', -300n),
      category(null, 20n),
      category('TRAVEL', -1n, { currency: 'EUR' })
    ])
    expect(dollars).toEqual({
      currency: 'USD',
      total: 1_080n,
      previous: 150n,
      categories: [
        { category: 'MEDICAL', spent: 500n, previous: 50n, count: 1 },
        { category: 'ENTERTAINMENT', spent: 300n, previous: 0n, count: 1 },
        { category: 'TRAVEL', spent: 300n, previous: 100n, count: 2 },
        { category: 'UNCATEGORIZED', spent: -20n, previous: 0n, count: 1 }
      ]
    })
    expect(euros).toMatchObject({ currency: 'EUR', total: 1n })
    const amounts = [5n, 1n, 4n, 2n, 3n].map((minor) => category(`C${minor}`, -minor))
    expect(spendingByCategory(amounts)[0]?.categories.map(({ spent }) => spent)).toEqual([
      5n,
      4n,
      3n,
      2n,
      1n
    ])
  })

  it('links to the settled rows of a period, of one category or merchant if asked', () => {
    const period = { from: '2026-02-01', to: '2026-02-14' }
    const rows = { kind: 'spending', currency: 'USD', ...period, pending: 'no' }
    expect(spendingFilter('USD', period)).toEqual(rows)
    expect(spendingFilter('USD', period, { category: 'TRAVEL' })).toEqual({
      ...rows,
      category: 'TRAVEL'
    })
  })
})
