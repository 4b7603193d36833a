import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/users/actor'
import { execute } from '@/lib/services/data/sql/query'
import { audit, jsonb } from '@/lib/services/data/sql/query-helpers'
import { isErased } from '@/lib/services/data/users/deletion-pending'

/** Notes an act that changes no row, such as looking at account numbers; not of somebody who was erased meanwhile. Detail holds ids and counts, never what a person typed. */
export async function recordAudit(
  actor: Actor,
  action: string,
  { subject, detail }: { subject: string | null; detail: Record<string, unknown> }
): Promise<void> {
  const userId = actor.kind === 'person' ? actor.userId : null
  await execute(
    audit(
      actor,
      sql`(select ${userId}::text as user_id where not ${userId ? isErased(userId) : sql`false`}) acting`,
      {
        action,
        subject: sql`${subject}`,
        detail: jsonb(detail)
      }
    )
  )
}
