/** Parses Plaid's rows one by one: an unreadable row is quarantined, the others continue. */
import 'server-only'
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type {
  QuarantinedRow,
  SyncedAccount,
  SyncedTransaction,
  SyncPage
} from '@/lib/domain/connections/sync-page'
import { isStorable } from '@/lib/domain/money/money'
import { log } from '@/lib/platform/log'
import { toSyncedAccount, toSyncedTransaction } from '@/lib/services/plaid/map'
import {
  PlaidAccountSchema,
  PlaidTransactionSchema,
  RemovedTransactionSchema
} from '@/lib/services/plaid/wire'

/** Increase it when wire.ts or map.ts can read more: quarantined rows are then read again. */
export const MAPPING_VERSION = 1

/** Well above the largest valid row. */
const MAX_QUARANTINED_BYTES = 20_000

type ParsedTransactions = { rows: SyncedTransaction[]; quarantined: QuarantinedRow[] }

/**
 * The rows of an addition to a sync. Unreadable ones are left out and logged: the institution
 * repeats them with every read.
 */
export function parseRows<S extends z.ZodType>(
  method: string,
  schema: S,
  list: readonly unknown[]
): z.output<S>[] {
  const rows = list.flatMap((row) => {
    const parsed = schema.safeParse(row)
    return parsed.success ? [parsed.data] : []
  })
  const count = list.length - rows.length
  if (count > 0) log.warn('plaid.rows_unreadable', { service: 'plaid', method, count })
  return rows
}

/** Parses one response page. */
export function parseSyncPage(answer: {
  added: unknown[]
  modified: unknown[]
  removed: unknown[]
}): SyncPage {
  const [added, modified] = [parseTransactions(answer.added), parseTransactions(answer.modified)]
  return {
    added: added.rows,
    modified: modified.rows,
    removed: answer.removed.flatMap(
      (row) => RemovedTransactionSchema.safeParse(row).data?.transaction_id ?? []
    ),
    quarantined: [...added.quarantined, ...modified.quarantined],
    quarantine: ({ plaidTransactionId }, code) => {
      const body = [...answer.added, ...answer.modified].findLast(
        (row) => PlaidTransactionSchema.safeParse(row).data?.transaction_id === plaidTransactionId
      )
      return quarantinedTransaction(body, code, plaidTransactionId)
    }
  }
}

function parseTransactions(list: unknown[]): ParsedTransactions {
  const read: ParsedTransactions = { rows: [], quarantined: [] }
  for (const body of list) {
    const parsed = PlaidTransactionSchema.safeParse(body)
    const row = parsed.success ? toSyncedTransaction(parsed.data) : null
    if (row && isStorable(row.amount)) read.rows.push(row)
    else
      read.quarantined.push(
        quarantinedTransaction(body, parsed.success ? 'amount' : fieldOf(parsed.error))
      )
  }
  return read
}

/**
 * All readable accounts, deduplicated. Every sync repeats the rows, so unreadable ones are not
 * stored.
 */
export function parseAccounts(list: unknown[]): {
  accounts: SyncedAccount[]
  quarantined: QuarantinedRow[]
} {
  const accounts = new Map<string, SyncedAccount>()
  const quarantined: QuarantinedRow[] = []
  for (const body of list) {
    const parsed = PlaidAccountSchema.safeParse(body)
    if (parsed.success) accounts.set(parsed.data.account_id, toSyncedAccount(parsed.data))
    else
      quarantined.push({
        kind: 'account',
        vendorId: hashOf(body),
        code: fieldOf(parsed.error),
        body: null,
        mappingVersion: MAPPING_VERSION
      })
  }
  return { accounts: [...accounts.values()], quarantined }
}

/** Parses quarantined rows again. */
export const reparseQuarantined = (bodies: readonly string[]): SyncPage =>
  parseSyncPage({ added: bodies.map((body) => JSON.parse(body)), modified: [], removed: [] })

function quarantinedTransaction(
  row: unknown,
  code: string,
  id = RemovedTransactionSchema.safeParse(row).data?.transaction_id
): QuarantinedRow {
  const body = JSON.stringify(row) ?? 'null'
  return {
    kind: 'transaction',
    vendorId: id ?? hashOf(row),
    code,
    body: body.length > MAX_QUARANTINED_BYTES ? null : body,
    mappingVersion: MAPPING_VERSION
  }
}

const hashOf = (row: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(row) ?? 'null')
    .digest('hex')

/** Only field names of our own schema, never values. */
const fieldOf = (error: z.ZodError): string => String(error.issues[0]?.path[0] ?? 'row')
