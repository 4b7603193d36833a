/** How the audit log's rows are read for digests: each value as Postgres text. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { auditDetails, auditEntries } from '@/xata/schema'

/** Both halves of an entry; no two columns have the same name. */
export const auditRows = sql`${auditEntries} join ${auditDetails} on audit_id = id`

/** The same text in every session, to the microsecond. */
export const epoch = (at: SQL): SQL => sql`extract(epoch from ${at})::text`

export const ENTRY = rowType({
  id: column.text,
  actorKind: column.text,
  action: column.text,
  outcome: column.text,
  detail: column.text,
  createdAt: column.text
})
export const entryColumns = sql`e.id::text as id, e.actor_kind as "actorKind", e.action, e.outcome, e.detail::text as detail, ${epoch(sql`e.created_at`)} as "createdAt"`

export const DETAILS = rowType({
  auditId: column.text,
  actorId: column.text,
  userId: nullable(column.text),
  subject: nullable(column.text),
  sessionId: nullable(column.text),
  network: nullable(column.text),
  reason: nullable(column.text),
  salt: column.text
})
export const detailsColumns = sql`d.audit_id::text as "auditId", d.actor_id as "actorId", d.user_id as "userId", d.subject, d.session_id as "sessionId", d.network, d.reason, d.salt::text as salt`
