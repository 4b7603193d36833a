/** Cursors of /transactions/sync: a position in an Item's log, or within one update of it. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import type { EventLog, LogEntry } from '@/sandbox/plaid/transactions/event-log'
import type { BankRow } from '@/sandbox/plaid/transactions/rows'

/** `to` and `offset` only while an update is being paged. */
export type Cursor = { from: number; to: number | null; offset: number }

const CursorSchema = z.tuple([
  z.string(),
  z.number().int().nonnegative(),
  z.number().int().nonnegative().nullable(),
  z.number().int().nonnegative()
])

const ownerOf = (itemId: string) => createHash('sha256').update(itemId).digest('base64').slice(0, 8)

export function writeCursor(itemId: string, cursor: Cursor): string {
  return Buffer.from(
    JSON.stringify([ownerOf(itemId), cursor.from, cursor.to, cursor.offset])
  ).toString('base64')
}

/** @throws PlaidApiError INVALID_FIELD for an invalid cursor or one of another Item. */
export function readCursor(itemId: string, text: string | undefined): Cursor {
  if (!text) return { from: 0, to: null, offset: 0 }
  const parsed = CursorSchema.safeParse(parse(text))
  if (!parsed.success) throw new PlaidApiError('INVALID_FIELD', 'cursor must be a valid cursor')
  const [owner, from, to, offset] = parsed.data
  if (owner !== ownerOf(itemId))
    throw new PlaidApiError('INVALID_FIELD', 'cursor not associated with access_token')
  return { from, to, offset }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
}

type Update =
  | { op: 'added' | 'modified'; row: BankRow }
  | { op: 'removed'; id: string; account: string }

/** Changes between two positions of the log, each transaction once, oldest change first. */
function netUpdates(log: LogEntry[], from: number, to: number): Update[] {
  const present = new Set<string>()
  for (const entry of log.slice(0, from)) {
    if (entry.op === 'remove') present.delete(entry.id)
    else present.add(entry.row.id)
  }
  const net = new Map<string, Update>()
  for (const entry of log.slice(from, to)) {
    const id = entry.op === 'remove' ? entry.id : entry.row.id
    net.delete(id)
    if (entry.op !== 'remove')
      net.set(id, { op: present.has(id) ? 'modified' : 'added', row: entry.row })
    else if (present.has(id)) net.set(id, { op: 'removed', id, account: entry.account })
  }
  return [...net.values()]
}

const accountOf = (update: Update) =>
  update.op === 'removed' ? update.account : update.row.account

export type Page = { updates: Update[]; next: Cursor; hasMore: boolean }

/**
 * One page. Continuing an update after a later change or removal is refused, as by Plaid; rows that
 * were only added wait for the next update.
 */
export function readPage(log: EventLog, cursor: Cursor, count: number, accountId?: string): Page {
  const to = cursor.to ?? log.entries.length
  if (cursor.from > log.entries.length || to > log.entries.length)
    throw new PlaidApiError('INVALID_FIELD', 'cursor must be a valid cursor')
  if (cursor.to !== null && log.entries.slice(to).some((entry) => entry.op !== 'add'))
    throw new PlaidApiError('TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION')
  const all = netUpdates(log.entries, cursor.from, to).filter(
    (update) => !accountId || accountOf(update) === accountId
  )
  const updates = all.slice(cursor.offset, cursor.offset + count)
  const reached = cursor.offset + updates.length
  if (reached < all.length)
    return { updates, next: { from: cursor.from, to, offset: reached }, hasMore: true }
  return { updates, next: { from: to, to: null, offset: 0 }, hasMore: to < log.entries.length }
}
