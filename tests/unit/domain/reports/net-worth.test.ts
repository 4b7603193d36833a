import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NetWorthInput, netWorth } from '@/lib/domain/reports/net-worth'

type Account = NetWorthInput['accounts'][number]
let made = 0
const account = (
  type: string,
  minor: bigint | null,
  more: Partial<Account> = {},
  currency = 'USD'
): Account => ({
  id: `a${++made}`,
  connectionId: 'c',
  name: type,
  institutionName: 'Bank',
  type,
  current: minor === null ? null : { minor, currency },
  balancesAt: '2026-03-20T10:00:00.000Z',
  ...more
})
const input = (accounts: Account[], more: Partial<NetWorthInput> = {}): NetWorthInput => ({
  accounts,
  own: null,
  assets: [],
  today: '2026-03-21',
  brokenConnections: new Set(),
  freshSince: '2026-03-18T00:00:00.000Z',
  ...more
})

describe('net worth', () => {
  it('subtracts card debt from assets, and counts an overpaid card as an asset', () => {
    const [worth] = netWorth(
      input([account('depository', 5_000n), account('credit', 1_200n), account('credit', -300n)])
    ).currencies
    expect([worth?.assets, worth?.debts, worth?.net]).toEqual([5_300n, 1_200n, 4_100n])
    expect(worth?.groups.map(({ type, minor }) => [type, minor])).toEqual([
      ['depository', 5_000n],
      ['credit', -900n]
    ])
  })

  it('treats a balance from exactly the freshness limit as fresh, and an older one as stale', () => {
    const freshSince = '2026-03-18T00:00:00.000Z'
    const staleWith = (balancesAt: string) =>
      netWorth(input([account('depository', 1n, { balancesAt })], { freshSince })).stale.length
    expect(staleWith(freshSince)).toBe(0)
    expect(staleWith('2026-03-17T23:59:59.999Z')).toBe(1)
  })

  it('lists what it cannot count instead of guessing', () => {
    const { currencies, leftOut } = netWorth(
      input([account('payroll', 900n), account('depository', null)])
    )
    expect(currencies).toEqual([])
    expect(leftOut.map(({ reason }) => reason)).toEqual(['unknown_type', 'no_balance'])
  })

  it('is as old as its oldest part and names the stale part', () => {
    const { asOf, stale } = netWorth(
      input(
        [
          account('depository', 1n),
          account('loan', 1n, { balancesAt: '2026-03-01T00:00:00.000Z' }),
          account('investment', 1n, { connectionId: 'broken' })
        ],
        {
          brokenConnections: new Set(['broken'])
        }
      )
    )
    expect(asOf).toBe('2026-03-01T00:00:00.000Z')
    expect(stale.map(({ type }) => type)).toEqual(['loan', 'investment'])
  })

  it('adds up for any accounts: each currency’s net is its assets minus its debts, and the sum of its parts', () => {
    const any = fc.record({
      type: fc.constantFrom('depository', 'credit', 'loan', 'investment', 'brokerage', 'other'),
      minor: fc.option(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })),
      currency: fc.constantFrom('USD', 'EUR', 'JPY')
    })
    fc.assert(
      fc.property(
        fc.array(any),
        fc.option(fc.bigInt({ min: 0n, max: 10n ** 9n })),
        (drawn, held) => {
          const accounts = drawn.map(({ type, minor, currency }) =>
            account(type, minor, {}, currency)
          )
          const own =
            held === null
              ? null
              : { name: 'Own', balance: { minor: held, currency: 'USD' }, balanceAt: null }
          const { currencies, leftOut } = netWorth(input(accounts, { own }))
          const holdings = currencies.flatMap(({ groups }) =>
            groups.flatMap((group) => group.holdings)
          )
          expect(holdings.length + leftOut.length).toBe(accounts.length + (own ? 1 : 0))
          for (const { currency, assets, debts, net, groups } of currencies) {
            const parts = holdings
              .filter((holding) => holding.currency === currency)
              .reduce((total, { minor }) => total + minor, 0n)
            expect([net, net, assets >= 0n, debts >= 0n]).toEqual([
              parts,
              assets - debts,
              true,
              true
            ])
            expect(groups.reduce((total, { minor }) => total + minor, 0n)).toBe(net)
          }
        }
      )
    )
  })
})
