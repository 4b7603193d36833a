/**
 * The slow, obvious reference: the vendor's current ledger, mapped row by row, without any app
 * code.
 */

import { toWireAccounts } from '@/sandbox/plaid/items'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { openEventLog } from '@/sandbox/plaid/transactions/event-log'
import type { BankRow } from '@/sandbox/plaid/transactions/rows'

/** As the database stores it, every value as text. */
export type StoredRow = {
  plaidId: string
  account: string
  amount: string
  currency: string
  bookedOn: string
  authorizedOn: string | null
  name: string
  merchant: string | null
  category: string | null
  channel: string | null
  pending: boolean
}

/** Number of decimals of the currencies in the histories. */
const DECIMALS: Record<string, number> = { USD: 2, JPY: 0 }

/** Every row that the vendor still lists counts, pending rows of any age included. */
export function expectedRows(plaid: Plaid, item: ItemRecord): StoredRow[] {
  const rows = [...openEventLog(plaid, item).rows.values()].map(expectedRow)
  return rows.sort((a, b) => (a.plaidId < b.plaidId ? -1 : 1))
}

function expectedRow(row: BankRow): StoredRow {
  const currency = row.currency ?? row.unofficialCurrency ?? 'XXX'
  return {
    plaidId: row.id,
    account: row.account,
    amount: minorUnits(-row.amount, DECIMALS[currency] ?? 2),
    currency,
    bookedOn: row.date,
    authorizedOn: row.authorizedOn,
    name: row.name,
    merchant: row.merchant,
    category: row.category ? `${row.category.primary} ${row.category.detailed}` : null,
    channel: row.channel,
    pending: row.pending
  }
}

/** Half away from zero. The ledger's amounts have at most four decimals. */
function minorUnits(amount: number, decimals: number): string {
  const tenThousandths = Math.round(Math.abs(amount) * 10_000)
  const step = 10 ** (4 - decimals)
  const minor = Math.floor((tenThousandths + step / 2) / step)
  return String(amount < 0 && minor > 0 ? -minor : minor)
}

export type StoredAccount = {
  plaidId: string
  name: string
  mask: string | null
  current: string | null
}

export const expectedAccounts = (plaid: Plaid, item: ItemRecord): StoredAccount[] =>
  toWireAccounts(plaid, item)
    .map((account) => ({
      plaidId: account.account_id,
      name: account.name,
      mask: account.mask,
      current: account.balances.current === null ? null : minorUnits(account.balances.current, 2)
    }))
    .sort((a, b) => (a.plaidId < b.plaidId ? -1 : 1))

/** Pending id → id of the row that settled it, for every row that the vendor holds. */
export const settlements = (plaid: Plaid, item: ItemRecord): [string, string][] =>
  [...openEventLog(plaid, item).rows.values()].flatMap((row): [string, string][] =>
    row.pendingId ? [[row.pendingId, row.id]] : []
  )
