import 'server-only'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { ReadableStream } from 'node:stream/web'
import { interceptRequests } from '@/lib/platform/http/intercept-requests'

/** A route handler as Next calls it. */
type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>
type DirectRoute = { handle: Handler; headers: Record<string, string> }

/** `headers` of next.config.mjs, as the build stores it. */
type HeaderRule = { regex: string; headers: { key: string; value: string }[] }

/** Next adds it to every answer of the App Router. */
const VARY = 'rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch'

/**
 * Answers POST requests for these paths with their route handlers before Next, whose own work for a
 * request is several times that of storing a webhook. The answer is the one that Next would give.
 * Everything else is left to Next: other methods, and addresses with a query. So is everything on
 * a host that stores the build in another way.
 * @param build the folder `.next`.
 */
export function answerDirectly(handlers: Record<string, Handler>, build: string): void {
  const manifest = join(build, 'routes-manifest.json')
  if (!existsSync(manifest)) return
  const rules = (JSON.parse(readFileSync(manifest, 'utf8')) as { headers: HeaderRule[] }).headers
  const routes = new Map(
    Object.entries(handlers).map(([path, handle]) => [
      path,
      { handle, headers: headersOf(path, rules) }
    ])
  )
  interceptRequests('routes', ({ request, response }) => {
    const route = request.method === 'POST' && routes.get(request.url ?? '')
    if (!route) return false
    // A handler answers its own errors; without an answer, the sender tries again.
    answer(route, request, response).catch(() => response.destroy())
    return true
  })
}

const headersOf = (path: string, rules: HeaderRule[]): Record<string, string> =>
  Object.fromEntries(
    rules
      .filter(({ regex }) => new RegExp(regex).test(path))
      .flatMap(({ headers }) => headers.map(({ key, value }) => [key, value]))
      .concat([['vary', VARY]])
  )

async function answer(
  { handle, headers }: DirectRoute,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const given = await handle(toRequest(request), { params: Promise.resolve({}) })
  const body = Buffer.from(await given.arrayBuffer())
  response
    .writeHead(given.status, {
      ...headers,
      ...Object.fromEntries(given.headers),
      'content-length': body.length
    })
    .end(body)
}

/** As Next does: the body is read while it arrives, and the client's address is a header. */
function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers(incoming.headers as Record<string, string>)
  if (!headers.has('x-forwarded-for'))
    headers.set('x-forwarded-for', incoming.socket.remoteAddress ?? '')
  const body = ReadableStream.from(incoming) as BodyInit
  const init = { method: 'POST', headers, body, duplex: 'half' }
  return new Request(`http://localhost${incoming.url}`, init)
}
