/** What no bank announces: logins that came back without a word, and pending transactions that never were booked. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { auditLog, bankConnections, transactions } from '../../../xata/schema'
import type { System } from '../../domain/actor'
import { bump, instant, moment } from './fragments'
import { rows } from './storage'

/**
 * Connections whose sign-in was needed when somebody last looked, which was before `lookedAtBefore`. Answering them counts as looking, so that each is
 * taken once however many processes ask, and whatever comes of it.
 */
export async function claimBrokenConnections(
  _app: System,
  { lookedAtBefore, limit }: { lookedAtBefore: Date; limit: number }
): Promise<{ id: string; userId: string }[]> {
  const found = await rows<{ id: string; user_id: string }>(sql`update ${bankConnections} set updated_at = ${moment()} where id in (
      select id from ${bankConnections} where status = 'bad' and removed_at is null and leaving_at is null and updated_at < ${instant(lookedAtBefore)}
      order by updated_at limit ${limit}::int for update skip locked)
    returning id, user_id`)
  return found.map(({ id, user_id }) => ({ id, userId: user_id }))
}

/**
 * Takes pending transactions of before `date` out of every number: banks book within 14 days, and a hold that lapsed may go without a word. One that
 * is booked after all comes back with the sync that says so. @returns how many.
 */
export async function removeStalePending(app: System, { date, limit }: { date: string; limit: number }): Promise<number> {
  const [done] = await rows<{ n: number }>(sql`with stale as (
      update ${transactions} set removed_at = ${moment()}, updated_at = now() where id in (
        select id from ${transactions} where pending and removed_at is null and booked_on < ${date}::date limit ${limit}::int for update skip locked)
      returning user_id
    ), audited as (
      insert into ${auditLog} (id, actor_kind, actor_id, user_id, action, detail, created_at)
      select gen_random_uuid(), 'system', ${app.reason}, user_id, 'transactions.aged_out', jsonb_build_object('count', count(*)), ${moment()} from stale group by user_id
    ), bumped as (${bump(sql`stale`)})
    select count(*)::int as n from stale`)
  return done?.n ?? 0
}
