/** Approvals of admin actions that need more than one admin. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { AdminActor } from '@/lib/domain/users/actor'
import { transaction } from '@/lib/services/data/sql/query'
import { audit, dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { column, rowType, typed } from '@/lib/services/data/sql/row-type'
import { adminApprovals, users } from '@/xata/schema'

const REMOVAL = 'user.removal'

export const isRecentApproval = (approval: SQL, withinMs: number): SQL =>
  sql`(${approval}.action = ${REMOVAL} and ${approval}.created_at > ${dbNow()} - ${interval(withinMs)})`

/**
 * Records that an admin wants a user removed; a repeat renews it. @returns how many different
 * admins want it.
 */
export async function approveRemoval(
  admin: AdminActor,
  { userId, reason, withinMs }: { userId: string; reason: string; withinMs: number }
): Promise<number> {
  const [, [found]] = await transaction(admin, [
    sql`with changed as (
        insert into ${adminApprovals} (id, user_id, admin_id, action, created_at)
        select ${randomUUID()}::uuid, id, ${admin.userId}, ${REMOVAL}, ${dbNow()} from ${users} where id = ${userId}
        on conflict (user_id, action, admin_id) do update set created_at = excluded.created_at returning user_id
      ), ${audit(admin, sql`changed`, { action: 'admin.removal_approved', subject: sql`user_id`, reason })} select 1 from changed`,
    typed(
      rowType({ count: column.int4 }),
      sql`select count(*)::int as count from ${adminApprovals} p where p.user_id = ${userId} and ${isRecentApproval(sql`p`, withinMs)}`
    )
  ])
  return found?.count ?? 0
}
