import { describe, expect, it } from 'vitest'
import {
  type NonLedgerAccount,
  oneSidedTransfers,
  type TransferCandidate
} from '@/lib/domain/reports/one-sided-transfers'

const account = (id: string, more: Partial<NonLedgerAccount> = {}): NonLedgerAccount => ({
  id,
  currency: 'USD',
  type: 'investment',
  subtype: 'ira',
  mask: '5555',
  hasRows: false,
  ...more
})
const row = (more: Partial<TransferCandidate> = {}): TransferCandidate => ({
  on: '2026-03-02',
  minor: -5_000n,
  currency: 'USD',
  name: 'Contribution',
  detailed: null,
  counterpart: null,
  ...more
})
const ira = account('ira')
const savings = account('savings', { type: 'depository', subtype: 'savings', mask: '7777' })
const found = (one: Partial<TransferCandidate>, accounts = [ira, savings]) => [
  ...oneSidedTransfers([row(one)], accounts).keys()
]

describe('a transfer that is visible on one side', () => {
  it('arrives at the other account with the opposite sign, one after the other', () => {
    const rows = [
      row({ counterpart: 'ira' }),
      row({ counterpart: 'ira', on: '2026-04-02', minor: 700n }),
      row({ counterpart: 'savings' })
    ]
    expect(Object.fromEntries(oneSidedTransfers(rows, [ira, savings]))).toEqual({
      ira: [
        { on: '2026-03-02', minor: 5_000n },
        { on: '2026-04-02', minor: -700n }
      ],
      savings: [{ on: '2026-03-02', minor: 5_000n }]
    })
  })

  it('belongs to its counterpart alone, even if the name says otherwise', () => {
    expect(found({ counterpart: 'checking', name: 'To ira 5555' })).toEqual([])
    expect(found({ counterpart: 'savings', name: 'To ira 5555' })).toEqual(['savings'])
  })

  it.each([
    ['Contribution 5555', ['ira']],
    ['CONTRIBUTION X5555', ['ira']],
    ['contribution xxxxxx5555', ['ira']],
    ['Contribution 15555', []],
    ['Contribution 5555x', []],
    ['My IRA', ['ira']],
    ['Miracle', []],
    ['To ...7777', ['savings']],
    ['to savings', ['savings']],
    ['Contribution', []],
    ['', []]
  ])('named %j belongs to %j', (name, accounts) => {
    expect(found({ name })).toEqual(accounts)
  })

  it('is not recognised by a mask that is not four digits', () => {
    for (const mask of ['55', '55555', 'a555', '5555a', null])
      expect(found({ name: `To ${mask}` }, [account('ira', { mask })]), String(mask)).toEqual([])
  })

  it('is recognised by a mask or subtype even if the other is missing', () => {
    expect(found({ name: 'My ira' }, [account('ira', { mask: null })])).toEqual(['ira'])
    expect(found({ name: '5555' }, [account('ira', { subtype: null })])).toEqual(['ira'])
    for (const name of ['Deposit', ' a, deposit - ', ''])
      expect(found({ name }, [account('ira', { subtype: null, mask: null })])).toEqual([])
  })

  it.each([
    ['TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS', ['ira']],
    ['TRANSFER_IN_INVESTMENT_AND_RETIREMENT_FUNDS', ['ira']],
    ['TRANSFER_OUT_SAVINGS', ['savings']],
    ['TRANSFER_IN_SAVINGS', ['savings']],
    ['TRANSFER_OUT_ACCOUNT_TRANSFER', []],
    [null, []]
  ])('of the category %s belongs to %j', (detailed, accounts) => {
    expect(found({ detailed })).toEqual(accounts)
  })

  it('goes to a named account before one of its category', () => {
    expect(found({ name: 'ira', detailed: 'TRANSFER_OUT_SAVINGS' })).toEqual(['ira'])
  })

  it('does not go to an account in another currency, or one that has rows itself', () => {
    expect(found({ name: 'ira' }, [account('ira', { currency: 'EUR' })])).toEqual([])
    expect(found({ counterpart: 'ira' }, [account('ira', { currency: 'EUR' })])).toEqual([])
    expect(found({ name: 'ira 5555' }, [account('ira', { hasRows: true })])).toEqual([])
    expect(found({ counterpart: 'ira' }, [account('ira', { hasRows: true })])).toEqual(['ira'])
  })
})
