/** Generated transactions for sync pages, the same ones every time. */
import type { SyncedTransaction, SyncPage } from '@/lib/domain/connections/sync-page'

export const PAGE = 500
const NAMES = [
  'Coffee',
  'Groceries',
  'Rent',
  'Train ticket',
  'Pharmacy',
  'Salary',
  'Bookshop',
  'Electricity'
]

export function transactionAt(n: number, change = 0): SyncedTransaction {
  const day = new Date(Date.UTC(2024, 0, 1) + (n % 730) * 86_400_000).toISOString().slice(0, 10)
  return {
    plaidTransactionId: `bench-transaction-${String(n).padStart(8, '0')}`,
    pendingTransactionId: null,
    plaidAccountId: `bench-account-${n % 3}`,
    amount: { minor: BigInt(((n * 7919) % 20_000) - 15_000 + change), currency: 'USD' },
    date: day,
    authorizedOn: day,
    name: `${NAMES[n % NAMES.length]} ${n}`,
    merchantName: n % 5 ? `${NAMES[n % NAMES.length]}` : null,
    categoryPrimary: 'GENERAL_MERCHANDISE',
    categoryDetailed: 'GENERAL_MERCHANDISE_OTHER_GENERAL_MERCHANDISE',
    paymentChannel: 'in store',
    pending: false
  }
}

/** The initial pages, generated while they are read. */
export function* initialPages(count: number): Generator<SyncPage> {
  for (let from = 0; from < count; from += PAGE)
    yield {
      added: Array.from({ length: Math.min(PAGE, count - from) }, (_, i) =>
        transactionAt(from + i)
      ),
      modified: [],
      removed: []
    }
}

export const MODIFIED = 500
export const REMOVED = 200

/** A later sync: the first rows have new amounts and some of the following are removed. */
export function* updatePages(): Generator<SyncPage> {
  yield {
    added: [],
    modified: Array.from({ length: MODIFIED }, (_, n) => transactionAt(n, 1)),
    removed: []
  }
  yield {
    added: [],
    modified: [],
    removed: Array.from(
      { length: REMOVED },
      (_, n) => transactionAt(MODIFIED + n).plaidTransactionId
    )
  }
}
