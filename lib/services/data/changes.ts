import 'server-only'
import type { System } from '../../domain/actor'
import { rows, sql } from './query'

/** How far each person's data has come; someone without changes is absent. */
export async function readChanges(_system: System, userIds: string[]): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map()
  const found = await rows<{ user_id: string; version: string }>(
    sql`select user_id, version from user_changes where user_id in (select jsonb_array_elements_text(${JSON.stringify(userIds)}::jsonb))`
  )
  return new Map(found.map(({ user_id, version }) => [user_id, Number(version)]))
}
