import { describe, expect, it } from 'vitest'
import { type Candidate, findPairs, type Leg } from '@/lib/domain/transfer-pairs'

const leg = (id: string, more: Partial<Leg> = {}): Leg => ({
  id,
  accountId: 'checking',
  accountType: 'depository',
  accountMask: '1111',
  accountName: 'Checking',
  institutionName: 'Bank',
  date: '2026-03-02',
  name: 'Transfer',
  merchantName: null,
  categoryPrimary: 'TRANSFER_OUT',
  categoryDetailed: null,
  alike: 1,
  ...more
})
const savings = { accountId: 'savings', accountMask: '2222', accountName: 'Savings', categoryPrimary: 'TRANSFER_IN' }

describe('findPairs', () => {
  it('pairs hundreds of equal transfers of one week, each row once', () => {
    const names = Array.from({ length: 100 }, (_, n) => String(n).padStart(3, '0'))
    const all = names.flatMap((out) => names.map((into): Candidate => ({ out: leg(`out-${out}`), in: leg(`in-${into}`, savings), minor: 5_000n })))
    const pairs = findPairs(all)
    expect(new Set(pairs.map(({ outId }) => outId)).size).toBe(100)
    expect(new Set(pairs.map(({ inId }) => inId)).size).toBe(100)
  })

  it('takes neither of two equal candidates where one row would be left alone', () => {
    const out = leg('out')
    const pairs = findPairs(['a', 'b'].map((id): Candidate => ({ out, in: leg(id, { ...savings, accountId: id }), minor: 5_000n })))
    expect(pairs).toEqual([])
  })
})
