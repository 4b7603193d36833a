import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/lib/domain/connections/linked-account'
import type { Money } from '@/lib/domain/money/money'
import { kindOf, type TransactionKind } from '@/lib/domain/transactions/categories'
import { type ListValues, listValuesOf } from '@/lib/domain/transactions/edits'
import type {
  TransactionFilter,
  TransactionSort
} from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import { execute, query } from '@/lib/services/data/sql/query'
import { isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, type RowOf, rowType } from '@/lib/services/data/sql/row-type'
import { LIST_ROW, listValues } from '@/lib/services/data/transactions/editable-columns'
import {
  afterCursor,
  parseCursor,
  SORT_ORDERS,
  type SortSource,
  toCursor
} from '@/lib/services/data/transactions/pagination'
import { findCandidates } from '@/lib/services/data/transactions/search'
import {
  amount,
  category,
  detailed,
  isExcluded,
  isOwnTransfer,
  matchesFilter,
  merchantName,
  splitChanged,
  transactionsWithSplits,
  visibleTo
} from '@/lib/services/data/transactions/transaction-sql'
import { linkedAccounts, transactionParts, transactions } from '@/xata/schema'

const MAX_PAGE_SIZE = 200

const TRANSACTION = {
  id: transactions.id,
  connectionId: transactions.connectionId,
  accountId: transactions.accountId,
  accountName: column.text,
  accountType: linkedAccounts.type,
  accountMask: linkedAccounts.mask,
  institutionName: column.text,
  minor: column.minor,
  currency: transactions.currency,
  date: transactions.bookedOn,
  authorizedOn: transactions.authorizedOn,
  name: transactions.name,
  merchantName: nullable(column.text),
  categoryPrimary: nullable(column.text),
  categoryDetailed: nullable(column.text),
  paymentChannel: transactions.paymentChannel,
  pending: transactions.pending,
  excluded: column.bool,
  paired: column.bool,
  ...LIST_ROW,
  addedAt: transactions.createdAt,
  wholeMinor: transactions.amountMinor,
  splitChanged: column.bool,
  n: nullable(transactionParts.n),
  parts: nullable(column.int4)
}
type TransactionRow = RowOf<typeof TRANSACTION>
export const TRANSACTION_ROW = rowType(TRANSACTION)

export type TransactionQuery = TransactionFilter & {
  cursor?: string | undefined
  limit: number
  sort?: TransactionSort | undefined
}
/** One row of a list: a transaction, or one split of it with its own amount and category. */
export type TransactionView = Transaction &
  ListValues & {
    accountName: string
    accountMask: string | null
    institutionName: string
    kind: TransactionKind
    excluded: boolean
    /** When Pangea first stored it. */
    addedAt: string
    /** Position among the splits, and the description of the `whole`. */
    split: { n: number; of: number; whole: Money } | null
    /** The institution changed the amount after the split; the user is asked to check. */
    splitChanged: boolean
  }
export type TransactionPage = { items: TransactionView[]; next: string | null }

/**
 * The user’s transactions, newest first by default, at most 200 at a time. `next` continues after
 * the last row, also if rows were added or removed meanwhile. @throws RequestError invalid for a
 * foreign cursor.
 */
export const listTransactions = (
  actor: UserActor,
  query: TransactionQuery
): Promise<TransactionPage> => readTransactions(actor, query, MAX_PAGE_SIZE)

/** Whether a filter matches more than `count` rows. */
export async function hasMoreTransactions(
  actor: UserActor,
  filter: TransactionFilter,
  count: number
): Promise<boolean> {
  const candidates = await findCandidates(actor, filter)
  const found = await execute(
    actor,
    sql`select 1 from ${transactionsWithSplits} where ${matchesFilter(actor, filter, candidates)} offset ${count}::int limit 1`
  )
  return found > 0
}

