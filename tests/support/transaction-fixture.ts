import type { TransactionResponse } from '@/lib/api/responses'

/** A transaction as the browser gets it; a higher number is a later id. */
export const transactionFixture = (
  n: number,
  more: Partial<TransactionResponse> = {}
): TransactionResponse => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  accountId: 'a',
  accountName: 'Checking',
  amount: { minor: '-100', currency: 'USD' },
  date: '2026-03-01',
  authorizedOn: null,
  name: `row ${n}`,
  merchantName: null,
  category: 'TRAVEL',
  categoryDetailed: null,
  kind: 'spending',
  paymentChannel: null,
  accountMask: null,
  institutionName: 'Bank',
  pending: false,
  note: null,
  tags: [],
  addedAt: '2026-03-01T00:00:00.000Z',
  part: null,
  splitChanged: false,
  ...more
})
