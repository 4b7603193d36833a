/** Rows of Plaid's answers, read one by one: one that cannot be read is quarantined, and the others go on. */
import 'server-only'
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type {
  AccountSnapshot,
  QuarantinedRow,
  SyncPage,
  TransactionRow
} from '@/lib/domain/connections/sync-page'
import { isStorable } from '@/lib/domain/money/money'
import { toAccountSnapshot, toTransactionRow } from '@/lib/services/plaid/map'
import { Account, PlaidTransactionSchema, RemovedRow } from '@/lib/services/plaid/wire'

/** Raise it with every change of wire.ts or map.ts that can read more: rows in quarantine are then read again. */
export const MAPPING_VERSION = 1

/** Far above the largest honest row. */
const LARGEST_BODY = 20_000

type Read = { rows: TransactionRow[]; quarantined: QuarantinedRow[] }

/** The page of an answer. */
export function toSyncPage(answer: {
  added: unknown[]
  modified: unknown[]
  removed: unknown[]
}): SyncPage {
  const [added, modified] = [readTransactions(answer.added), readTransactions(answer.modified)]
  return {
    added: added.rows,
    modified: modified.rows,
    removed: answer.removed.flatMap((row) => RemovedRow.safeParse(row).data?.transaction_id ?? []),
    quarantined: [...added.quarantined, ...modified.quarantined],
    quarantine: ({ plaidTransactionId }, code) => {
      const body = [...answer.added, ...answer.modified].findLast(
        (row) => PlaidTransactionSchema.safeParse(row).data?.transaction_id === plaidTransactionId
      )
      return quarantinedTransaction(body, code, plaidTransactionId)
    }
  }
}

function readTransactions(list: unknown[]): Read {
  const read: Read = { rows: [], quarantined: [] }
  for (const body of list) {
    const parsed = PlaidTransactionSchema.safeParse(body)
    const row = parsed.success ? toTransactionRow(parsed.data) : null
    if (row && isStorable(row.amount)) read.rows.push(row)
    else
      read.quarantined.push(
        quarantinedTransaction(body, parsed.success ? 'amount' : fieldOf(parsed.error))
      )
  }
  return read
}

/** All accounts that can be read, each once. Their rows come again with every sync, so no body is kept of the others. */
export function readAccounts(list: unknown[]): {
  accounts: AccountSnapshot[]
  quarantined: QuarantinedRow[]
} {
  const accounts = new Map<string, AccountSnapshot>()
  const quarantined: QuarantinedRow[] = []
  for (const body of list) {
    const parsed = Account.safeParse(body)
    if (parsed.success) accounts.set(parsed.data.account_id, toAccountSnapshot(parsed.data))
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

/** Rows that were quarantined earlier, read once more. */
export const readAgain = (bodies: readonly string[]): SyncPage =>
  toSyncPage({ added: bodies.map((body) => JSON.parse(body)), modified: [], removed: [] })

function quarantinedTransaction(
  row: unknown,
  code: string,
  id = RemovedRow.safeParse(row).data?.transaction_id
): QuarantinedRow {
  const body = JSON.stringify(row) ?? 'null'
  return {
    kind: 'transaction',
    vendorId: id ?? hashOf(row),
    code,
    body: body.length > LARGEST_BODY ? null : body,
    mappingVersion: MAPPING_VERSION
  }
}

const hashOf = (row: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(row) ?? 'null')
    .digest('hex')

/** Names of our own schema only: the row's values go nowhere. */
const fieldOf = (error: z.ZodError): string => String(error.issues[0]?.path[0] ?? 'row')
