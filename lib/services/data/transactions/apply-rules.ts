/** Applies a user's rules to their transactions. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  newestRuleActions,
  noRuledValues,
  ruleActionColumns,
  ruledColumns,
  ruledColumnsOf
} from '@/lib/services/data/transactions/editable-columns'
import { rules, transactionEdits, transactions } from '@/xata/schema'

/** Whether a rule `r` matches the facts `f` of a transaction. */
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

/** The transactions that the user's rules match, for a `from`. */
export const matchingTransactions = (userId: string, which: SQL): SQL =>
  sql`(${ruleFacts(userId, sql`true`)}) f join ${rules} r on r.user_id = f.user_id and ${which} and ${matches}`

/**
 * CTEs that write what the user's rules set on their transactions `t` within the scope; unchanged
 * rows are not written.
 */
export const applyRules = (userId: string, scope: SQL): SQL => sql`
  facts as materialized (${ruleFacts(userId, scope)}),
  ruled as materialized (
    select f.id, f.user_id, ${newestRuleActions}
    from facts f join ${rules} r on r.user_id = f.user_id and ${matches} group by f.id, f.user_id
  ),
  unruled as (
    update ${transactionEdits} e set (${ruledColumns}) = row(${noRuledValues}), updated_at = now()
    from facts f where e.transaction_id = f.id and num_nonnulls(${ruledColumnsOf('e')}) > 0
      and f.id not in (select id from ruled)
  ),
  ruling as (
    insert into ${transactionEdits} as e (transaction_id, user_id, ${ruledColumns})
    select id, user_id, ${ruleActionColumns} from ruled order by id
    on conflict (transaction_id) do update set (${ruledColumns}) = row(${ruledColumnsOf('excluded')}), updated_at = now()
    where row(${ruledColumnsOf('e')}) is distinct from row(${ruledColumnsOf('excluded')})
  )`

/**
 * The same for the rows that the current database transaction has written (a sync). Reads no
 * transaction where the user has no rules.
 */
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
