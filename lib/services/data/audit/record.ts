import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/users/actor'
import { execute } from '@/lib/services/data/sql/query'
import { audit, jsonb } from '@/lib/services/data/sql/query-helpers'
import { isErased } from '@/lib/services/data/users/deletion-pending'

/**
 * Audits an action that changes no row, such as revealing account numbers. Skipped for an erased
 * user. `detail` holds ids and counts, never text that a user typed.
 */
export async function recordAudit(
  actor: Actor,
  action: string,
  { subject, detail }: { subject: string | null; detail: Record<string, unknown> }
): Promise<void> {
  const userId = actor.kind === 'person' ? actor.userId : null
  const acting = sql`(select ${userId}::text as user_id where not ${userId ? isErased(userId) : sql`false`}) acting`
  const entry = { action, subject: sql`${subject}`, detail: jsonb(detail) }
  await execute(actor, sql`with ${audit(actor, acting, entry)} select 1`)
}
