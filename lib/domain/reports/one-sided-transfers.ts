/**
 * Transfers between own accounts that are visible on one side only, such as an IRA contribution at
 * an institution without transactions.
 */
import type { CalendarDate } from '@/lib/domain/dates'
import type { DatedAmount } from '@/lib/domain/reports/net-worth-history'

/** An account whose postings do not explain its balance. */
export type NonLedgerAccount = {
  id: string
  currency: string
  type: 'depository' | 'investment'
  subtype: string | null
  mask: string | null
  hasRows: boolean
}

/** A posting that may be one side of a transfer. */
export type TransferCandidate = {
  on: CalendarDate
  minor: bigint
  currency: string
  name: string
  detailed: string | null
  /** The user's own account with the opposite amount at about the same day. */
  counterpart: string | null
}

const KINDS: Record<string, NonLedgerAccount['type']> = {
  TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS: 'investment',
  TRANSFER_IN_INVESTMENT_AND_RETIREMENT_FUNDS: 'investment',
  TRANSFER_OUT_SAVINGS: 'depository',
  TRANSFER_IN_SAVINGS: 'depository'
}

/**
 * The transfers of each non-ledger account by account id. Rows already paired with another posting
 * are ignored.
 */
export function oneSidedTransfers(
  rows: readonly TransferCandidate[],
  accounts: readonly NonLedgerAccount[]
): Map<string, DatedAmount[]> {
  const found = new Map<string, DatedAmount[]>()
  for (const row of rows) {
    const account = destinationOf(row, accounts)
    if (account)
      found.set(account.id, [...(found.get(account.id) ?? []), { on: row.on, minor: -row.minor }])
  }
  return found
}

function destinationOf(
  row: TransferCandidate,
  all: readonly NonLedgerAccount[]
): NonLedgerAccount | undefined {
  const accounts = all.filter(({ currency }) => currency === row.currency)
  if (row.counterpart !== null) return accounts.find(({ id }) => id === row.counterpart)
  const silent = accounts.filter(({ hasRows }) => !hasRows)
  const words = new Set<string>(row.name.toLowerCase().match(/[a-z0-9]+/g))
  const named = silent.find(
    ({ mask, subtype }) => endsWithMask(words, mask ?? '') || words.has(subtype ?? '')
  )
  return named ?? silent.find(({ type }) => KINDS[row.detailed ?? ''] === type)
}

/** Banks write account masks as "5555", "x5555" or "XXXXXX5555". */
const endsWithMask = (words: ReadonlySet<string>, mask: string): boolean =>
  /^\d{4}$/.test(mask) && [...words].some((word) => word.replace(/^x+/, '') === mask)
