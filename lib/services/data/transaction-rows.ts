/** The rows that count and what they mean: the one place that lists, sums and exports share, so that they cannot disagree. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections, institutions, linkedAccounts, transactions } from '../../../xata/schema'
import type { Person } from '../../domain/actor'
import { MIRRORS, MOVING, MOVING_DETAILS, UNCATEGORIZED, VAGUE } from '../../domain/categories'
import { EXPONENTS, scaleOf, toMoney, UNOFFICIAL } from '../../domain/money'
import type { TransactionFilter } from '../../domain/transaction-filter'
import { isUuid } from './fragments'
import { isToldOnce } from './kept-history'

/** The currency with the most decimals. */
const FINEST = 'BTC'

const words = (list: Iterable<string>): SQL =>
  sql`(${sql.join(
    [...list].map((word) => sql`${word}`),
    sql`, `
  )})`

/** `t` is the transaction, `l` its account, `c` its connection, `i` the bank. */
export const fromTransactions: SQL = sql`${transactions} t join ${linkedAccounts} l on l.id = t.account_id join ${bankConnections} c on c.id = t.connection_id
  left join ${institutions} i on i.id = c.institution_id`

/** What a person may see at all, the kept history of banks they left included. */
export const visibleTo = ({ userId }: Person): SQL => sql`t.user_id = ${userId} and t.removed_at is null and ${isToldOnce}`

/** Says in SQL what `kindOf` says in lib/domain/categories; a test holds the two together. */
export const kind: SQL = sql`case
  when l.type in ${words(MIRRORS)} or t.category_primary in ${words(MOVING)} or t.category_detailed in ${words(MOVING_DETAILS)} then 'transfer'
  when t.category_primary = 'INCOME' or ((t.category_primary is null or t.category_primary in ${words(VAGUE)}) and t.amount_minor > 0) then 'income'
  else 'spending' end`

/** Who was paid, as one name. */
export const merchant: SQL = sql`lower(coalesce(nullif(t.merchant_name, ''), t.name))`

/** The condition for the person's rows that a filter means. */
export function matching(person: Person, filter: TransactionFilter): SQL {
  const { q, account, category, kind: wanted, currency, flow, min, max, from, to, pending } = filter
  if (account !== undefined && !isUuid(account)) return sql`false`
  const found: (SQL | false | '' | undefined)[] = [
    visibleTo(person),
    q && containing(q),
    account !== undefined && sql`t.account_id = ${account}::uuid`,
    category && (category === UNCATEGORIZED ? sql`t.category_primary is null` : sql`t.category_primary = ${category}`),
    wanted && sql`${kind} = ${wanted}`,
    filter.merchant && sql`${merchant} = lower(${filter.merchant})`,
    currency && sql`t.currency = ${currency}`,
    flow && (flow === 'in' ? sql`t.amount_minor > 0` : sql`t.amount_minor < 0`),
    min && sql`abs(t.amount_minor) >= ${minorOf(min, 'min')}`,
    max && sql`abs(t.amount_minor) <= ${minorOf(max, 'max')}`,
    from && sql`t.booked_on >= ${from}::date`,
    to && sql`t.booked_on <= ${to}::date`,
    pending && (pending === 'yes' ? sql`t.pending` : sql`not t.pending`)
  ]
  return sql.join(
    found.filter((part): part is SQL => Boolean(part)),
    sql` and `
  )
}

/** Every word somewhere in the names; what means something to LIKE is taken as it is typed. */
function containing(text: string): SQL {
  const parts = text.trim().split(/\s+/).filter(Boolean).slice(0, 8)
  const one = (part: string) => {
    const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`
    return sql`(t.name ilike ${pattern} or t.merchant_name ilike ${pattern})`
  }
  return parts.length > 0
    ? sql.join(
        parts.map((part) => one(part)),
        sql` and `
      )
    : sql`true`
}

/** A decimal text as a bound in the minor units of each row's own currency: what lies between two units is above the one and below the other. */
function minorOf(decimal: string, end: 'min' | 'max'): SQL {
  const exact = toMoney(decimal, FINEST).minor
  const at = (scale: number) => {
    const unit = 10n ** BigInt(scaleOf(FINEST) - scale)
    return sql`${(end === 'max' ? exact : exact + unit - 1n) / unit}::bigint`
  }
  const scales = [...new Set(Object.values(EXPONENTS))]
  const cases = scales.map(
    (scale) => sql`when t.currency in ${words(Object.keys(EXPONENTS).filter((currency) => EXPONENTS[currency] === scale))} then ${at(scale)}`
  )
  const unofficial = sql`when t.currency in ${words(UNOFFICIAL)} or t.currency !~ '^[A-Z]{3}$' then ${at(scaleOf(FINEST))}`
  return sql`case ${sql.join([...cases, unofficial], sql` `)} else ${at(scaleOf('USD'))} end`
}
