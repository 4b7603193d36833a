/** What rules come to, transaction by transaction. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { rules, transactionEdits, transactions } from '@/xata/schema'

/** Over a rule `r` and what is known of a transaction `f`. */
const matches = sql`(r.account_id is null or r.account_id = f.account_id)
  and (r.flow is null or case r.flow when 'in' then f.amount_minor > 0 else f.amount_minor < 0 end)
  and (r.text is null or case r.match when 'equals' then lower(r.text) in (f.merchant, f.name)
    else strpos(f.merchant, lower(r.text)) > 0 or strpos(f.name, lower(r.text)) > 0 end)`

const ruleFacts = (
  userId: string,
  scope: SQL
): SQL => sql`select t.id, t.user_id, t.account_id, t.amount_minor, lower(t.name) as name,
    lower(coalesce(nullif(t.merchant_name, ''), t.name)) as merchant
  from ${transactions} t where t.user_id = ${userId} and t.removed_at is null and ${scope}`

/** The transactions that a person's rules are about, for a `from`. */
export const matchingTransactions = (userId: string, which: SQL): SQL =>
  sql`(${ruleFacts(userId, sql`true`)}) f join ${rules} r on r.user_id = f.user_id and ${which} and ${matches}`

/** The newest rule that says something about a field decides. */
const newestValue = (field: string): SQL =>
  sql.raw(
    `(array_agg(r.${field} order by r.created_at desc, r.id) filter (where r.${field} is not null))[1]`
  )

/** CTEs that write what all of a person's rules say about their transactions `t` within the scope, where that is not what stands there already. */
export const applyRules = (userId: string, scope: SQL): SQL => sql`
  facts as materialized (${ruleFacts(userId, scope)}),
  ruled as materialized (
    select f.id, f.user_id, ${newestValue('category')} as category, ${newestValue('merchant')} as merchant, ${newestValue('excluded')} as excluded
    from facts f join ${rules} r on r.user_id = f.user_id and ${matches} group by f.id, f.user_id
  ),
  unruled as (
    update ${transactionEdits} e set rule_category = null, rule_merchant = null, rule_excluded = null, updated_at = now()
    from facts f where e.transaction_id = f.id and (e.rule_category is not null or e.rule_merchant is not null or e.rule_excluded is not null)
      and f.id not in (select id from ruled)
  ),
  ruling as (
    insert into ${transactionEdits} as e (transaction_id, user_id, rule_category, rule_merchant, rule_excluded)
    select id, user_id, category, merchant, excluded from ruled order by id
    on conflict (transaction_id) do update set rule_category = excluded.rule_category, rule_merchant = excluded.rule_merchant,
      rule_excluded = excluded.rule_excluded, updated_at = now()
    where (e.rule_category, e.rule_merchant, e.rule_excluded) is distinct from (excluded.rule_category, excluded.rule_merchant, excluded.rule_excluded)
  )`

/** As above, for what the transaction that this runs in has written: the rows of a sync. Nothing is looked at where there are no rules. */
export const applyRulesToSynced = ({
  userId,
  connectionId
}: {
  userId: string
  connectionId: string
}): SQL =>
  applyRules(
    userId,
    sql`t.connection_id = ${connectionId}::uuid and t.updated_at = now() and exists (select 1 from ${rules} where user_id = ${userId})`
  )
