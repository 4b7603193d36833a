import 'server-only'
import type { Transaction } from '../../domain/account'
import type { Person } from '../../domain/actor'
import { isId, rows, sql } from './query'

export type TransactionView = Transaction & { accountName: string }
export type TransactionPage = { items: TransactionView[]; next: string | null }

type TransactionRow = {
  id: string
  connection_id: string
  account_id: string
  account_name: string
  amount_minor: string
  currency: string
  booked_on: string
  authorized_on: string | null
  name: string
  merchant_name: string | null
  category_primary: string | null
  category_detailed: string | null
  payment_channel: string | null
  pending: boolean
}

/** Newest first, page by page. The cursor is the last row's date and id, so a row that arrives meanwhile neither repeats nor hides another. */
export async function listTransactions(
  person: Person,
  query: { cursor?: string | undefined; limit: number; account?: string | undefined }
): Promise<TransactionPage> {
  const after = readCursor(query.cursor)
  const found = await rows<TransactionRow>(sql`select t.id, t.connection_id, t.account_id, a.name as account_name, t.amount_minor, t.currency, t.booked_on,
    t.authorized_on, t.name, t.merchant_name, t.category_primary, t.category_detailed, t.payment_channel, t.pending
    from transactions t join linked_accounts a on a.id = t.account_id join bank_connections c on c.id = t.connection_id
    where t.user_id = ${person.userId} and t.removed_at is null and c.removed_at is null
      ${query.account ? sql`and t.account_id = ${query.account}::uuid` : sql``}
      ${after ? sql`and (t.booked_on, t.id) < (${after.date}::date, ${after.id}::uuid)` : sql``}
    order by t.booked_on desc, t.id desc limit ${query.limit + 1}`)
  const items = found.slice(0, query.limit).map(toTransaction)
  const last = items.at(-1)
  return { items, next: found.length > query.limit && last ? `${last.date}_${last.id}` : null }
}

function readCursor(cursor: string | undefined): { date: string; id: string } | null {
  const [date = '', id = ''] = (cursor ?? '').split('_')
  return /^\d{4}-\d\d-\d\d$/.test(date) && isId(id) ? { date, id } : null
}

const toTransaction = (row: TransactionRow): TransactionView => ({
  id: row.id,
  connectionId: row.connection_id,
  accountId: row.account_id,
  accountName: row.account_name,
  amount: { minor: BigInt(row.amount_minor), currency: row.currency },
  date: row.booked_on,
  authorizedOn: row.authorized_on,
  name: row.name,
  merchantName: row.merchant_name,
  categoryPrimary: row.category_primary,
  categoryDetailed: row.category_detailed,
  paymentChannel: row.payment_channel,
  pending: row.pending
})
