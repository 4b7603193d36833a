/** Lists of the administration: newest first, a page at a time. The cursor is the last row's time, to the microsecond, and its id. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { isCalendarDate } from '@/lib/domain/dates'

const PAGE_SIZE = 50
/** As Postgres writes a time, up to the date, which is checked apart. */
const TIMESTAMP =
  /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/

/** One row more than a page, to see whether there is another page. */
export const LIMIT = PAGE_SIZE + 1

/** As a condition: behind the row that the cursor names; an unreadable cursor begins at the top. */
export function after(cursor: string | null, at: SQL, id: SQL): SQL {
  const [time = '', last = ''] = cursor
    ? Buffer.from(cursor, 'base64url').toString('utf8').split('|')
    : []
  return !TIMESTAMP.test(time) || !isCalendarDate(time.slice(0, 10)) || !/^[\w-]+$/.test(last)
    ? sql`true`
    : sql`(${at}, ${id}) < (${time}::timestamptz, ${last})`
}

/** @param found at most LIMIT rows, each with its time as text in `key`. */
export function toPage<T extends { id: string; key: string }>(
  found: T[]
): { items: Omit<T, 'key'>[]; next: string | null } {
  const last = found.length > PAGE_SIZE ? found[PAGE_SIZE - 1] : undefined
  const items = found.slice(0, PAGE_SIZE).map(({ key: _, ...item }) => item)
  return { items, next: last ? Buffer.from(`${last.key}|${last.id}`).toString('base64url') : null }
}
