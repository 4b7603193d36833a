import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '@/lib/domain/periods'
import {
  HISTORY_RANGES,
  type HistoryAccount,
  historyDays,
  historyStart,
  netWorthHistory
} from '@/lib/domain/reports/net-worth-history'

const TODAY = '2026-03-21'
const account = (more: Partial<HistoryAccount> = {}): HistoryAccount => ({
  currency: 'USD',
  balance: 1_000n,
  reportedBalances: [],
  postings: [],
  ledgerBacked: true,
  transfers: [],
  since: null,
  until: null,
  ...more
})
const history = (
  accounts: HistoryAccount[],
  more: Partial<Parameters<typeof netWorthHistory>[0]> = {}
) =>
  netWorthHistory({ accounts, assets: [], today: TODAY, range: '1m', first: '2026-02-01', ...more })
const at = (lines: ReturnType<typeof history>, on: string) =>
  lines[0]?.points.find((point) => point.on === on)

const anyDay = fc.integer({ min: 0, max: 29 }).map((days) => addDays(TODAY, -days))
const anyAccount = fc.record({
  currency: fc.constantFrom('USD', 'EUR', 'JPY'),
  balance: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  reportedBalances: fc.constant([]),
  postings: fc.array(
    fc.record({ on: anyDay, minor: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }) }),
    { maxLength: 40 }
  ),
  ledgerBacked: fc.constant(true),
  transfers: fc.constant([]),
  since: fc.constant(null),
  until: fc.constant(null)
})

