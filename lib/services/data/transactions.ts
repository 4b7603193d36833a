import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../domain/account'
import type { Person } from '../../domain/actor'
import { type Kind, kindOf } from '../../domain/categories'
import type { Sort, TransactionFilter } from '../../domain/transaction-filter'
import { RequestError } from '../../platform/errors'
import { isUuid } from './fragments'
import { rows } from './storage'
import { fromTransactions, matching } from './transaction-rows'

const MOST = 200
/** Files are not read by people row by row, so their pages may be longer. */
const MOST_EXPORTED = 2_000

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
}

export type TransactionQuery = TransactionFilter & { cursor?: string | undefined; limit: number; sort?: Sort | undefined }
export type TransactionView = Transaction & { accountName: string; accountMask: string | null; institutionName: string; kind: Kind }
export type TransactionPage = { items: TransactionView[]; next: string | null }

/**
 * The person's transactions, newest day first unless told otherwise, at most 200 at a time. `next` continues after the last one, also where rows came or went meanwhile.
 * @throws RequestError invalid for a cursor that is not from here.
 */
export const listTransactions = (person: Person, query: TransactionQuery): Promise<TransactionPage> => readPage(person, query, MOST)

/** All of a filter's transactions in order, read page by page so that no more than one is in memory. */
export async function* streamTransactions(person: Person, query: Omit<TransactionQuery, 'cursor' | 'limit'>): AsyncGenerator<TransactionView[]> {
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await readPage(person, { ...query, limit: MOST_EXPORTED, cursor }, MOST_EXPORTED)
    yield items
    if (!next) return
    cursor = next
  }
}

async function readPage(person: Person, { cursor, limit, sort = 'newest', ...filter }: TransactionQuery, most: number): Promise<TransactionPage> {
  const size = Math.min(Math.max(1, Math.trunc(limit)), most)
  const { key, cast, down } = ORDERS[sort]
  // As the indexes are: without saying where nulls would stand, Postgres sorts the whole history for every page.
  const direction = down ? sql`desc nulls last` : sql`asc nulls first`
  const after = cursor === undefined ? sql`` : sql`and (${key}, t.id) ${down ? sql`<` : sql`>`} ${readCursor(cursor, cast)}`
  const found = await rows<TransactionRow>(sql`
    select t.id, t.connection_id, t.account_id, l.name as account_name, l.type as account_type, l.mask as account_mask,
      coalesce(i.name, c.institution_name) as institution_name, t.amount_minor, t.currency, t.booked_on, t.authorized_on, t.name, t.merchant_name,
      t.category_primary, t.category_detailed, t.payment_channel, t.pending
    from ${fromTransactions} where ${matching(person, filter)} ${after}
    order by ${key} ${direction}, t.id ${direction} limit ${size + 1}::int`)
  const items = found.slice(0, size).map(toTransaction)
  const last = items.at(-1)
  return { items, next: last && found.length > size ? toCursor(last, cast) : null }
}

type Cast = 'date' | 'bigint'
const byDay = { key: sql`t.booked_on`, cast: 'date' } as const satisfies { key: SQL; cast: Cast }
const bySize = { key: sql`abs(t.amount_minor)`, cast: 'bigint' } as const satisfies { key: SQL; cast: Cast }
const ORDERS: Record<Sort, { key: SQL; cast: Cast; down: boolean }> = {
  newest: { ...byDay, down: true },
  oldest: { ...byDay, down: false },
  largest: { ...bySize, down: true },
  smallest: { ...bySize, down: false }
}

function toCursor({ id, date, amount: { minor } }: Transaction, cast: Cast): string {
  const key = cast === 'date' ? date : (minor < 0n ? -minor : minor).toString()
  return Buffer.from(`${key}|${id}`).toString('base64url')
}

function readCursor(cursor: string, cast: Cast): SQL {
  const [key = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const lawful = cast === 'date' ? /^\d{4}-\d{2}-\d{2}$/.test(key) && !Number.isNaN(Date.parse(key)) : /^\d{1,18}$/.test(key)
  if (!lawful || !isUuid(id)) {
    throw new RequestError('invalid', 'This list has no such place. Start again from its beginning.', { fields: { cursor: 'Leave it out to start again.' } })
  }
  return cast === 'date' ? sql`(${key}::date, ${id}::uuid)` : sql`(${key}::bigint, ${id}::uuid)`
}

function toTransaction(found: TransactionRow): TransactionView {
  const amount = { minor: found.amount_minor, currency: found.currency }
  const category = { categoryPrimary: found.category_primary, categoryDetailed: found.category_detailed }
  return {
    id: found.id,
    connectionId: found.connection_id,
    accountId: found.account_id,
    accountName: found.account_name,
    accountMask: found.account_mask,
    institutionName: found.institution_name,
    amount,
    date: found.booked_on,
    authorizedOn: found.authorized_on,
    name: found.name,
    merchantName: found.merchant_name,
    ...category,
    kind: kindOf({ ...category, accountType: found.account_type, amount }),
    paymentChannel: found.payment_channel,
    pending: found.pending
  }
}
