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
import { query } from '@/lib/services/data/sql/query'
import { isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { listValues } from '@/lib/services/data/transactions/editable-columns'
import {
  afterCursor,
  parseCursor,
  SORT_ORDERS,
  type SortSource,
  toCursor
} from '@/lib/services/data/transactions/pagination'
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
import { transactionParts } from '@/xata/schema'

const MAX_PAGE_SIZE = 200
/** Files are not read by people row by row, so their pages may be longer. */
const EXPORT_PAGE_SIZE = 10_000

type TransactionRow = {
  id: string
  connection_id: string
  account_id: string
  account_name: string
  account_type: string
  account_mask: string | null
  institution_name: string
  amount_minor: bigint
  currency: string
  booked_on: string
  authorized_on: string | null
  name: string
  merchant_name: string | null
  category_primary: string | null
  category_detailed: string | null
  payment_channel: string | null
  pending: boolean
  excluded: boolean
  paired: boolean
  created_at: string
  n: number | null
  parts: number | null
  split_changed: boolean
  whole_minor: bigint
} & ListValues

export type TransactionQuery = TransactionFilter & {
  cursor?: string | undefined
  limit: number
  sort?: TransactionSort | undefined
}
/** One row of a list: a transaction, or one part of it with the part's amount and category. */
export type TransactionView = Transaction &
  ListValues & {
    accountName: string
    accountMask: string | null
    institutionName: string
    kind: TransactionKind
    excluded: boolean
    /** When Pangea first stored it. */
    addedAt: string
    /** The n-th of several parts of `whole`, and what it was called. */
    split: { n: number; of: number; whole: Money } | null
    /** The bank changed the amount after it was split: the user is asked to check. */
    splitChanged: boolean
  }
export type TransactionPage = { items: TransactionView[]; next: string | null }

/**
 * The person's transactions, newest day first unless told otherwise, at most 200 at a time. `next` continues after the last one, also where rows came or went meanwhile.
 * @throws RequestError invalid for a cursor that is not from here.
 */
export const listTransactions = (
  actor: UserActor,
  query: TransactionQuery
): Promise<TransactionPage> => readPage(actor, query, MAX_PAGE_SIZE)

/** All of a filter's transactions in order, read page by page so that no more than one is in memory. */
export async function* streamTransactions(
  actor: UserActor,
  query: Omit<TransactionQuery, 'cursor' | 'limit'>
): AsyncGenerator<TransactionView[]> {
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await readPage(
      actor,
      { ...query, limit: EXPORT_PAGE_SIZE, cursor },
      EXPORT_PAGE_SIZE
    )
    yield items
    if (!next) return
    cursor = next
  }
}

async function readPage(
  actor: UserActor,
  { cursor, limit, sort = 'newest', ...filter }: TransactionQuery,
  most: number
): Promise<TransactionPage> {
  const size = Math.min(Math.max(1, Math.trunc(limit)), most)
  const { cast, down, shares } = SORT_ORDERS[sort]
  // As the indexes are: without saying where nulls would stand, Postgres sorts the whole history for every page.
  const direction = down ? sql`desc nulls last` : sql`asc nulls first`
  const place = cursor === undefined ? null : parseCursor(cursor, cast)
  const order = (key: SQL, id: SQL, part: SQL) =>
    sql`order by ${key} ${direction}, ${id} ${direction}, ${part} ${direction} limit ${size + 1}::int`
  const share = ({ key, only }: SortSource) => {
    const part = down ? sql`-coalesce(p.n, 1)` : sql`coalesce(p.n, 1)`
    return sql`(select ${COLUMNS}, ${key} as key, ${part} as part from ${transactionsWithSplits}
      where ${matchesFilter(actor, filter)} and ${only} ${place ? afterCursor(place, { key, part, down }) : sql``} ${order(key, sql`t.id`, part)})`
  }
  const found = await query<TransactionRow>(
    sql`select * from (${sql.join(shares.map(share), sql` union all `)}) found ${order(sql`key`, sql`id`, sql`part`)}`
  )
  const items = found.slice(0, size).map(toTransaction)
  const last = items.at(-1)
  return { items, next: last && found.length > size ? toCursor(last, cast) : null }
}

const COLUMNS = sql`t.id, t.connection_id, t.account_id, coalesce(l.display_name, l.name) as account_name, l.type as account_type, l.mask as account_mask,
  coalesce(i.name, c.institution_name) as institution_name, ${amount} as amount_minor, t.currency, t.booked_on, t.authorized_on, t.name, ${merchantName} as merchant_name,
  ${category} as category_primary, ${detailed} as category_detailed, t.payment_channel, t.pending, ${isExcluded} as excluded, ${isOwnTransfer} as paired, ${listValues},
  t.created_at, t.amount_minor as whole_minor, ${splitChanged} as split_changed, p.n,
  case when p.n is not null then (select count(*)::int from ${transactionParts} o where o.transaction_id = t.id) end as parts`

/** One person's transaction as the list has it: one row, or one for each part. @throws RequestError not_found. */
export async function getTransaction(actor: UserActor, id: string): Promise<TransactionView[]> {
  const found = isUuid(id)
    ? await query<TransactionRow>(
        sql`select ${COLUMNS} from ${transactionsWithSplits} where ${visibleTo(actor)} and t.id = ${id}::uuid order by coalesce(p.n, 1)`
      )
    : []
  if (found.length === 0) throw notFound('transaction')
  return found.map(toTransaction)
}

function toTransaction(found: TransactionRow): TransactionView {
  const money = { minor: found.amount_minor, currency: found.currency }
  const categories = {
    categoryPrimary: found.category_primary,
    categoryDetailed: found.category_detailed
  }
  return {
    id: found.id,
    connectionId: found.connection_id,
    accountId: found.account_id,
    accountName: found.account_name,
    accountMask: found.account_mask,
    institutionName: found.institution_name,
    amount: money,
    date: found.booked_on,
    authorizedOn: found.authorized_on,
    name: found.name,
    merchantName: found.merchant_name,
    ...categories,
    kind: kindOf({
      ...categories,
      accountType: found.account_type,
      amount: money,
      whole: { minor: found.whole_minor },
      name: found.name,
      excluded: found.excluded,
      paired: found.paired
    }),
    paymentChannel: found.payment_channel,
    pending: found.pending,
    excluded: found.excluded,
    ...listValuesOf(found),
    addedAt: found.created_at,
    split:
      found.n !== null && found.parts !== null
        ? {
            n: found.n,
            of: found.parts,
            whole: { minor: found.whole_minor, currency: found.currency }
          }
        : null,
    splitChanged: found.split_changed
  }
}
