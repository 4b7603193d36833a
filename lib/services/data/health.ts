import 'server-only'
import { sql } from 'drizzle-orm'
import { rows } from './storage'

const DEADLINE_MS = 2_000

/** Whether the storage answers within two seconds. */
export async function pingStorage(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), DEADLINE_MS)
  })
  const answer = rows(sql`select 1`).then(
    () => true,
    () => false
  )
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
