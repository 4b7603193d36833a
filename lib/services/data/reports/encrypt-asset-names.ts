/** Encrypts names of own assets that a version before encryption stored as plain text. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { execute, query } from '@/lib/services/data/sql/query'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { ownAssets } from '@/xata/schema'

const system = systemActor('key-rotation')

/**
 * Encrypts up to `limit` plain names; one that the user changes meanwhile waits for the next round.
 * What is left follows from the rows, so an interrupted run continues. @returns how many.
 */
export async function encryptAssetNames({ limit }: { limit: number }): Promise<number> {
  const found = await query(
    system,
    rowType({ id: column.uuid, userId: column.text, name: column.text }),
    sql`select id, user_id as "userId", name from ${ownAssets} where name <> '' order by id limit ${limit}::int`
  )
  if (found.length === 0) return 0
  const encrypted = found.map(({ id, userId, name }) => ({
    id,
    name,
    sealed: encrypt(name, { table: 'own_assets', row: id, owner: userId })
  }))
  return execute(
    system,
    sql`update ${ownAssets} a set name = '', sealed_name = v.sealed
    from jsonb_to_recordset(${jsonb(encrypted)}) as v(id uuid, name text, sealed text)
    where a.id = v.id and a.name = v.name returning 1`
  )
}
