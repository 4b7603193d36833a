/** Recurring payments that Plaid finds, replaced by every sync that could read them. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { ReportedPayment, SyncedStream } from '@/lib/domain/reports/recurring-streams'
import type { UserActor } from '@/lib/domain/users/actor'
import { query } from '@/lib/services/data/sql/query'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import {
  category,
  isCountedKind,
  kind,
  merchant,
  payee,
  transactionsWithSplits,
  visibleTo
} from '@/lib/services/data/transactions/transaction-sql'
import { linkedAccounts, recurringStreams, transactions } from '@/xata/schema'

/**
 * CTEs: stores the streams of open accounts of the connection of the CTE `from` (connection_id,
 * user_id) and deletes those that Plaid no longer lists. null: they could not be read and stay.
 */
export function saveStreams(from: SQL, given: readonly SyncedStream[] | null): SQL {
  return sql`listed as (
      select l.id as account_id, f.user_id, g.* from ${from} f join ${linkedAccounts} l on l.connection_id = f.connection_id and l.closed_at is null
      join jsonb_to_recordset(${jsonb(given ?? [])}) as g("plaidAccountId" text, "plaidStreamId" text, cadence text, "nextOn" date, fixed boolean, "plaidTransactionIds" jsonb)
        on g."plaidAccountId" = l.plaid_account_id
    ), ended as (
      delete from ${recurringStreams} s using ${from} f, ${linkedAccounts} l
      where l.connection_id = f.connection_id and s.account_id = l.id and ${given !== null}::boolean
        and (s.account_id, s.plaid_stream_id) not in (select account_id, "plaidStreamId" from listed)
    ), stored as (
      insert into ${recurringStreams} as s (account_id, plaid_stream_id, user_id, cadence, next_on, fixed, plaid_transaction_ids)
      select account_id, "plaidStreamId", user_id, cadence, "nextOn", fixed, "plaidTransactionIds" from listed
      on conflict (account_id, plaid_stream_id) do update set cadence = excluded.cadence, next_on = excluded.next_on, fixed = excluded.fixed,
        plaid_transaction_ids = excluded.plaid_transaction_ids, updated_at = now()
    ) select 1`
}

const REPORTED = rowType({
  merchant: column.text,
  name: column.text,
  currency: transactions.currency,
  category: nullable(column.text),
  cadence: column.textOf<ReportedPayment['cadence']>(),
  minor: column.minor,
  fixed: recurringStreams.fixed,
  lastOn: transactions.bookedOn,
  nextOn: recurringStreams.nextOn
})

/** Looked up one by one: a join with all transactions would read the whole history. */
const streamTransactions = (actor: UserActor): SQL => sql`
  select s.account_id, s.plaid_stream_id, s.cadence, s.fixed, s.next_on, found.id
  from ${recurringStreams} s join ${linkedAccounts} a on a.id = s.account_id
    cross join lateral jsonb_array_elements_text(s.plaid_transaction_ids) as ends(id)
    cross join lateral (
      select x.id from ${transactions} x where x.connection_id = a.connection_id and x.plaid_transaction_id = ends.id offset 0
    ) found
  where s.user_id = ${actor.userId}`

/** The streams with the facts of their newest visible transaction. Transfers are left out. */
export const listReportedPayments = (actor: UserActor): Promise<ReportedPayment[]> =>
  query(
    actor,
    REPORTED,
    sql`with s as materialized (${streamTransactions(actor)})
    select merchant, name, currency, category, cadence, minor, fixed, "lastOn", "nextOn" from (
      select distinct on (s.account_id, s.plaid_stream_id) ${merchant} as merchant, ${payee} as name, t.currency, ${category} as category, ${kind} as kind,
        s.cadence, t.amount_minor as minor, s.fixed, t.booked_on as "lastOn", s.next_on as "nextOn"
      from s join (${transactionsWithSplits}) on t.id = s.id
      where t.id = any(array(select id from s)) and ${visibleTo(actor)}
      order by s.account_id, s.plaid_stream_id, t.booked_on desc, t.id, p.n nulls first
    ) r where ${isCountedKind} order by "nextOn", merchant, currency, minor`
  )
