import { describe, expect, it } from 'vitest'
import { oldest, totalsOf } from '@/components/money/totals'
import type { WireAccount, WireBankAccount } from '@/lib/api/answers'

const account = (type: string, minor: string | null, currency = 'USD'): WireAccount => ({
  id: `${type}-${minor}`,
  connectionId: 'c',
  institutionName: 'Bank',
  name: type,
  mask: null,
  type,
  subtype: null,
  current: minor === null ? null : { minor, currency },
  available: null,
  limit: null,
  balancesAt: null
})
const own: WireBankAccount = {
  id: 'b',
  name: 'Pangea account',
  status: 'OPEN',
  balance: { minor: '100', currency: 'USD' },
  balanceAt: null,
  accountNumberLast4: null,
  routingNumberLast4: null
}

describe('what accounts add up to', () => {
  it('counts what is owed on a card against what is owned, the own account included', () => {
    expect(totalsOf([account('depository', '5000'), account('credit', '1200')], own)).toEqual([{ currency: 'USD', assets: 5100n, owed: 1200n, net: 3900n }])
  })

  it('counts an overpaid card as owned and an overdrawn account as owed', () => {
    expect(totalsOf([account('credit', '-300'), account('depository', '-50')], null)).toEqual([{ currency: 'USD', assets: 300n, owed: 50n, net: 250n }])
  })

  it('never adds one currency to another', () => {
    expect(totalsOf([account('depository', '100'), account('depository', '200', 'EUR')], null).map(({ currency, net }) => [currency, net])).toEqual([
      ['USD', 100n],
      ['EUR', 200n]
    ])
  })

  it('leaves out what no bank has reported', () => {
    expect(totalsOf([account('depository', null)], null)).toEqual([])
  })

  it('is as fresh as its oldest part', () => {
    expect(oldest(['2026-11-21T10:00:00Z', null, '2026-11-20T10:00:00Z'])).toBe('2026-11-20T10:00:00Z')
  })
})
