import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections, linkedAccounts, transactions } from '../../../xata/schema'
import type { Transaction } from '../../domain/account'
import type { Person } from '../../domain/actor'
import { RequestError } from '../../platform/errors'
import { isUuid } from './fragments'
import { rows } from './storage'

const MOST = 200

type TransactionRow = {
  id: string
  connection_id: string
  account_id: string
  account_name: string
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

export type TransactionQuery = { cursor?: string | undefined; limit: number; account?: string | undefined }
export type TransactionPage = { items: (Transaction & { accountName: string })[]; next: string | null }

/**
 * The person's transactions, newest day first, at most 200 at a time. `next` continues after the last one, also where rows came or went meanwhile.
 * @throws RequestError invalid for a cursor that is not from here.
 */
export async function listTransactions(person: Person, { cursor, limit, account }: TransactionQuery): Promise<TransactionPage> {
  if (account !== undefined && !isUuid(account)) return { items: [], next: null }
  const size = Math.min(Math.max(1, Math.trunc(limit)), MOST)
  const after = cursor === undefined ? sql`` : sql`and (t.booked_on, t.id) < ${readCursor(cursor)}`
  const found = await rows<TransactionRow>(sql`
    select t.id, t.connection_id, t.account_id, l.name as account_name, t.amount_minor, t.currency, t.booked_on, t.authorized_on, t.name, t.merchant_name,
      t.category_primary, t.category_detailed, t.payment_channel, t.pending
    from ${transactions} t join ${linkedAccounts} l on l.id = t.account_id join ${bankConnections} c on c.id = t.connection_id
    where t.user_id = ${person.userId} and t.removed_at is null and c.removed_at is null ${account === undefined ? sql`` : sql`and t.account_id = ${account}::uuid`} ${after}
    order by t.booked_on desc, t.id desc limit ${size + 1}::int`)
  const items = found.slice(0, size).map(toTransaction)
  const last = items.at(-1)
  return { items, next: last && found.length > size ? Buffer.from(`${last.date}|${last.id}`).toString('base64url') : null }
}

function readCursor(cursor: string): SQL {
  const [date = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)) || !isUuid(id)) {
    throw new RequestError('invalid', 'This list has no such place. Start again from its beginning.', { fields: { cursor: 'Leave it out to start again.' } })
  }
  return sql`(${date}::date, ${id}::uuid)`
}

const toTransaction = (found: TransactionRow): Transaction & { accountName: string } => ({
  id: found.id,
  connectionId: found.connection_id,
  accountId: found.account_id,
  accountName: found.account_name,
  amount: { minor: found.amount_minor, currency: found.currency },
  date: found.booked_on,
  authorizedOn: found.authorized_on,
  name: found.name,
  merchantName: found.merchant_name,
  categoryPrimary: found.category_primary,
  categoryDetailed: found.category_detailed,
  paymentChannel: found.payment_channel,
  pending: found.pending
})
