/** Seals entries: extends the chain in the order of the entries' times. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { detailsMac, type Head, type Seal, sealMac } from '@/lib/domain/audit/chain'
import { systemActor } from '@/lib/domain/users/actor'
import { auditMac, newestAuditKeyId } from '@/lib/platform/audit-keys'
import {
  DETAILS,
  detailsColumns,
  ENTRY,
  entryColumns,
  epoch
} from '@/lib/services/data/audit/columns'
import { execute, queryOne, transaction } from '@/lib/services/data/sql/query'
import { dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, extendRow, type InferRow, rowType, typed } from '@/lib/services/data/sql/row-type'
import { auditCheckpoints, auditDetails, auditEntries, auditLog, auditSeals } from '@/xata/schema'

const system = systemActor('audit')

/**
 * How late a transaction may commit. Older entries are not sealed, so that no entries are added to
 * the past: verification reports them.
 */
const LATE = sql`interval '1 hour'`

const newestSealed: SQL = sql`(select e.created_at from ${auditSeals} s join ${auditEntries} e on e.id = s.audit_id order by s.n desc limit 1)`
const isUnsealed = sql`not exists (select 1 from ${auditSeals} s where s.audit_id = e.id)`

/** Entries that will be sealed, and those that are too old for it; conditions on `e`. */
export const isWaiting: SQL = sql`(${isUnsealed} and e.created_at >= coalesce(${newestSealed} - ${LATE}, '-infinity'))`
export const isBackdated: SQL = sql`(${isUnsealed} and e.created_at < coalesce(${newestSealed} - ${LATE}, '-infinity'))`

const END = rowType({ n: column.text, digest: column.text })
const HEAD = rowType({ n: column.int8, digest: column.text, keyId: column.text, at: column.text })
const ROW = extendRow(
  extendRow(ENTRY, DETAILS),
  rowType({ now: column.text, nowEpoch: column.text })
)

/** The end of the chain; null while nothing is sealed. */
export async function findHead(): Promise<Head | null> {
  const found = await queryOne(
    system,
    HEAD,
    sql`select n, digest, key_id as "keyId", created_at::text as at from ${auditSeals} order by n desc limit 1`
  )
  return found && { ...found, n: Number(found.n) }
}

/**
 * Seals up to `limit` entries under the newest key. Two processes cannot both extend the chain: the
 * second one's positions are taken. @returns how many. @throws IntegrationError.
 */
export async function sealEntries({ limit }: { limit: number }): Promise<number> {
  const [[end], rows] = await transaction(system, [
    typed(
      END,
      sql`select n::text as n, digest from (select n, digest from ${auditSeals} union all select n, digest from ${auditCheckpoints}) ends order by ends.n desc limit 1`
    ),
    typed(
      ROW,
      sql`select ${entryColumns}, ${detailsColumns}, at.now::text as now, ${epoch(sql`at.now`)} as "nowEpoch"
        from ${auditEntries} e join ${auditDetails} d on d.audit_id = e.id cross join (select ${dbNow()} as now) at
        where ${isWaiting} order by e.created_at, e.id limit ${limit}::int`
    )
  ])
  const seals = chain(end ?? { n: '0', digest: '' }, rows)
  if (seals.length === 0) return 0
  return execute(
    system,
    sql`insert into ${auditSeals} (n, audit_id, details_digest, digest, key_id, created_at)
    select s.n, s."auditId", s."detailsDigest", s.digest, s."keyId", s.now from jsonb_to_recordset(${jsonb(seals)})
      as s(n bigint, "auditId" uuid, "detailsDigest" text, digest text, "keyId" text, now timestamptz) returning 1`
  )
}

/** The seals of these entries, after the one at `end`. */
function chain(end: InferRow<typeof END>, rows: InferRow<typeof ROW>[]) {
  const keyId = newestAuditKeyId()
  let { n, digest } = end
  return rows.map((row) => {
    n = String(Number(n) + 1)
    const detailsDigest = known(detailsMac(auditMac, keyId, row))
    const seal = { n, auditId: row.id, detailsDigest, keyId, createdAt: row.nowEpoch }
    digest = known(sealMac(auditMac, digest, seal satisfies Omit<Seal, 'digest'>, row))
    return { ...seal, digest, now: row.now }
  })
}

function known(digest: string | null): string {
  if (digest === null) throw new Error('no audit key')
  return digest
}

/** Moves rows of the log of earlier versions. @returns how many. */
export async function moveLegacyEntries({ limit }: { limit: number }): Promise<number> {
  return execute(
    system,
    sql`with moved as (
      delete from ${auditLog} where id in (select id from ${auditLog} order by created_at, id limit ${limit}::int) returning *
    ), entry as (
      insert into ${auditEntries} (id, actor_kind, action, outcome, detail, created_at)
      select id, actor_kind, action, 'success', detail - 'reason', created_at from moved
    ), details as (
      insert into ${auditDetails} (audit_id, actor_id, user_id, subject, reason)
      select id, actor_id, user_id, subject, detail ->> 'reason' from moved
    ) select 1 from moved`
  )
}