describe('net worth over time', () => {
  it('ends at the current total, and each day differs from the one before by what was booked on it', () => {
    fc.assert(
      fc.property(fc.array(anyAccount, { minLength: 1, maxLength: 8 }), (accounts) => {
        for (const { currency, points } of history(accounts)) {
          const own = accounts.filter((one) => one.currency === currency)
          expect(points.at(-1)).toEqual({
            on: TODAY,
            minor: own.reduce((sum, { balance }) => sum + balance, 0n),
            estimated: false
          })
          for (const [n, { on, minor }] of points.entries()) {
            if (n === 0) continue
            const booked = own.flatMap(({ postings }) => postings).filter((move) => move.on === on)
            expect(minor - (points[n - 1]?.minor ?? 0n), on).toBe(
              booked.reduce((sum, move) => sum + move.minor, 0n)
            )
          }
        }
      })
    )
  })

  it('prefers reported to computed balances, and tells which is which', () => {
    const lines = history([
      account({
        reportedBalances: [{ on: '2026-03-10', minor: 700n }],
        postings: [{ on: '2026-03-11', minor: 100n }]
      })
    ])
    expect(at(lines, '2026-03-11')).toMatchObject({ minor: 1_000n, estimated: true })
    expect(at(lines, '2026-03-10')).toMatchObject({ minor: 700n, estimated: false })
    expect(at(lines, '2026-03-09')).toMatchObject({ minor: 700n, estimated: true })
  })

  it('carries the oldest reported balance backwards for accounts that prices move', () => {
    const lines = history([
      account({
        ledgerBacked: false,
        reportedBalances: [{ on: '2026-03-10', minor: 700n }],
        postings: [{ on: '2026-03-15', minor: 100n }]
      })
    ])
    expect(['2026-03-14', '2026-03-10', '2026-03-01'].map((on) => at(lines, on)?.minor)).toEqual([
      1_000n,
      700n,
      700n
    ])
  })

  it('counts an account from its opening day, and an own asset from its first value', () => {
    const assets = [
      {
        id: 'a',
        name: 'Car',
        kind: 'vehicle' as const,
        currency: 'USD',
        values: [
          { on: '2026-03-15', minor: 900n },
          { on: '2026-03-05', minor: 950n }
        ]
      }
    ]
    const lines = history([account({ since: '2026-03-10', ledgerBacked: false })], { assets })
    expect(
      ['2026-03-04', '2026-03-05', '2026-03-09', '2026-03-10', '2026-03-15'].map(
        (on) => at(lines, on)?.minor
      )
    ).toEqual([0n, 950n, 950n, 1_950n, 1_900n])
  })

  it('counts a debt below zero', () => {
    const assets = [
      {
        id: 'a',
        name: 'Loan',
        kind: 'loan' as const,
        currency: 'USD',
        values: [{ on: '2026-03-01', minor: 400n }]
      }
    ]
    expect(at(history([account()], { assets }), TODAY)?.minor).toBe(600n)
  })

  it('draws today last, at most as many points as a screen shows, and nothing before the first known value', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('1m', '3m', '1y', 'all'),
        fc.integer({ min: 0, max: 5_000 }),
        (range, known) => {
          const days = historyDays(range, TODAY, addDays(TODAY, -known))
          expect(days.at(-1)).toBe(TODAY)
          expect(days.length).toBeLessThanOrEqual(122)
          expect(daysBetween(days[0] ?? '', TODAY)).toBeLessThanOrEqual(known)
          expect(new Set(days).size).toBe(days.length)
        }
      )
    )
    expect(historyDays('1y', TODAY, null)).toEqual([TODAY])
  })

  it('starts a range as many days ago as it has, and leaves out days between points', () => {
    expect(HISTORY_RANGES.map((range) => daysBetween(historyStart(range, TODAY), TODAY))).toEqual([
      30, 91, 365, 3_650
    ])
    const long = historyDays('1y', TODAY, '2020-01-01')
    expect([long.length, long[0], long.at(-2)]).toEqual([92, '2025-03-22', '2026-03-17'])
    expect(historyDays('1m', TODAY, '2020-01-01')).toHaveLength(31)
    expect(historyDays('all', TODAY, addDays(TODAY, -119))).toHaveLength(120)
    expect(historyDays('all', TODAY, addDays(TODAY, -120))).toHaveLength(61)
    expect(historyDays('1m', TODAY, addDays(TODAY, 1))).toEqual([TODAY])
  })

  it('counts a closed account until the day before it ended, and one not yet open as known', () => {
    const lines = history([
      account({ since: '2026-03-05', until: '2026-03-10', balance: 0n }),
      account({ currency: 'USD', balance: 5n, ledgerBacked: false })
    ])
    const closed = history([
      account({
        until: '2026-03-10',
        balance: 800n,
        postings: [{ on: '2026-03-10', minor: 100n }]
      })
    ])
    expect(at(closed, '2026-03-09')).toEqual({ on: '2026-03-09', minor: 700n, estimated: true })
    expect(at(closed, '2026-03-10')).toEqual({ on: '2026-03-10', minor: 0n, estimated: false })
    expect(at(lines, TODAY)?.minor).toBe(5n)
    const opened = history([account({ since: '2026-03-10' })])
    expect(at(opened, '2026-03-09')).toEqual({ on: '2026-03-09', minor: 0n, estimated: false })
    expect(at(opened, '2026-03-10')?.minor).toBe(1_000n)
  })

  it('counts transfers seen on other accounts in addition to postings, also where prices move the balance', () => {
    const transfers = [
      { on: '2026-03-15', minor: 100n },
      { on: '2026-03-15', minor: 20n }
    ]
    const postings = [{ on: '2026-03-15', minor: 3n }]
    const dayBefore = (ledgerBacked: boolean) =>
      at(history([account({ ledgerBacked, transfers, postings })]), '2026-03-14')?.minor
    expect([dayBefore(true), dayBefore(false)]).toEqual([877n, 880n])
  })

  it('keeps currencies apart, those of own assets included', () => {
    const assets = [
      {
        id: 'a',
        name: 'Boat',
        kind: 'other' as const,
        currency: 'EUR',
        values: [{ on: '2026-03-20', minor: 7n }]
      }
    ]
    const lines = history([account()], { assets })
    expect(lines.map(({ currency, points }) => [currency, points.at(-1)?.minor])).toEqual([
      ['USD', 1_000n],
      ['EUR', 7n]
    ])
    expect(lines[1]?.points.at(-3)).toEqual({ on: '2026-03-19', minor: 0n, estimated: false })
  })
})
