/**
 * Visible rows and their effective values. Lists, sums and exports share this file, so they always
 * agree.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  CURRENCY_EXPONENTS,
  currencyExponent,
  toMoney,
  UNOFFICIAL_CURRENCIES
} from '@/lib/domain/money/money'
import {
  AMBIGUOUS,
  CARD_PAYMENT_KEYWORDS,
  DEBT_ACCOUNT_TYPES,
  EXCLUDED_KINDS,
  MIRROR_ACCOUNT_TYPES,
  TRANSFER_CATEGORIES,
  TRANSFER_DETAILED_CATEGORIES,
  UNCATEGORIZED
} from '@/lib/domain/transactions/categories'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import { isUuid, jsonb, sqlList } from '@/lib/services/data/sql/query-helpers'
import { type Candidates, matchesText } from '@/lib/services/data/transactions/search'
import {
  bankConnections,
  institutions,
  linkedAccounts,
  transactionEdits,
  transactionParts,
  transactions,
  transferLegs
} from '@/xata/schema'

/** The currency with the most decimals. */
const FINEST_CURRENCY = 'BTC'

/**
 * `t` is the transaction, `l` its account, `c` its connection, `i` the institution, `e` the user’s
 * edits. In `fromTransactions` a split transaction has one row per split `p`, as long as the splits
 * fit the bank’s amount; `pair` is set for one side of a transfer between own accounts. Sums and
 * lists use `amount`, `category` and `merchant` below, never the columns of `t`, which hold the
 * bank’s values only.
 *
 * Each transaction has an account and a connection, but they are joined with `left join`: Postgres
 * does not know that all three belong to one user. After inner joins it expects hardly a row, and
 * reads the whole history for each page. `other` names its user again, because Postgres cannot
 * estimate row-level security, whose user is a setting (docs/decisions/067).
 */
const unsplit = (
  source: SQL
): SQL => sql`${source} t left join ${linkedAccounts} l on l.id = t.account_id left join ${bankConnections} c on c.id = t.connection_id
  left join ${institutions} i on i.id = c.institution_id left join ${transactionEdits} e on e.transaction_id = t.id and e.user_id = t.user_id`
export const unsplitTransactions: SQL = unsplit(sql`${transactions}`)

/** Whether the institution changed the amount after the user split the transaction. */
export const splitChanged: SQL = sql`coalesce(e.parts_minor is not null and e.split_whole_minor <> t.amount_minor, false)`

/** Whether the splits still apply: the first one, which is the remainder, has not changed sign. */
export const splitIsValid: SQL = sql`coalesce(sign(t.amount_minor) = sign(coalesce(e.split_whole_minor, t.amount_minor))
  and sign(t.amount_minor - e.parts_minor) = sign(coalesce(e.split_whole_minor, t.amount_minor) - e.parts_minor), false)`

/** `transactionsWithSplits` of some transactions, such as a CTE. */
export const withSplits = (
  source: SQL
): SQL => sql`${unsplit(source)} left join ${transactionParts} p on p.transaction_id = t.id and p.user_id = t.user_id and ${splitIsValid}
  left join (
    select leg.transaction_id, leg.user_id, other.amount_minor, other.currency, other_account.id as account_id
    from ${transferLegs} leg join ${transactions} other on other.id = leg.other_id and other.user_id = leg.user_id and not other.pending and other.removed_at is null
      left join ${linkedAccounts} other_account on other_account.id = other.account_id and other_account.user_id = leg.user_id and other_account.hidden_at is null
    where leg.state <> 'undone'
  ) pair on pair.transaction_id = t.id and pair.user_id = t.user_id and not t.pending and pair.amount_minor = -t.amount_minor and pair.currency = t.currency`
export const transactionsWithSplits: SQL = withSplits(sql`${transactions}`)

/** The amount of a split; of the first one, the remainder. */
export const amount: SQL = sql`case when p.n is null then t.amount_minor else coalesce(p.amount_minor, t.amount_minor - e.parts_minor) end`

/** The first value that is set: the split's, the user's, a rule's, the institution's. */
export const category: SQL = sql`nullif(coalesce(p.category, e.category, e.rule_category, t.category_primary), ${UNCATEGORIZED})`

/** The bank’s detailed category, unless the user or a rule set another category. */
export const detailed: SQL = sql`case when ${category} = t.category_primary then t.category_detailed end`

/** The merchant by the user, their rules or the bank; null if only the description has one. */
export const merchantName: SQL = sql`coalesce(e.merchant, e.rule_merchant, nullif(t.merchant_name, ''))`

