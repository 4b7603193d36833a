/** An Item's transactions as an event log, rebuilt from the few stored records. */
import { createHash } from 'node:crypto'
import { textFrom } from '@/sandbox/core/ids'
import { type GeneratedData, round } from '@/sandbox/plaid/logins/bank-data'
import { toDay } from '@/sandbox/plaid/logins/calendar'
import { generateData, LONGEST_HISTORY } from '@/sandbox/plaid/logins/generated-data'
import type { Batch, Change, ItemAccount, ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { type BankRow, toRow } from '@/sandbox/plaid/transactions/rows'

export type LogEntry =
  | { op: 'add' | 'modify'; row: BankRow }
  | { op: 'remove'; id: string; account: string }

export type EventLog = {
  entries: LogEntry[]
  /** The current rows. */
  rows: Map<string, BankRow>
  /** Booked money that is not part of the generated days, per account id. */
  balanceAdjustments: Map<string, number>
  /** Progress of the first two loads. */
  status: 'NOT_READY' | 'INITIAL_UPDATE_COMPLETE' | 'HISTORICAL_UPDATE_COMPLETE'
  batches: number
}

/** The first load, before the rest of the history. */
const FIRST_LOAD = 30

const eventLogs = new WeakMap<Plaid, Map<string, EventLog>>()

/** The Item's log, complete up to its newest batch. The timer asks for every Item's four times a second. */
export function openEventLog(plaid: Plaid, item: ItemRecord): EventLog {
  const known = eventLogs.get(plaid) ?? new Map<string, EventLog>()
  eventLogs.set(plaid, known)
  const log: EventLog = known.get(item.id) ?? {
    entries: [],
    rows: new Map(),
    balanceAdjustments: new Map(),
    status: 'NOT_READY',
    batches: 0
  }
  known.set(item.id, log)
  for (;;) {
    const batch = plaid.batches.get(batchId(item.id, log.batches))
    if (!batch) return log
    applyBatch(plaid, item, log, batch)
    log.batches++
  }
}

const batchId = (itemId: string, seq: number) => `${itemId}.${String(seq).padStart(6, '0')}`

/** Clears every rebuilt log, after the store was emptied. */
export const clearEventLogs = (plaid: Plaid) => eventLogs.delete(plaid)

type NewBatch =
  | { kind: 'initial' | 'historical'; accounts: ItemAccount[]; through: number }
  | { kind: 'days'; accounts: ItemAccount[]; from: number; through: number }
  | { kind: 'accounts'; accounts: ItemAccount[]; through: number }
  | { kind: 'changes'; changes: Change[] }

/** Appends an entry; returns its effect on the log. */
export function appendBatch(plaid: Plaid, item: ItemRecord, batch: NewBatch): LogEntry[] {
  const log = openEventLog(plaid, item)
  const before = log.entries.length
  const seq = log.batches
  plaid.batches.put({
    ...batch,
    id: batchId(item.id, seq),
    itemId: item.id,
    seq
  })
  return openEventLog(plaid, item).entries.slice(before)
}

export const generatedDataFor = (plaid: Plaid, item: ItemRecord, through: number): GeneratedData =>
  generateData(
    {
      seed: plaid.options.seed ?? 'pangea',
      institutionId: item.institutionId,
      clientUserId: item.clientUserId,
      username: item.username,
      custom: item.custom,
      linkedOn: item.linkedOn
    },
    through
  )

/** Ids belong to the Item: linking the same bank again gives other ids. */
export const idFor = (...parts: string[]) =>
  textFrom(createHash('sha512').update(parts.join('|')).digest(), 37)

/** The generated rows a bank shows on `day` for these accounts, oldest first. */
export function rowsOn(
  plaid: Plaid,
  item: ItemRecord,
  accounts: ItemAccount[],
  day: number
): BankRow[] {
  const data = generatedDataFor(plaid, item, day)
  const ids = new Map(accounts.map((own) => [own.key, own.id]))
  const holders = new Map(data.accounts.map((account) => [account.key, account]))
  const from = item.linkedOn - Math.min(item.daysRequested, LONGEST_HISTORY)
  return data.postings
    .flatMap((posting) => {
      const accountId = ids.get(posting.account)
      const holder = holders.get(posting.account)
      if (
        !accountId ||
        !holder ||
        posting.hidden ||
        posting.authorized > day ||
        posting.authorized < from
      )
        return []
      const money = {
        accountId,
        currency: holder.currency,
        unofficialCurrency: holder.unofficialCurrency
      }
      const row = toRow(posting, day, money, (key) => idFor(item.id, accountId, key))
      // Booked before linking: there was no pending row to point to.
      return [posting.posted <= item.linkedOn ? { ...row, pendingId: null } : row]
    })
    .sort((a, b) => a.date.localeCompare(b.date))
}

function applyBatch(plaid: Plaid, item: ItemRecord, log: EventLog, batch: Batch): void {
  if (batch.kind === 'changes') {
    for (const change of batch.changes) applyChange(log, change)
    return
  }
  const rows = rowsOn(plaid, item, batch.accounts, batch.through)
  if (batch.kind === 'days') nextDays(log, rowsOn(plaid, item, batch.accounts, batch.from), rows)
  else if (batch.kind === 'accounts') nextAccounts(log, batch, rows)
  else firstLoad(log, batch, rows)
}

function firstLoad(log: EventLog, batch: { kind: string; through: number }, rows: BankRow[]): void {
  const initial = batch.kind === 'initial'
  for (const row of rows)
    if (toDay(row.date) >= batch.through - FIRST_LOAD === initial) addEntry(log, 'add', row)
  log.status = initial ? 'INITIAL_UPDATE_COMPLETE' : 'HISTORICAL_UPDATE_COMPLETE'
}

/**
 * Removes rows of removed accounts; adds those of new accounts, as far back as the loads have come.
 */
function nextAccounts(
  log: EventLog,
  { accounts, through }: { accounts: ItemAccount[]; through: number },
  rows: BankRow[]
): void {
  const ids = new Set(accounts.map((account) => account.id))
  const known = new Set([...log.rows.values()].map((row) => row.account))
  for (const row of [...log.rows.values()]) if (!ids.has(row.account)) removeEntry(log, row)
  if (log.status === 'NOT_READY') return
  const oldest = log.status === 'INITIAL_UPDATE_COMPLETE' ? through - FIRST_LOAD : 0
  for (const row of rows)
    if (!known.has(row.account) && toDay(row.date) >= oldest) addEntry(log, 'add', row)
}

function nextDays(log: EventLog, before: BankRow[], after: BankRow[]): void {
  const was = new Set(before.map((row) => row.id))
  const is = new Set(after.map((row) => row.id))
  for (const row of after) {
    if (was.has(row.id)) continue
    // Already booked through a control: the generated days now include it.
    if (log.rows.has(row.id)) adjustBalance(log, row, -1)
    else addEntry(log, 'add', row)
  }
  for (const row of before) if (!is.has(row.id) && log.rows.has(row.id)) removeEntry(log, row)
}

function applyChange(log: EventLog, change: Change): void {
  if (change.kind === 'add') {
    adjustBalance(log, change.row, 1)
    addEntry(log, 'add', change.row)
    return
  }
  const old = log.rows.get(change.id)
  if (!old) return
  adjustBalance(log, old, -1)
  if (change.kind === 'remove') {
    removeEntry(log, old)
    return
  }
  const next = { ...old, ...change.patch, id: old.id }
  adjustBalance(log, next, 1)
  addEntry(log, 'modify', next)
}

function addEntry(log: EventLog, op: 'add' | 'modify', row: BankRow): void {
  log.rows.set(row.id, row)
  log.entries.push({ op, row })
}

function removeEntry(log: EventLog, row: BankRow): void {
  log.rows.delete(row.id)
  log.entries.push({ op: 'remove', id: row.id, account: row.account })
}

function adjustBalance(log: EventLog, row: BankRow, times: 1 | -1): void {
  if (row.pending) return
  log.balanceAdjustments.set(
    row.account,
    round((log.balanceAdjustments.get(row.account) ?? 0) + times * row.amount)
  )
}
