import 'server-only'
import { rows, sql } from './query'

const DEADLINE_MS = 2_000

/** Whether the storage answers in good time. */
export async function pingStorage(): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), DEADLINE_MS).unref())
  return Promise.race([
    rows(sql`select 1 as ok`).then(
      () => true,
      () => false
    ),
    late
  ])
}
