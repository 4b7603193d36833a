/** Two undocumented parts of every response: how a list ends, and the body of a 404. */
import type { MiddlewareHandler } from 'hono'
import type { Jiko } from '@/sandbox/jiko/state'

export function applyListEnd(jiko: Jiko): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { listEnd } = jiko.switches.get()
    if (
      listEnd === 'null' ||
      c.req.method !== 'GET' ||
      !c.res.headers.get('content-type')?.includes('json')
    )
      return
    const { next_page, ...list } = (await c.res.clone().json()) as {
      next_page?: string | null
      object_type?: string
    }
    if (list.object_type === 'CursorList' && next_page === null)
      c.res = Response.json(listEnd === 'empty' ? { ...list, next_page: '' } : list)
  }
}

export const applyNotFoundBody = (jiko: Jiko): MiddlewareHandler => {
  return async (c, next) => {
    await next()
    if (jiko.switches.get().notFoundBody === 'empty' && c.res.status === 404)
      c.res = new Response(null, { status: 404 })
  }
}
