/** What a bank hands over, in our words: the shapes a sync carries from Plaid to the storage. */
import type { CalendarDate } from '@/lib/domain/dates'
import type { Money } from '@/lib/domain/money/money'

/** One account as the bank describes it now. */
export type SyncedAccount = {
  plaidAccountId: string
  /** The same at every link to this account, where the bank gives one. */
  persistentAccountId: string | null
  name: string
  officialName: string | null
  mask: string | null
  type: string
  subtype: string | null
  /** As the bank says it: positive is owed on credit and loan accounts, held on all others. */
  current: Money | null
  available: Money | null
  limit: Money | null
}

/** One transaction as it stands now. */
export type SyncedTransaction = {
  plaidTransactionId: string
  /** The pending transaction that this one settles; null while pending, or where the bank could not match it. */
  pendingTransactionId: string | null
  plaidAccountId: string
  /** Positive is money in. */
  amount: Money
  date: CalendarDate
  authorizedOn: CalendarDate | null
  name: string
  merchantName: string | null
  categoryPrimary: string | null
  categoryDetailed: string | null
  paymentChannel: string | null
  pending: boolean
}

/** A row of the bank's that could not be read or stored. */
export type QuarantinedRow = {
  kind: 'transaction' | 'account'
  /** Plaid's id; a hash where the row has none that can be read. */
  vendorId: string
  /** The field that could not be read, or the storage's error code. */
  code: string
  /** The row as JSON, sealed where it is stored; null where the row is too large, or comes again with every sync. */
  body: string | null
  /** Which mapping could not read it. */
  mappingVersion: number
}

/** One page of a sync. Only the whole run means anything: a pending row and its successor may be on different pages. */
export type SyncPage = {
  added: SyncedTransaction[]
  modified: SyncedTransaction[]
  /** Plaid's ids of the transactions that are gone. */
  removed: string[]
  quarantined?: QuarantinedRow[]
  /** Makes one of a row that could be read and that the storage refuses. */
  quarantine?: (row: SyncedTransaction, code: string) => QuarantinedRow
}
