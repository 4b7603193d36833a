/** How transactions arrive: the first load, the history, each new day, and requested changes. */

import { today } from '@/sandbox/plaid/items'
import type { Change, ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { appendBatch, type LogEntry, openEventLog } from '@/sandbox/plaid/transactions/event-log'
import { sendForItem, sendSyncUpdates } from '@/sandbox/plaid/webhooks'

const reload = (plaid: Plaid, item: ItemRecord) => plaid.items.get(item.id) ?? item

/** Starts data collection; without delays, everything is ready at once. */
export function startIngestion(plaid: Plaid, item: ItemRecord): void {
  if (item.startedAt || !item.products.includes('transactions')) return
  plaid.items.put({ ...item, startedAt: plaid.sandbox.clock.now().toISOString() })
  ingest(plaid, item.id)
}

/** Adds what is due by the clock, and sends its webhooks. */
export function ingest(plaid: Plaid, itemId: string): void {
  const item = plaid.items.get(itemId)
  if (!item || item.removed || item.error || !item.startedAt) return
  const waited = plaid.sandbox.clock.now().getTime() - Date.parse(item.startedAt)
  const ready = plaid.options.readyAfter ?? { initial: 0, historical: 0 }
  if (openEventLog(plaid, item).status === 'NOT_READY' && waited >= ready.initial)
    firstLoad(plaid, item, 'initial')
  if (openEventLog(plaid, item).status === 'INITIAL_UPDATE_COMPLETE' && waited >= ready.historical)
    firstLoad(plaid, item, 'historical')
  if (openEventLog(plaid, item).status === 'HISTORICAL_UPDATE_COMPLETE')
    nextDays(plaid, reload(plaid, item))
}

/** Runs for every Item from a timer, so that webhooks are sent without a request. */
export function ingestAll(plaid: Plaid): void {
  for (const item of plaid.items.all()) ingest(plaid, item.id)
}

function firstLoad(plaid: Plaid, item: ItemRecord, kind: 'initial' | 'historical'): void {
  const added = appendBatch(plaid, item, {
    kind,
    accounts: item.accounts,
    through: item.linkedOn
  }).length
  recordSuccessfulUpdate(plaid, item)
  sendForItem(
    plaid,
    item,
    'TRANSACTIONS',
    kind === 'initial' ? 'INITIAL_UPDATE' : 'HISTORICAL_UPDATE',
    { new_transactions: added, error: null }
  )
  sendSyncUpdates(plaid, item, openEventLog(plaid, item).status)
  if (kind === 'historical') {
    sendForItem(plaid, item, 'TRANSACTIONS', 'RECURRING_TRANSACTIONS_UPDATE', {
      account_ids: item.accounts.map((account) => account.id)
    })
  }
}

function nextDays(plaid: Plaid, item: ItemRecord): void {
  const day = today(plaid)
  if (day <= item.through || item.username === 'user_transactions_dynamic') return
  plaid.items.put({ ...item, through: day })
  const entries = appendBatch(plaid, item, {
    kind: 'days',
    accounts: item.accounts,
    from: item.through,
    through: day
  })
  sendUpdateWebhooks(plaid, item, entries)
}

/** Stores the time of a successful update. */
export function recordSuccessfulUpdate(plaid: Plaid, item: ItemRecord): void {
  plaid.items.put({ ...reload(plaid, item), updatedAt: plaid.sandbox.clock.now().toISOString() })
}

/** Applies requested changes and sends a webhook. Returns the number of changed rows. */
export function applyChanges(plaid: Plaid, item: ItemRecord, changes: Change[]): number {
  if (changes.length === 0) return 0
  const entries = appendBatch(plaid, item, { kind: 'changes', changes })
  sendUpdateWebhooks(plaid, item, entries)
  return entries.length
}

/** The Item's account list changed in Link. */
export function changeAccounts(plaid: Plaid, item: ItemRecord): void {
  if (!item.startedAt) return
  sendUpdateWebhooks(
    plaid,
    item,
    appendBatch(plaid, item, { kind: 'accounts', accounts: item.accounts, through: item.through })
  )
}

function sendUpdateWebhooks(plaid: Plaid, item: ItemRecord, entries: LogEntry[]): void {
  recordSuccessfulUpdate(plaid, item)
  if (entries.length === 0) return
  sendSyncUpdates(plaid, item, openEventLog(plaid, item).status)
  const added = entries.filter((entry) => entry.op === 'add').length
  const removed = entries.flatMap((entry) => (entry.op === 'remove' ? [entry.id] : []))
  if (added)
    sendForItem(plaid, item, 'TRANSACTIONS', 'DEFAULT_UPDATE', {
      new_transactions: added,
      error: null
    })
  if (removed.length)
    sendForItem(plaid, item, 'TRANSACTIONS', 'TRANSACTIONS_REMOVED', {
      removed_transactions: removed,
      error: null
    })
}
