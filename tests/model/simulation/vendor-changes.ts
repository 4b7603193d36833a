/** The bank's changes to its own rows, made through the emulator. */

import { toDay, toIso } from '@/sandbox/plaid/logins/calendar'
import type { Change, ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { addRows, modifyRow, postPending, removeRow } from '@/sandbox/plaid/transactions/changes'
import { openEventLog } from '@/sandbox/plaid/transactions/event-log'
import { applyChanges, ingest } from '@/sandbox/plaid/transactions/ingestion'
import type { BankRow } from '@/sandbox/plaid/transactions/rows'
import type { VendorChange } from '@/tests/model/simulation/steps'

export function changeAtVendor(plaid: Plaid, itemId: string, what: VendorChange): void {
  ingest(plaid, itemId)
  const item = plaid.items.get(itemId)
  if (!item || item.error || !item.startedAt) return
  applyChanges(plaid, item, changesOf(plaid, item, what))
}

function changesOf(plaid: Plaid, item: ItemRecord, what: VendorChange): Change[] {
  if (what.change === 'add') {
    const rows = Array.from({ length: what.count }, (_, n) => ({
      amount: (what.units + n * 137) / 10_000,
      name: `Bought ${n}`,
      pending: what.pending
    }))
    return addRows(plaid, item, rows)
  }
  const rows = [...openEventLog(plaid, item).rows.values()]
  if (what.change === 'post') {
    const pending = rows.filter((row) => row.pending)
    const one = pending[what.pick % Math.max(1, pending.length)]
    return one ? postPending(plaid, item, what.all ? undefined : [one.id]) : []
  }
  const row = rows[what.pick % Math.max(1, rows.length)]
  if (!row) return []
  return what.change === 'remove'
    ? removeRow(plaid, item, row.id)
    : modifyRow(plaid, item, row.id, patchOf(row, what))
}

function patchOf(
  row: BankRow,
  { what, units }: Extract<VendorChange, { change: 'modify' }>
): Parameters<typeof modifyRow>[3] {
  if (what === 'amount') return { amount: units / 10_000 }
  if (what === 'name') return { name: `Renamed ${units}` }
  if (what === 'date') return { date: toIso(toDay(row.date) + (units % 2 ? 1 : -1)) }
  return what === 'merchant' ? { merchant: units % 3 ? `Shop ${units}` : null } : {}
}
