/** Rows of two accounts that may be one transfer, and whether the detector pairs them. */
import { findPairs, type TransferLeg } from '@/lib/domain/transactions/transfer-pairs'

export const DAY = '2026-03-02'
/** A row that says nothing about a transfer. */
export const plain = (id: string, more: Partial<TransferLeg>): TransferLeg => ({
  id,
  accountId: 'checking',
  accountType: 'depository',
  accountMask: null,
  accountName: 'Checking',
  institutionName: 'Bank',
  date: DAY,
  minor: -5_000n,
  currency: 'USD',
  name: 'Alpha',
  merchantName: null,
  categoryPrimary: null,
  categoryDetailed: null,
  alike: 1,
  ...more
})
export const out = (more: Partial<TransferLeg> = {}, id = 'out') => plain(id, more)
export const into = (more: Partial<TransferLeg> = {}, id = 'in') =>
  plain(id, { accountId: 'savings', accountName: 'Savings', minor: 5_000n, name: 'Beta', ...more })
export const paired = (...legs: TransferLeg[]) =>
  findPairs(legs).map(({ outId, inId }) => `${outId}-${inId}`)
export const isPaired = (...legs: TransferLeg[]) => paired(...legs).length === 1
export const moves = { categoryPrimary: 'TRANSFER_OUT' }
export const odd = (minor = 5_001n) => [out({ minor: -minor }), into({ minor })] as const
