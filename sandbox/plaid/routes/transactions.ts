/** /transactions/sync, /get and /refresh. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { requireHealthyItem, toWireAccounts, toWireItem } from '@/sandbox/plaid/items'
import { isIsoDate } from '@/sandbox/plaid/logins/calendar'
import { requireProduct } from '@/sandbox/plaid/products'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'
import { refreshDynamic } from '@/sandbox/plaid/transactions/changes'
import { readCursor, readPage, writeCursor } from '@/sandbox/plaid/transactions/cursor'
import { openEventLog } from '@/sandbox/plaid/transactions/event-log'
import {
  applyChanges,
  ingest,
  recordSuccessfulUpdate,
  startIngestion
} from '@/sandbox/plaid/transactions/ingestion'
import { toWireTransaction } from '@/sandbox/plaid/transactions/rows'

const version = z.enum(['v1', 'v2']).default('v2')
const legacy = {
  include_personal_finance_category: z.boolean().optional(),
  include_logo_and_counterparty_beta: z.boolean().optional()
}
const SyncSchema = fields({
  access_token: z.string(),
  cursor: z.string().max(256).optional(),
  count: z.number().int().min(1).max(500).default(100),
  options: z
    .strictObject({
      ...legacy,
      include_original_description: z.boolean().nullish(),
      personal_finance_category_version: version,
      days_requested: z.number().int().min(1).max(730).optional(),
      account_id: z.string().optional()
    })
    .optional()
})
const isoDate = z.string().refine(isIsoDate, 'date must be a valid ISO-8601 string (YYYY-MM-DD)')
const GetSchema = fields({
  access_token: z.string(),
  start_date: isoDate,
  end_date: isoDate,
  options: z
    .strictObject({
      ...legacy,
      account_ids: z.array(z.string()).optional(),
      count: z.number().int().min(1).max(500).default(100),
      offset: z.number().int().min(0).default(0),
      include_original_description: z.boolean().nullish(),
      personal_finance_category_version: version,
      days_requested: z.number().int().min(1).max(730).optional()
    })
    .prefault({})
})

export function addTransactionRoutes(plaid: Plaid): void {
  route(plaid, '/transactions/sync', SyncSchema, (body) => sync(plaid, body))
  route(plaid, '/transactions/get', GetSchema, (body) => getByDate(plaid, body))
  route(
    plaid,
    '/transactions/refresh',
    fields({ access_token: z.string() }),
    ({ access_token }) => {
      const item = ensureTransactionsProduct(
        plaid,
        requireHealthyItem(plaid, access_token),
        undefined
      )
      if (openEventLog(plaid, item).status === 'NOT_READY')
        throw new PlaidApiError('PRODUCT_NOT_READY')
      recordSuccessfulUpdate(plaid, item)
      if (item.username === 'user_transactions_dynamic')
        applyChanges(plaid, item, refreshDynamic(plaid, item))
      return {}
    }
  )
}

/** The first call for transactions on an Item linked without them adds the product. */
export function ensureTransactionsProduct(
  plaid: Plaid,
  item: ItemRecord,
  days: number | undefined
): ItemRecord {
  requireProduct(item, 'transactions', toWireAccounts(plaid, item))
  if (!item.startedAt || !item.products.includes('transactions')) {
    const products = [...new Set([...item.products, 'transactions'])]
    startIngestion(
      plaid,
      plaid.items.put({
        ...item,
        products,
        daysRequested: item.products.includes('transactions') ? item.daysRequested : (days ?? 90)
      })
    )
  }
  ingest(plaid, item.id)
  return plaid.items.get(item.id) ?? item
}

function getByDate(
  plaid: Plaid,
  { access_token, start_date, end_date, options }: z.infer<typeof GetSchema>
) {
  const item = ensureTransactionsProduct(
    plaid,
    requireHealthyItem(plaid, access_token),
    options.days_requested
  )
  const log = openEventLog(plaid, item)
  if (log.status === 'NOT_READY') throw new PlaidApiError('PRODUCT_NOT_READY')
  const accounts = toWireAccounts(plaid, item, options.account_ids)
  const ids = new Set(accounts.map((account) => account.account_id))
  const rows = [...log.rows.values()]
    .filter((row) => ids.has(row.account) && row.date >= start_date && row.date <= end_date)
    .sort((a, b) => b.date.localeCompare(a.date))
  const wire = {
    original: options.include_original_description ?? false,
    version: options.personal_finance_category_version
  }
  const page = rows.slice(options.offset, options.offset + options.count)
  return {
    accounts,
    transactions: page.map((row) => toWireTransaction(row, wire)),
    total_transactions: rows.length,
    item: toWireItem(item)
  }
}

function sync(plaid: Plaid, { access_token, cursor, count, options }: z.infer<typeof SyncSchema>) {
  const item = ensureTransactionsProduct(
    plaid,
    requireHealthyItem(plaid, access_token),
    options?.days_requested
  )
  plaid.items.put({ ...item, synced: true })
  const log = openEventLog(plaid, item)
  const empty = {
    accounts: [],
    added: [],
    modified: [],
    removed: [],
    has_more: false,
    transactions_update_status: log.status
  }
  if (log.status === 'NOT_READY') return { ...empty, next_cursor: '' }
  if (cursor === 'now')
    return {
      ...empty,
      next_cursor: writeCursor(item.id, { from: log.entries.length, to: null, offset: 0 })
    }
  const place = readCursor(item.id, cursor)
  if (place.to !== null && plaid.switches.mutateItems.delete(item.id))
    throw new PlaidApiError('TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION')
  const page = readPage(
    log,
    place,
    Math.min(count, plaid.switches.pageSize ?? count),
    options?.account_id
  )
  const withRows = new Set([...log.rows.values()].map((row) => row.account))
  return {
    accounts: toWireAccounts(plaid, item).filter((account) => withRows.has(account.account_id)),
    ...toWireUpdates(page.updates, options),
    next_cursor: writeCursor(item.id, page.next),
    has_more: page.hasMore,
    transactions_update_status: log.status
  }
}

function toWireUpdates(
  updates: ReturnType<typeof readPage>['updates'],
  options: z.infer<typeof SyncSchema>['options']
) {
  const wire = {
    original: options?.include_original_description ?? false,
    version: options?.personal_finance_category_version ?? 'v2'
  }
  const rows = (op: 'added' | 'modified') =>
    updates.flatMap((update) => (update.op === op ? [toWireTransaction(update.row, wire)] : []))
  return {
    added: rows('added'),
    modified: rows('modified'),
    removed: updates.flatMap((update) =>
      update.op === 'removed' ? [{ transaction_id: update.id, account_id: update.account }] : []
    )
  }
}
