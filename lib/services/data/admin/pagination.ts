/**
 * Pages of admin lists, newest first. The cursor is the last row’s time in microseconds and its id.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { isCalendarDate } from '@/lib/domain/dates'

const PAGE_SIZE = 50
/** The format in which Postgres prints a time; the date is checked separately. */
const TIMESTAMP =
  /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/

/** One row more than a page, to know whether there is a next page. */
export const LIMIT = PAGE_SIZE + 1

/** The condition for rows after the cursor; an invalid cursor starts at the first page. */
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
