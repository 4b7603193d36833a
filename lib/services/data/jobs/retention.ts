/** Deletes expired rows in batches, so that no statement holds locks for long. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/users/actor'
import { query } from '@/lib/services/data/sql/query'
import { timestamptz } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import {
  consentEvidence,
  esignLinks,
  idempotencyKeys,
  linkSessions,
  lockLinks,
  publicTokenClaims,
  rateLimits,
  syncPages,
  syncRuns,
  vendorEvents,
  webhookDeliveries
} from '@/xata/schema'

const system = systemActor('jobs')

/** Tables with expiring rows, each with the condition that selects them. */
const EXPIRED_ROWS = {
  vendor_events: (before: SQL) => sql`${vendorEvents} t where t.created_at < ${before}`,
  webhook_deliveries: (before: SQL) =>
    sql`${webhookDeliveries} t where coalesce(t.finished_at, t.created_at) < ${before} and t.status in ('completed', 'failed')`,
  link_sessions: (before: SQL) => sql`${linkSessions} t where t.expires_at < ${before}`,
  public_token_claims: (before: SQL) => sql`${publicTokenClaims} t where t.expires_at < ${before}`,
  esign_links: (before: SQL) => sql`${esignLinks} t where t.expires_at < ${before}`,
  lock_links: (before: SQL) => sql`${lockLinks} t where t.expires_at < ${before}`,
  consent_evidence: (before: SQL) => sql`${consentEvidence} t where t.expires_at < ${before}`,
  idempotency_keys: (before: SQL) => sql`${idempotencyKeys} t where t.created_at < ${before}`,
  rate_limits: (before: SQL) => sql`${rateLimits} t where t.window_started_at < ${before}`,
  // The newest run of a connection is kept at any age: it shows the connection's state.
  sync_runs: (
    before: SQL
  ) => sql`${syncRuns} t where t.finished_at < ${before} and t.status in ('completed', 'failed')
    and exists (select 1 from ${syncRuns} n where n.connection_id = t.connection_id and n.created_at > t.created_at)`,
  // Pages of interrupted attempts; pages of the running attempt are kept.
  sync_pages: (before: SQL) => sql`${syncPages} t where not exists (
    select 1 from ${syncRuns} r where r.id = t.run_id and r.status = 'in_progress' and r.lease_token = t.lease_token and r.lease_until >= ${before})`
} satisfies Record<string, (before: SQL) => SQL>

export type RetentionTable = keyof typeof EXPIRED_ROWS

/** Deletes up to `limit` rows of one table that expired before `before`. @returns how many. */
export async function deleteExpired(
  kind: RetentionTable,
  { before, limit }: { before: Date; limit: number }
): Promise<number> {
  const table = sql.raw(`"${kind}"`)
  const [done] = await query(
    system,
    rowType({ n: column.int4 }),
    sql`with gone as (
      delete from ${table} where ctid in (select t.ctid from ${EXPIRED_ROWS[kind](timestamptz(before))} limit ${limit}::int) returning 1
    ) select count(*)::int as n from gone`
  )
  return done?.n ?? 0
}
