/** The data that a sync reads from Plaid and stores, in the app's terms. */
import type { LinkedAccount } from '@/lib/domain/connections/linked-account'
import type { CalendarDate } from '@/lib/domain/dates'
import type { Money } from '@/lib/domain/money/money'

/** One account as the institution reports it now. */
export type SyncedAccount = Pick<
  LinkedAccount,
  'officialName' | 'mask' | 'type' | 'subtype' | 'current' | 'available' | 'limit'
> & {
  plaidAccountId: string
  /** Identical for every Item that contains this account, if the institution supports it. */
  persistentAccountId: string | null
  /** The institution's name for it. */
  name: string
}

/** One transaction in its current version. */
export type SyncedTransaction = {
  plaidTransactionId: string
  /**
   * The pending transaction that this one settles; null while pending or if Plaid could not match
   * it.
   */
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

/** A vendor row that could not be parsed or stored. */
export type QuarantinedRow = {
  kind: 'transaction' | 'account'
  /** Plaid's id, or a hash if the row has no readable id. */
  vendorId: string
  /** The unreadable field, or the database's error code. */
  code: string
  /** The row as JSON, encrypted when stored; null if it is too large or repeats with every sync. */
  body: string | null
  /** The version of the mapping that failed. */
  mappingVersion: number
}

/**
 * One page of a sync. Only a complete run is consistent: a pending row and its successor may be on
 * different pages.
 */
export type SyncPage = {
  added: SyncedTransaction[]
  modified: SyncedTransaction[]
  /** Plaid's ids of removed transactions. */
  removed: string[]
  quarantined?: QuarantinedRow[]
  /** Builds a quarantined row from a parsed row that the database refused. */
  quarantine?: (row: SyncedTransaction, code: string) => QuarantinedRow
}
