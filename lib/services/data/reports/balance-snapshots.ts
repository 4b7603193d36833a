/** Reported balances, one per account and day. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/users/actor'
import { transaction } from '@/lib/services/data/sql/query'
import { bumpUserVersion } from '@/lib/services/data/sql/query-helpers'
import { balanceSnapshots, bankAccounts, linkedAccounts } from '@/xata/schema'

const system = systemActor('reports')

/** Local days begin at a quarter of an hour in every time zone. */
const quarter = (at: SQL): SQL => sql`date_bin('15 minutes', ${at}, timestamptz 'epoch')`

/**
 * `from` has id, user_id, minor, currency and at; `column` is the column for that id. The same balance
 * at a later time of a local day changes no report.
 */
const recordStatement = (
  column: SQL,
  from: SQL,
  limit: number
): SQL => sql`with due as materialized (
  select f.*, o.id is null or (o.minor, o.currency) is distinct from (f.minor, f.currency) or ${quarter(sql`o.taken_at`)} <> ${quarter(sql`f.at`)} as news
  from (select *, (at at time zone 'UTC')::date as on from (${from}) b) f
  left join ${balanceSnapshots} o on o.${column} = f.id and o.taken_on = f.on
  where f.minor is not null and f.currency is not null and f.at is not null and (o.id is null or o.taken_at < f.at)
  order by f.id limit ${limit}::int
), written as (
  insert into ${balanceSnapshots} as s (id, user_id, ${column}, taken_on, taken_at, minor, currency)
  select gen_random_uuid(), f.user_id, f.id, f.on, f.at, f.minor, f.currency from due f order by f.id
  on conflict (${column}, taken_on) do update set taken_at = excluded.taken_at, minor = excluded.minor, currency = excluded.currency
  where s.taken_at < excluded.taken_at
  returning s.id
), bumped as (${bumpUserVersion(sql`(select user_id from due where news) told`)}) select id from written`

/**
 * Stores balances reported since the last run, the last one of each day.
 * @returns how many were stored.
 */
export async function recordBalances({ limit }: { limit: number }): Promise<number> {
  const written = await transaction(system, [
    recordStatement(
      sql`account_id`,
      sql`select id, user_id, coalesce(current_minor, case when type in ('credit', 'loan') then limit_minor - available_minor else available_minor end) as minor, currency, balances_at as at from ${linkedAccounts} where closed_at is null`,
      limit
    ),
    recordStatement(
      sql`bank_account_id`,
      sql`select id, user_id, balance_minor as minor, currency, balance_at as at from ${bankAccounts}`,
      limit
    )
  ])
  return written.reduce((total, one) => total + one.length, 0)
}
