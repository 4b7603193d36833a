/** Pages of a list: `limit` and `offset`, as both APIs take them. */
import type { Context } from 'hono'
import { invalidValue } from '@/sandbox/clerk/errors'

const MAX_PAGE = 500

/** The page that the request asks for. @throws ClerkApiError 422 */
export function pageOf<T>(c: Context, items: T[]): T[] {
  const offset = count(c, 'offset', 0)
  return items.slice(offset, offset + Math.min(count(c, 'limit', 10), MAX_PAGE))
}

/** `{ data, total_count }` of one page. */
export const pageShape = <T>(c: Context, items: T[], shape: (item: T) => unknown) => ({
  data: pageOf(c, items).map(shape),
  total_count: items.length
})

/** Older lists are arrays, unless the request asks for a page. */
export const listOrPage = <T>(c: Context, items: T[], shape: (item: T) => unknown) =>
  c.req.query('paginated') === 'true' ? pageShape(c, items, shape) : pageOf(c, items).map(shape)

function count(c: Context, name: 'limit' | 'offset', fallback: number): number {
  const value = c.req.query(name)
  if (value === undefined) return fallback
  if (!/^\d{1,9}$/.test(value)) throw invalidValue(name)
  return Number(value)
}
