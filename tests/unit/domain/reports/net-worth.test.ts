import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  holdingType,
  LEDGER_BACKED,
  type NetWorthInput,
  netWorth
} from '@/lib/domain/reports/net-worth'

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

  it('counts a balance of zero', () => {
    const { currencies, leftOut } = netWorth(
      input([account('depository', 0n)], {
        own: { name: 'Own', balance: { minor: 0n, currency: 'USD' }, balanceAt: null }
      })
    )
    expect(leftOut).toEqual([])
    expect(currencies).toMatchObject([{ assets: 0n, debts: 0n, net: 0n }])
    expect(currencies[0]?.groups.map(({ type }) => type)).toEqual(['own', 'depository'])
  })

  it('describes each holding, and orders the groups from cash to debts', () => {
    const asset = (id: string, kind: 'home' | 'loan', minor: bigint, on = '2026-03-01') => ({
      id,
      name: id,
      kind,
      currency: 'USD',
      values: [
        { on: '2026-03-22', minor: 1n },
        { on, minor }
      ]
    })
    const { currencies, stale, asOf } = netWorth(
      input(
        [
          account('loan', 40n, { id: 'l' }),
          account('credit', 30n, { id: 'c' }),
          account('brokerage', 20n, { id: 'i', balancesAt: null }),
          account('depository', 10n, { id: 'd' })
        ],
        {
          own: {
            name: 'Everyday',
            balance: { minor: 5n, currency: 'USD' },
            balanceAt: '2026-03-19T00:00:00.000Z'
          },
          assets: [
            asset('Debt', 'loan', 60n),
            asset('Home', 'home', 50n, '2026-03-21'),
            asset('Later', 'home', 70n, '2026-03-22')
          ]
        }
      )
    )
    const [dollars] = currencies
    expect(dollars?.groups.map(({ type, minor }) => `${type} ${minor}`)).toEqual([
      'own 5',
      'depository 10',
      'investment 20',
      'property 50',
      'credit -30',
      'loan -40',
      'debt -60'
    ])
    const holdings = dollars?.groups.flatMap((group) => group.holdings) ?? []
    expect([holdings[0], holdings[1], holdings[3]]).toEqual([
      {
        accountId: null,
        assetId: null,
        valuedOn: null,
        name: 'Everyday',
        institutionName: 'Jiko',
        type: 'own',
        minor: 5n,
        currency: 'USD',
        balancesAt: '2026-03-19T00:00:00.000Z',
        stale: false
      },
      {
        accountId: 'd',
        assetId: null,
        valuedOn: null,
        name: 'depository',
        institutionName: 'Bank',
        type: 'depository',
        minor: 10n,
        currency: 'USD',
        balancesAt: '2026-03-20T10:00:00.000Z',
        stale: false
      },
      {
        accountId: null,
        assetId: 'Home',
        valuedOn: '2026-03-21',
        name: 'Home',
        institutionName: '',
        type: 'property',
        minor: 50n,
        currency: 'USD',
        balancesAt: null,
        stale: false
      }
    ])
    expect(stale).toEqual([])
    expect([asOf, dollars?.asOf]).toEqual(Array(2).fill('2026-03-19T00:00:00.000Z'))
  })

  it('has no age without a dated balance', () => {
    const { asOf, currencies } = netWorth(input([account('depository', 1n, { balancesAt: null })]))
    expect([asOf, currencies[0]?.asOf]).toEqual([null, null])
  })

  it.each([
    ['depository', 'depository'],
    ['investment', 'investment'],
    ['brokerage', 'investment'],
    ['credit', 'credit'],
    ['loan', 'loan'],
    ['payroll', null],
    ['', null]
  ])('takes an account of type %j for %s', (type, holding) => {
    expect(holdingType(type)).toBe(holding)
  })

  it('is explained by postings on deposits, cards and loans', () => {
    expect(LEDGER_BACKED).toEqual(['depository', 'credit', 'loan'])
  })

  it('lists what it cannot count instead of guessing', () => {
    const { currencies, leftOut } = netWorth(
      input([account('payroll', 900n), account('depository', null)])
    )
    expect(currencies).toEqual([])
    expect(leftOut.map(({ reason }) => reason)).toEqual(['unknown_type', 'no_balance'])
    expect(leftOut[0]).toMatchObject({ name: 'payroll', institutionName: 'Bank' })
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
