import { describe, expect, it } from 'vitest'
import { addDays } from '@/lib/domain/periods'
import { findPairs, type TransferLeg } from '@/lib/domain/transactions/transfer-pairs'

const leg = (id: string, more: Partial<TransferLeg> = {}): TransferLeg => ({
  id,
  accountId: 'checking',
  accountType: 'depository',
  accountMask: '1111',
  accountName: 'Checking',
  institutionName: 'Bank',
  date: '2026-03-02',
  minor: -5_000n,
  currency: 'USD',
  name: 'Transfer',
  merchantName: null,
  categoryPrimary: 'TRANSFER_OUT',
  categoryDetailed: null,
  alike: 1,
  ...more
})
const savings = {
  minor: 5_000n,
  accountId: 'savings',
  accountMask: '2222',
  accountName: 'Savings',
  categoryPrimary: 'TRANSFER_IN'
}

describe('findPairs', () => {
  it('pairs hundreds of equal transfers of one week, each row once', () => {
    const names = Array.from({ length: 100 }, (_, n) => String(n).padStart(3, '0'))
    const pairs = findPairs(
      names.flatMap((name) => [leg(`out-${name}`), leg(`in-${name}`, savings)])
    )
    expect(new Set(pairs.map(({ outId }) => outId)).size).toBe(100)
    expect(new Set(pairs.map(({ inId }) => inId)).size).toBe(100)
  })

  it('pairs neither of two equal candidates when one row would be left alone', () => {
    expect(
      findPairs([leg('out'), ...['a', 'b'].map((id) => leg(id, { ...savings, accountId: id }))])
    ).toEqual([])
  })

  it('pairs ten years of the same amount every day, each with the same day', () => {
    const legs = Array.from({ length: 3_650 }, (_, n) => addDays('2016-01-01', n)).flatMap(
      (date) => [leg(`out-${date}`, { date }), leg(`in-${date}`, { ...savings, date })]
    )
    const pairs = findPairs(legs)
    expect(pairs).toHaveLength(3_650)
    expect(pairs.every(({ outId, inId }) => outId.slice(4) === inId.slice(3))).toBe(true)
  })
})
