/** The audit log for admins and its export. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/users/actor'
import type { AuditEntry } from '@/lib/domain/users/admin'
import { after, LIMIT, toPage } from '@/lib/services/data/admin/pagination'
import { auditRows } from '@/lib/services/data/audit/columns'
import { query } from '@/lib/services/data/sql/query'
import { column, type InferRow, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { auditDetails, auditEntries, auditSeals } from '@/xata/schema'

const system = systemActor('audit')

const AUDIT_ENTRY = rowType({
  id: auditEntries.id,
  actorKind: auditEntries.actorKind,
  actorId: auditDetails.actorId,
  userId: auditDetails.userId,
  action: auditEntries.action,
  outcome: auditEntries.outcome,
  subject: auditDetails.subject,
  sessionId: auditDetails.sessionId,
  network: auditDetails.network,
  reason: auditDetails.reason,
  at: auditEntries.createdAt,
  /** The time as text, to the microsecond. */
  key: column.text
})

/** The audit log, newest first, 50 entries at a time. Pass `next` for the next page. */
export async function listAudit({
  text,
  cursor
}: {
  text: string
  cursor: string | null
}): Promise<{ items: AuditEntry[]; next: string | null }> {
  const matching = sql`(${text} = '' or user_id = ${text} or actor_id = ${text} or subject = ${text} or starts_with(action, ${text}))`
  return toPage(
    await query(
      system,
      AUDIT_ENTRY,
      sql`select id, actor_kind as "actorKind", actor_id as "actorId", user_id as "userId", action, outcome, subject,
      session_id as "sessionId", network, reason, created_at as at, created_at::text as key from ${auditRows}
      where ${matching} and ${after(cursor, sql`created_at`, sql`id::text`)} order by created_at desc, id::text desc limit ${LIMIT}::int`
    )
  )
}

const EXPORTED = rowType({
  n: nullable(column.int8),
  id: auditEntries.id,
  at: column.text,
  actorKind: auditEntries.actorKind,
  actorId: auditDetails.actorId,
  sessionId: auditDetails.sessionId,
  network: auditDetails.network,
  userId: auditDetails.userId,
  action: auditEntries.action,
  outcome: auditEntries.outcome,
  subject: auditDetails.subject,
  reason: auditDetails.reason,
  detail: column.jsonb<Record<string, unknown>>(),
  digest: nullable(column.text),
  keyId: nullable(column.text)
})

const PAGE = 1_000

/**
 * The whole log, oldest first, page by page. `n`, `digest` and `keyId` are the entry's seal; null
 * while it waits for one.
 */
export async function* exportAudit() {
  for (let after: { at: string; id: string } | null = null; ; ) {
    const from = after
      ? sql`(e.created_at, e.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql`true`
    const rows: Exported[] = await query(
      system,
      EXPORTED,
      sql`select s.n, e.id, e.created_at::text as at, actor_kind as "actorKind", actor_id as "actorId", session_id as "sessionId", network, user_id as "userId",
          action, outcome, subject, reason, detail, s.digest, s.key_id as "keyId"
        from ${auditEntries} e join ${auditDetails} d on d.audit_id = e.id left join ${auditSeals} s on s.audit_id = e.id
        where ${from} order by e.created_at, e.id limit ${PAGE}::int`
    )
    yield rows.map(({ n, ...row }) => ({ n: n === null ? null : Number(n), ...row }))
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last
  }
}
type Exported = InferRow<typeof EXPORTED>