/** A page of at most `most` rows. */
export async function readTransactions(
  actor: UserActor,
  { cursor, limit, sort = 'newest', ...filter }: TransactionQuery,
  most: number
): Promise<TransactionPage> {
  const size = Math.min(Math.max(1, Math.trunc(limit)), most)
  const { cast, down, shares } = SORT_ORDERS[sort]
  // Null order as in the indexes; otherwise Postgres sorts the whole history for every page.
  const direction = down ? sql`desc nulls last` : sql`asc nulls first`
  const place = cursor === undefined ? null : parseCursor(cursor, cast)
  const order = (key: SQL, id: SQL, part: SQL) =>
    sql`order by ${key} ${direction}, ${id} ${direction}, ${part} ${direction} limit ${size + 1}::int`
  const candidates = await findCandidates(actor, filter)
  const share = ({ key, only }: SortSource) => {
    const part = down ? sql`-coalesce(p.n, 1)` : sql`coalesce(p.n, 1)`
    return sql`(select ${TRANSACTION_COLUMNS}, ${key} as key, ${part} as part from ${transactionsWithSplits}
      where ${matchesFilter(actor, filter, candidates)} and ${only(actor.userId)} ${place ? afterCursor(place, { key, part, down }) : sql``} ${order(key, sql`t.id`, part)})`
  }
  const found = await query(
    actor,
    rowType({
      ...TRANSACTION,
      key: cast === 'date' ? column.date : column.minor,
      part: column.int4
    }),
    sql`select * from (${sql.join(shares.map(share), sql` union all `)}) found ${order(sql`key`, sql`id`, sql`part`)}`
  )
  const items = found.slice(0, size).map(toTransaction)
  const last = items.at(-1)
  return { items, next: last && found.length > size ? toCursor(last, cast) : null }
}

/** The columns of `TRANSACTION`, for `transactionsWithSplits`. */
export const TRANSACTION_COLUMNS = sql`t.id, t.connection_id as "connectionId", t.account_id as "accountId", coalesce(l.display_name, l.name) as "accountName", l.type as "accountType",
  l.mask as "accountMask", coalesce(i.name, c.institution_name) as "institutionName", ${amount} as minor, t.currency, t.booked_on as date,
  t.authorized_on as "authorizedOn", t.name, ${merchantName} as "merchantName", ${category} as "categoryPrimary", ${detailed} as "categoryDetailed",
  t.payment_channel as "paymentChannel", t.pending, ${isExcluded} as excluded, ${isOwnTransfer} as paired, ${listValues},
  t.created_at as "addedAt", t.amount_minor as "wholeMinor", ${splitChanged} as "splitChanged", p.n,
  case when p.n is not null then (select count(*)::int from ${transactionParts} o where o.transaction_id = t.id) end as parts`

/** The rows of a condition on `transactionsWithSplits`, in an order of its columns. */
export const selectTransactions = async (
  actor: UserActor,
  condition: SQL,
  order: SQL
): Promise<TransactionView[]> => {
  const found = await query(
    actor,
    TRANSACTION_ROW,
    sql`select ${TRANSACTION_COLUMNS} from ${transactionsWithSplits} where ${condition} order by ${order}`
  )
  return found.map(toTransaction)
}

/** A transaction as listed: one row, or one per split. @throws RequestError not_found. */
export async function getTransaction(actor: UserActor, id: string): Promise<TransactionView[]> {
  const found = isUuid(id)
    ? await selectTransactions(
        actor,
        sql`${visibleTo(actor)} and t.id = ${id}::uuid`,
        sql`coalesce(p.n, 1)`
      )
    : []
  if (found.length === 0) throw notFound('transaction')
  return found
}

/** One by one: a copy of all other fields takes several times as long, a hundred thousand times. */
export function toTransaction(row: TransactionRow): TransactionView {
  const { currency, name, categoryPrimary, categoryDetailed, excluded, n, parts } = row
  const amount = { minor: row.minor, currency }
  const whole = { minor: row.wholeMinor, currency }
  const facts = { categoryPrimary, categoryDetailed, name, excluded, amount, whole }
  return {
    id: row.id,
    connectionId: row.connectionId,
    accountId: row.accountId,
    accountName: row.accountName,
    accountMask: row.accountMask,
    institutionName: row.institutionName,
    amount,
    date: row.date,
    authorizedOn: row.authorizedOn,
    name,
    merchantName: row.merchantName,
    categoryPrimary,
    categoryDetailed,
    paymentChannel: row.paymentChannel,
    pending: row.pending,
    excluded,
    ...listValuesOf(row),
    addedAt: row.addedAt,
    splitChanged: row.splitChanged,
    kind: kindOf({ ...facts, accountType: row.accountType, paired: row.paired }),
    split: n !== null && parts !== null ? { n, of: parts, whole } : null
  }
}
