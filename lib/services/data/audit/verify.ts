/** Reads the audit log for its verification, and deletes its oldest entries. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { type AuditProblem, chainCheck, checkpointMac, type Head } from '@/lib/domain/audit/chain'
import { systemActor } from '@/lib/domain/users/actor'
import { auditMac, newestAuditKeyId } from '@/lib/platform/audit-keys'
import {
  DETAILS,
  detailsColumns,
  ENTRY,
  entryColumns,
  epoch
} from '@/lib/services/data/audit/columns'
import { isBackdated, isWaiting } from '@/lib/services/data/audit/seal'
import { query, queryOne, transaction } from '@/lib/services/data/sql/query'
import { dbNow, timestamptz } from '@/lib/services/data/sql/query-helpers'
import { column, extendRow, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { auditCheckpoints, auditDetails, auditEntries, auditSeals } from '@/xata/schema'

const system = systemActor('audit')

const PAGE = 1_000
/** Enough to see what happened; the number of problems may be the number of rows. */
const MAX_LISTED = 100

const CHECKPOINT = rowType({
  n: column.text,
  digest: column.text,
  removed: column.text,
  keyId: column.text,
  signature: column.text,
  createdAt: column.text
})
const SEAL = rowType({
  n: column.text,
  auditId: column.text,
  detailsDigest: column.text,
  digest: column.text,
  keyId: column.text,
  createdAt: column.text
})
const STORED_DETAILS = extendRow(
  DETAILS,
  rowType({ erasedDigest: nullable(column.text), erasedKeyId: nullable(column.text) })
)
const ID = rowType({ id: column.text })

export type AuditCheck = {
  sealed: number
  /** Entries that are not sealed yet. */
  waiting: number
  problems: AuditProblem[]
}

/** Checks the whole log, page by page. @param heads as published outside of the database. */
export async function verifyAudit(heads: readonly Head[]): Promise<AuditCheck> {
  const check = chainCheck(auditMac, await listCheckpoints(), heads)
  let sealed = 0
  for (let after = '0'; ; ) {
    const links = await readLinks(after)
    for (const link of links) check.next(link)
    sealed += links.length
    after = links.at(-1)?.seal.n ?? after
    if (links.length < PAGE) break
  }
  const [[waiting], backdated, alone] = await transaction(system, [
    typed(
      rowType({ n: column.int4 }),
      sql`select count(*)::int as n from ${auditEntries} e where ${isWaiting}`
    ),
    typed(
      ID,
      sql`select e.id::text as id from ${auditEntries} e where ${isBackdated} or (
      not exists (select 1 from ${auditDetails} d where d.audit_id = e.id) and not exists (select 1 from ${auditSeals} s where s.audit_id = e.id)) order by 1 limit ${MAX_LISTED}::int`
    ),
    typed(
      ID,
      sql`select d.audit_id::text as id from ${auditDetails} d where not exists (select 1 from ${auditEntries} e where e.id = d.audit_id) order by 1 limit ${MAX_LISTED}::int`
    )
  ])
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
  check.end(ids(backdated), ids(alone))
  return { sealed, waiting: waiting?.n ?? 0, problems: check.problems }
}

const listCheckpoints = () =>
  query(
    system,
    CHECKPOINT,
    sql`select c.n::text as n, digest, removed::text as removed, key_id as "keyId", signature, ${epoch(sql`created_at`)} as "createdAt" from ${auditCheckpoints} c order by c.n`
  )

/** The next sealed positions with their entries and details. */
async function readLinks(after: string) {
  const page: SQL = sql`(select audit_id from ${auditSeals} s where s.n > ${after}::bigint order by s.n limit ${PAGE}::int)`
  const [seals, entries, details] = await transaction(system, [
    typed(
      SEAL,
      sql`select s.n::text as n, s.audit_id::text as "auditId", s.details_digest as "detailsDigest", s.digest, s.key_id as "keyId", ${epoch(sql`s.created_at`)} as "createdAt"
        from ${auditSeals} s where s.n > ${after}::bigint order by s.n limit ${PAGE}::int`
    ),
    typed(ENTRY, sql`select ${entryColumns} from ${auditEntries} e where e.id in ${page}`),
    typed(
      STORED_DETAILS,
      sql`select ${detailsColumns}, d.erased_digest as "erasedDigest", d.erased_key_id as "erasedKeyId" from ${auditDetails} d where d.audit_id in ${page}`
    )
  ])
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]))
  const detailsOf = new Map(details.map((row) => [row.auditId, row]))
  return seals.map((seal) => ({
    seal,
    entry: entryOf.get(seal.auditId) ?? null,
    details: detailsOf.get(seal.auditId) ?? null
  }))
}

/**
 * Deletes up to `limit` of the oldest entries written before `before`, and leaves a signed
 * checkpoint. The newest sealed entry stays, so that the chain has an end. Verify first: a
 * checkpoint replaces what it covers. @returns how many entries were deleted.
 */
export async function pruneAudit({
  before,
  limit
}: {
  before: Date
  limit: number
}): Promise<number> {
  const oldest = await query(
    system,
    rowType({ n: column.text, digest: column.text, expired: column.bool }),
    sql`select s.n::text as n, s.digest, e.created_at < ${timestamptz(before)} and s.n < (select max(n) from ${auditSeals}) as expired
      from ${auditSeals} s join ${auditEntries} e on e.id = s.audit_id order by s.n limit ${limit}::int`
  )
  const kept = oldest.findIndex(({ expired }) => !expired)
  const removed = kept < 0 ? oldest.length : kept
  const last = oldest[removed - 1]
  if (!last) return 0
  const checkpoint = await signCheckpoint(last, removed)
  await transaction(system, [
    sql`insert into ${auditCheckpoints} (n, digest, removed, key_id, signature, created_at) values
      (${last.n}::bigint, ${last.digest}, ${removed}::int, ${checkpoint.keyId}, ${checkpoint.signature}, ${checkpoint.at}::timestamptz)`,
    sql`delete from ${auditEntries} where id in (select audit_id from ${auditSeals} s where s.n <= ${last.n}::bigint)`,
    sql`delete from ${auditSeals} s where s.n <= ${last.n}::bigint`
  ])
  return removed
}

async function signCheckpoint(last: { n: string; digest: string }, removed: number) {
  const time = await queryOne(
    system,
    rowType({ at: column.text, createdAt: column.text, previous: nullable(column.text) }),
    sql`select t.at::text as at, ${epoch(sql`t.at`)} as "createdAt", (select signature from ${auditCheckpoints} c order by c.n desc limit 1) as previous from (select ${dbNow()} as at) t`
  )
  if (!time) throw new Error('no time')
  const keyId = newestAuditKeyId()
  const { n, digest } = last
  const values = { n, digest, removed: String(removed), keyId, createdAt: time.createdAt }
  const signature = checkpointMac(auditMac, time.previous ?? '', values)
  if (signature === null) throw new Error('no audit key')
  return { keyId, signature, at: time.at }
}
