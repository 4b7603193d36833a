/**
 * Conditions that protect transfers, over the aliases of the confirming statement: `t` the draft,
 * `c` its counterparty, `a` the Jiko account.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { CONFIRMED_BY_DEPOSIT } from '@/lib/domain/transfers/owner-match'
import {
  NEW_COUNTERPARTY_LIMIT_MINOR,
  NEW_COUNTERPARTY_MS,
  OTHER_OWNER_LIMIT_MINOR,
  WITHDRAWAL_COUNTS,
  WITHDRAWAL_LIMITS
} from '@/lib/domain/transfers/protection'
import { DAILY_LIMIT_MINOR } from '@/lib/domain/transfers/transfer'
import { env } from '@/lib/platform/env'
import { isLocked } from '@/lib/services/data/protection/transfer-locks'
import { dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { counterparties, transfers } from '@/xata/schema'

const DAY_MS = 24 * 3_600_000

/** States in which no money left the account. */
export const COUNTS = sql`s.state not in ('refused', 'not_sent', 'rejected', 'canceled', 'returned')`

/** When the counterparty may receive its first withdrawal. */
const readyAt = (): SQL => sql`(c.created_at + ${interval(env().transfers.counterpartyWaitMs)})`

/** The same for display; null where the time is over. */
export const withdrawableFrom = (): SQL =>
  sql`case when ${readyAt()} > ${dbNow()} then ${readyAt()} end`

const isNew = (counterparty: SQL): SQL =>
  sql`${counterparty}.created_at > ${dbNow()} - ${interval(NEW_COUNTERPARTY_MS)}`

/** The amount that new counterparties can still receive today. */
export const leftForNew = (): SQL => sql`(${NEW_COUNTERPARTY_LIMIT_MINOR}::numeric - (
  select coalesce(sum(s.amount_minor), 0) from ${transfers} s join ${counterparties} n on n.id = s.counterparty_id
  where s.user_id = t.user_id and s.direction = 'out' and ${isNew(sql`n`)}
    and s.confirmed_at > ${dbNow()} - ${interval(DAY_MS)} and ${COUNTS}))`

/** Its owner has another name than the user, and no small deposit confirmed the account. */
export const ownerDiffers = (counterparty: SQL): SQL =>
  sql`(coalesce(${counterparty}.owner_match, '') = 'different' and coalesce(${counterparty}.verification, '') <> ${CONFIRMED_BY_DEPOSIT})`

/** The amount that can still move today with accounts of owners with another name. */
export const leftForOtherOwner = (): SQL => sql`(${OTHER_OWNER_LIMIT_MINOR}::numeric - (
  select coalesce(sum(s.amount_minor), 0) from ${transfers} s join ${counterparties} n on n.id = s.counterparty_id
  where s.user_id = t.user_id and s.direction = t.direction and ${ownerDiffers(sql`n`)}
    and s.confirmed_at > ${dbNow()} - ${interval(DAY_MS)} and ${COUNTS}))`

/** The amount per direction in any 24 hours; withdrawals of a young account have a lower one. */
export const dailyLimit =
  (): SQL => sql`(case when t.direction = 'in' then ${DAILY_LIMIT_MINOR}::numeric
  ${sql.join(
    WITHDRAWAL_LIMITS.map(
      ({ untilMs, minor }) =>
        sql`when a.created_at > ${dbNow()} - ${interval(untilMs)} then ${minor}::numeric`
    ),
    sql` `
  )} else ${DAILY_LIMIT_MINOR}::numeric end)`

const isTooOften = (): SQL =>
  sql.join(
    WITHDRAWAL_COUNTS.map(
      ({
        withinMs,
        count
      }) => sql`(select count(*) from ${transfers} s where s.user_id = t.user_id and s.direction = 'out'
        and s.confirmed_at > ${dbNow()} - ${interval(withinMs)}) >= ${count}::int`
    ),
    sql` or `
  )

/** The branches of the confirming statement's `case` that protect the user. */
export const protectionProblems = (): SQL => sql`
    when ${isLocked(sql`t.user_id`)} then 'locked'
    when t.direction = 'out' and ${readyAt()} > ${dbNow()} then 'new_counterparty'
    when t.direction = 'out' and ${isNew(sql`c`)} and t.amount_minor > ${leftForNew()} then 'new_counterparty_limit'
    when ${ownerDiffers(sql`c`)} and t.amount_minor > ${leftForOtherOwner()} then 'other_owner_limit'
    when t.direction = 'out' and (${isTooOften()}) then 'too_often'`
