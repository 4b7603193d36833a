import 'server-only'
import { sql } from 'drizzle-orm'
import { query } from '@/lib/services/data/sql/query'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { userChanges } from '@/xata/schema'

/** The version of each user; a user without changes is absent. */
export async function readUserVersions(userIds: string[]): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map()
  const found = await query(
    rowType({ userId: userChanges.userId, version: column.int8 }),
    sql`select user_id as "userId", version from ${userChanges} where user_id in (select jsonb_array_elements_text(${jsonb(userIds)}))`
  )
  return new Map(found.map(({ userId, version }) => [userId, Number(version)]))
}
