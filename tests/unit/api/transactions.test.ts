import { describe, expect, it } from 'vitest'
import {
  CashFlowQuery,
  parseFilter,
  SpendingQuery,
  TransactionsQuery
} from '@/lib/api/transactions'

describe('TransactionsQuery', () => {
  it('defaults to fifty', () => expect(TransactionsQuery.parse({})).toEqual({ limit: 50 }))

  it('parses a number from the address bar', () =>
    expect(TransactionsQuery.parse({ limit: '200', cursor: 'c' })).toEqual({
      limit: 200,
      cursor: 'c'
    }))

  it.each([
    { limit: '0' },
    { limit: '201' },
    { limit: '1.5' },
    { limit: 'many' },
    { limit: '-1' },
    { account: 'a1' },
    { cursor: 'x'.repeat(201) }
  ])('refuses %.60j', (query) => {
    expect(TransactionsQuery.safeParse(query).success).toBe(false)
  })
})

describe('a filter in a URL', () => {
  it('accepts every part, and treats empty form fields as absent', () => {
    const query = {
      q: 'café',
      kind: 'spending',
      flow: 'out',
      min: '20',
      max: '19.99',
      from: '2026-02-28',
      to: '',
      pending: 'no',
      sort: 'largest',
      merchant: ''
    }
    expect(TransactionsQuery.parse(query)).toEqual({
      q: 'café',
      kind: 'spending',
      flow: 'out',
      min: '20',
      max: '19.99',
      from: '2026-02-28',
      pending: 'no',
      sort: 'largest',
      limit: 50
    })
  })

  it.each([
    { from: '2026-02-30' },
    { from: '26-2-3' },
    { min: '-1' },
    { min: '1e9' },
    { max: '1,5' },
    { kind: 'gift' },
    { sort: 'random' },
    { currency: "x' or 1" }
  ])('refuses %j from a program, and opens the page without it', (query) => {
    expect(TransactionsQuery.safeParse(query).success).toBe(false)
    expect(parseFilter({ ...query, q: 'rent' })).toEqual({ filter: { q: 'rent' }, sort: 'newest' })
  })

  it('ignores a repeated part on the page', () =>
    expect(parseFilter({ q: ['a', 'b'], account: undefined })).toEqual({
      filter: {},
      sort: 'newest'
    }))
})

describe('period parameters', () => {
  it.each([
    { month: '2026-13' },
    { from: '2026-03-01' },
    { from: '2026-03-02', to: '2026-03-01' },
    { zone: 'Mars/Olympus' }
  ])('refuses %j', (query) => {
    expect(SpendingQuery.safeParse(query).success).toBe(false)
  })
  it('accept a month, a period, and a time zone', () => {
    expect(SpendingQuery.safeParse({ month: '2026-03' }).success).toBe(true)
    expect(
      SpendingQuery.safeParse({ from: '2026-03-01', to: '2026-03-01', zone: 'Pacific/Kiritimati' })
        .success
    ).toBe(true)
    expect(CashFlowQuery.parse({})).toEqual({ months: 12 })
    expect(CashFlowQuery.safeParse({ months: '37' }).success).toBe(false)
  })
})
