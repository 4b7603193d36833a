/**
 * Vendor rows that could not be parsed or stored: kept encrypted, counted, and retried by a newer
 * mapping or on request.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { QuarantinedRow } from '@/lib/domain/connections/sync-page'
import { systemActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { query } from '@/lib/services/data/sql/query'
import { dbNow } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import type { SyncRun } from '@/lib/services/data/sync/sync-runs'
import { quarantine, syncPages } from '@/xata/schema'

const system = systemActor('sync')

/** Maximum number of rows retried per sync; the next sync continues. */
const RETRY_BATCH = 1_000

const encryptionContext = (id: string, userId: string) => ({
  table: 'quarantine',
  row: id,
  owner: userId
})

/** The staged form: the row's content leaves this process only encrypted. */
export function encryptQuarantined(
  userId: string,
  { kind, vendorId, code, body, mappingVersion }: QuarantinedRow
) {
  const id = randomUUID()
  return {
    id,
    kind,
    vendor_id: vendorId,
    code,
    sealed_body: body === null ? null : encrypt(body, encryptionContext(id, userId)),
    mapping_version: mappingVersion
  }
}

/**
 * Bodies of quarantined transactions that the mapping `mappingVersion` has not tried yet, or all of
 * them.
 */
export async function listQuarantined(
  run: SyncRun,
  { mappingVersion, all }: { mappingVersion: number; all: boolean }
): Promise<string[]> {
  const found = await query(
    system,
    rowType({ id: quarantine.id, sealedBody: column.text }),
    sql`select id, sealed_body as "sealedBody" from ${quarantine}
    where connection_id = ${run.connectionId}::uuid and kind = 'transaction' and sealed_body is not null
      and (${all}::boolean or mapping_version <> ${mappingVersion}::int) order by updated_at, id limit ${RETRY_BATCH}::int`
  )
  return found.map(({ id, sealedBody }) =>
    decryptStored(sealedBody, encryptionContext(id, run.userId))
  )
}

/** Part of the commit of a sync that could read every account. */
export const releaseAccounts = (withHeld: SQL): SQL =>
  sql`${withHeld} delete from ${quarantine} x using held where x.connection_id = held.connection_id and x.kind = 'account'`

/**
 * Statements of a sync's commit. Rows that the run could read, or Plaid removed, leave the
 * quarantine. Unreadable rows enter it, unless a later page has a readable version.
 */
export function quarantineStatements(withHeld: SQL, run: SyncRun): [SQL, SQL] {
  const mine = sql`page as (select n, payload from ${syncPages} where run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid)`
  const named = sql`(select p.n, r ->> 'plaid_id' as id from page p, jsonb_array_elements(p.payload -> 'rows') r
    union all select p.n, r.id from page p, jsonb_array_elements_text(p.payload -> 'removed') as r(id))`
  const refused = sql`(select p.n, q.* from page p, jsonb_to_recordset(coalesce(p.payload -> 'quarantined', '[]')) as q(id uuid, kind text, vendor_id text, code text,
    sealed_body text, mapping_version int))`
  return [
    sql`${withHeld}, ${mine}
      delete from ${quarantine} x using held where x.connection_id = held.connection_id
        and (x.kind = 'account' or x.vendor_id in (select id from ${named} o) or x.vendor_id in (select vendor_id from ${refused} o))`,
    sql`${withHeld}, ${mine}, latest as (select distinct on (kind, vendor_id) * from ${refused} o order by kind, vendor_id, n desc)
      insert into ${quarantine} (id, user_id, connection_id, kind, vendor_id, code, sealed_body, mapping_version, created_at, updated_at)
      select q.id, held.user_id, held.connection_id, q.kind, q.vendor_id, q.code, q.sealed_body, q.mapping_version, ${dbNow()}, ${dbNow()}
      from held cross join latest q where not exists (select 1 from ${named} o where o.id = q.vendor_id and o.n > q.n)`
  ]
}
