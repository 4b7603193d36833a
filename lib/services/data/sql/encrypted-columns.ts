/** Every encrypted column: which keys its values use, and their encryption under the newest key. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { systemActor } from '@/lib/domain/users/actor'
import type { KeyCount } from '@/lib/domain/users/admin'
import { decrypt, encrypt, newestKeyId } from '@/lib/platform/crypto'
import { execute, query } from '@/lib/services/data/sql/query'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, rowType } from '@/lib/services/data/sql/row-type'
import {
  applicationDrafts,
  applications,
  connectionSecrets,
  idempotencyKeys,
  linkSessions,
  ownAssets,
  quarantine,
  syncPages
} from '@/xata/schema'

const system = systemActor('keys')

type EncryptedColumn = {
  table: PgTable
  /** The first two parts of the encryption context; the third is user_id. */
  name: string
  row: 'connection_id' | 'id' | 'user_id'
  rowType: 'uuid' | 'text'
  value: string
}

/** A test compares this list with the schema. */
export const ENCRYPTED_COLUMNS: readonly EncryptedColumn[] = [
  {
    table: connectionSecrets,
    name: 'connection_secrets',
    row: 'connection_id',
    rowType: 'uuid',
    value: 'sealed_access_token'
  },
  {
    table: applicationDrafts,
    name: 'application_drafts',
    row: 'user_id',
    rowType: 'text',
    value: 'sealed'
  },
  { table: applications, name: 'applications', row: 'id', rowType: 'uuid', value: 'sealed_body' },
  {
    table: linkSessions,
    name: 'link_sessions',
    row: 'id',
    rowType: 'uuid',
    value: 'sealed_link_token'
  },
  {
    table: idempotencyKeys,
    name: 'idempotency_keys',
    row: 'id',
    rowType: 'uuid',
    value: 'sealed_response'
  },
  { table: ownAssets, name: 'own_assets', row: 'id', rowType: 'uuid', value: 'sealed_name' },
  { table: quarantine, name: 'quarantine', row: 'id', rowType: 'uuid', value: 'sealed_body' }
]

const keyIdOf = (value: SQL): SQL => sql`split_part(${value}, '.', 1)`
const identifier = (name: string): SQL => sql.raw(`"${name}"`)

const COUNT = rowType({ table: column.text, keyId: column.text, values: column.int4 })

/** How many values use each key, by table. Staged pages of a running sync hold values too. */
export async function countEncryptedValues(): Promise<KeyCount[]> {
  const stored = ENCRYPTED_COLUMNS.map(({ table, name, value }) => {
    const keyId = keyIdOf(identifier(value))
    return sql`select ${name}::text as "table", ${keyId} as "keyId", count(*)::int as "values"
      from ${table} where ${identifier(value)} is not null group by 2`
  })
  const staged = sql`select 'sync_pages' as "table", ${keyIdOf(sql`q ->> 'sealed_body'`)} as "keyId", count(*)::int as "values"
    from ${syncPages} p cross join jsonb_array_elements(coalesce(p.payload -> 'quarantined', '[]')) q
    where q ->> 'sealed_body' is not null group by 2`
  return query(
    system,
    COUNT,
    sql`select * from (${sql.join([...stored, staged], sql` union all `)}) n order by 2, 1`
  )
}

const VALUE = rowType({ row: column.text, owner: column.text, value: column.text })

/** One value per key and table, to see whether it decrypts. */
export async function sampleEncryptedValues(): Promise<
  { value: string; context: { table: string; row: string; owner: string } }[]
> {
  const samples = ENCRYPTED_COLUMNS.map(({ table, name, row, value }) => {
    const keyId = keyIdOf(identifier(value))
    return sql`(select distinct on (${keyId}) ${name}::text as "table", ${identifier(row)}::text as "row", user_id as owner, ${identifier(value)} as value
      from ${table} where ${identifier(value)} is not null order by ${keyId}, created_at desc)`
  })
  const found = await query(
    system,
    rowType({ table: column.text, row: column.text, owner: column.text, value: column.text }),
    sql.join(samples, sql` union all `)
  )
  return found.map(({ value, ...context }) => ({ value, context }))
}

export type Batch = {
  changed: number
  /** Values that their key does not decrypt, or whose key is not configured. */
  unreadable: number
  /** The last row that was read; null at the end of the table. */
  last: string | null
}

/**
 * Encrypts up to `limit` values under the newest key, in the order of their rows. A value that
 * changed meanwhile is left for the next round. Safe to run concurrently.
 */
export async function reencryptBatch(
  of: EncryptedColumn,
  { after, limit }: { after: string | null; limit: number }
): Promise<Batch> {
  const row = identifier(of.row)
  const value = identifier(of.value)
  const id = (text: SQL) => (of.rowType === 'uuid' ? sql`${text}::uuid` : text)
  const found = await query(
    system,
    VALUE,
    sql`select ${row}::text as "row", user_id as owner, ${value} as value from ${of.table}
      where ${value} is not null and ${keyIdOf(value)} <> ${newestKeyId()}
        and ${after === null ? sql`true` : sql`${row} > ${id(sql`${after}`)}`}
      order by ${row} limit ${limit}::int`
  )
  const fresh = found.flatMap((old) => reencrypt(of.name, old) ?? [])
  const changed = fresh.length
    ? await execute(
        system,
        sql`update ${of.table} t set ${value} = v.fresh
        from jsonb_to_recordset(${jsonb(fresh)}) as v("row" text, value text, fresh text)
        where t.${row} = ${id(sql`v."row"`)} and t.${value} = v.value returning 1`
      )
    : 0
  return {
    changed,
    unreadable: found.length - fresh.length,
    last: found.length < limit ? null : (found.at(-1)?.row ?? null)
  }
}

function reencrypt(table: string, { row, owner, value }: InferRow<typeof VALUE>) {
  const context = { table, row, owner }
  try {
    return { row, value, fresh: encrypt(decrypt(value, context), context) }
  } catch {
    return null
  }
}