export const isExcluded: SQL = sql`coalesce(e.is_excluded, e.rule_is_excluded, false)`

/**
 * One side of a transfer between the user's own accounts, if the other side is visible and still
 * matches.
 */
export const isOwnTransfer: SQL = sql`pair.account_id is not null`

/**
 * Rows that the user can see: also the kept history of disconnected banks, without hidden accounts.
 */
export const visibleTo = ({ userId }: UserActor): SQL =>
  sql`t.user_id = ${userId} and t.removed_at is null and l.hidden_at is null`

/** `kindOf` of lib/domain/transactions/categories in SQL; a test compares the two. */
export const kind: SQL = sql`case when ${isExcluded} then 'excluded'
  when ${isOwnTransfer} or l.type in ${sqlList(MIRROR_ACCOUNT_TYPES)} or ${category} in ${sqlList(TRANSFER_CATEGORIES)} or ${detailed} in ${sqlList(TRANSFER_DETAILED_CATEGORIES)} then 'transfer'
  when ${category} = 'INCOME' then 'income'
  when (${category} is not null and ${category} not in ${sqlList(AMBIGUOUS)}) or ${amount} <= 0 or t.amount_minor <= 0 then 'spending'
  when l.type not in ${sqlList(DEBT_ACCOUNT_TYPES)} then 'income'
  when lower(t.name) ~ ${CARD_PAYMENT_KEYWORDS.join('|')} then 'transfer'
  else 'spending' end`

/** For a column `kind`: the kinds that income and spending sums count. */
export const isCountedKind: SQL = sql`kind not in ${sqlList(EXCLUDED_KINDS)}`

/** The payee's name. */
export const payee: SQL = sql`coalesce(${merchantName}, t.name)`
export const merchant: SQL = sql`lower(${payee})`

/**
 * The condition of a filter on the user’s rows. @param candidates what `findCandidates` found; only
 * makes it faster.
 */
export function matchesFilter(
  actor: UserActor,
  filter: TransactionFilter,
  candidates: Candidates = null
): SQL {
  const { q, account, kind: wanted, currency, flow, min, max, from, to, pending, tag } = filter
  if (account !== undefined && !isUuid(account)) return sql`false`
  const found: (SQL | false | '' | undefined)[] = [
    visibleTo(actor),
    q && matchesText(actor, q, candidates),
    account !== undefined && sql`t.account_id = ${account}::uuid`,
    filter.category &&
      (filter.category === UNCATEGORIZED
        ? sql`${category} is null`
        : sql`${category} = ${filter.category}`),
    wanted && sql`${kind} = ${wanted}`,
    filter.merchant && sql`${merchant} = lower(${filter.merchant})`,
    currency && sql`t.currency = ${currency}`,
    flow && (flow === 'in' ? sql`${amount} > 0` : sql`${amount} < 0`),
    min && sql`abs(${amount}) >= ${minorBound(min, 'min')}`,
    max && sql`abs(${amount}) <= ${minorBound(max, 'max')}`,
    from && sql`t.booked_on >= ${from}::date`,
    to && sql`t.booked_on <= ${to}::date`,
    pending && (pending === 'yes' ? sql`t.pending` : sql`not t.pending`),
    tag && sql`e.tags @> ${jsonb([tag])}`
  ]
  return sql.join(
    found.filter((part): part is SQL => Boolean(part)),
    sql` and `
  )
}

/**
 * A decimal text as a bound in minor units of each row's currency. A bound between two units rounds
 * up for a minimum and down for a maximum.
 */
function minorBound(decimal: string, end: 'min' | 'max'): SQL {
  const exact = toMoney(decimal, FINEST_CURRENCY).minor
  const at = (scale: number) => {
    const unit = 10n ** BigInt(currencyExponent(FINEST_CURRENCY) - scale)
    return sql`${(end === 'max' ? exact : exact + unit - 1n) / unit}::numeric`
  }
  const scales = [...new Set(Object.values(CURRENCY_EXPONENTS))]
  const cases = scales.map(
    (scale) =>
      sql`when t.currency in ${sqlList(Object.keys(CURRENCY_EXPONENTS).filter((currency) => CURRENCY_EXPONENTS[currency] === scale))} then ${at(scale)}`
  )
  const unofficial = sql`when t.currency in ${sqlList(UNOFFICIAL_CURRENCIES)} or t.currency !~ '^[A-Z]{3}$' then ${at(currencyExponent(FINEST_CURRENCY))}`
  return sql`case ${sql.join([...cases, unofficial], sql` `)} else ${at(currencyExponent('USD'))} end`
}
