/** The vendor's two ways of paging. */
import type { Context } from 'hono'
import { invalid } from '@/sandbox/jiko/errors'

/**
 * `cursor` and `limit` over a stable order; page tokens name a neighbour, so inserts do not shift
 * pages.
 */
export function cursorList<T extends { id: string }>(
  c: Context,
  items: T[],
  render: (item: T) => unknown,
  most = 100
) {
  const limit = Number(c.req.query('limit') ?? '30')
  if (!Number.isInteger(limit) || limit < 1 || limit > most)
    throw invalid(['query', 'limit'], `between 1 and ${most}`)
  const start = startIndex(c, items, limit)
  const page = items.slice(start, start + limit)
  const first = page[0]
  const last = page.at(-1)
  return {
    prev_page: first && start > 0 ? pageToken('before', first.id) : null,
    next_page: last && start + limit < items.length ? pageToken('after', last.id) : null,
    items: page.map(render),
    object_type: 'CursorList'
  }
}

const pageToken = (side: 'before' | 'after', id: string) =>
  Buffer.from(`${side} ${id}`).toString('base64url')

function startIndex(c: Context, items: { id: string }[], limit: number): number {
  const cursor = c.req.query('cursor')
  if (!cursor) return 0
  const [side, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const at = items.findIndex((item) => item.id === id)
  if (at < 0 || (side !== 'before' && side !== 'after'))
    throw invalid(['query', 'cursor'], 'not a page of this list')
  return side === 'after' ? at + 1 : Math.max(0, at - limit)
}

/** Short lists without paging. */
export const singlePage = (items: unknown[]) => ({
  offset: 0,
  count: items.length,
  items,
  object_type: 'List'
})
