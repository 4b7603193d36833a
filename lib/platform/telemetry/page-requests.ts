/**
 * Requests of pages: an id for their log lines, a span and their latency, which API routes get in
 * `route()`. Next renders pages itself, so the HTTP server is where a request begins and ends.
 */
import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { interceptRequests } from '@/lib/platform/http/intercept-requests'
import { isOwnRequest } from '@/lib/platform/http/kept-pages'
import { requestFailure, withRequestId } from '@/lib/platform/request-context'
import { observeRequest } from '@/lib/platform/telemetry/metrics'
import { withSpan } from '@/lib/platform/telemetry/tracing'

/** The pattern of a page's path, such as `/admin/users/[id]`; null for everything else. */
type PatternOf = (pathname: string) => string | null

/** Follows the page requests of every HTTP server in this process: Next creates its server itself. */
export function watchPages(patternOf: PatternOf): void {
  interceptRequests('page-requests', ({ request, response }, pass) => {
    const route = isOwnRequest(request) ? null : patternOf(request.url?.split('?')[0] ?? '')
    if (route === null) return false
    void follow(route, request, response, pass)
    return true
  })
}

async function follow(
  route: string,
  { method = 'GET', headers }: IncomingMessage,
  response: ServerResponse,
  handle: () => void
): Promise<void> {
  const startedAt = performance.now()
  const span = {
    kind: 'server' as const,
    parent: typeof headers.traceparent === 'string' ? headers.traceparent : null,
    attributes: { 'http.request.method': method, 'http.route': route },
    result: ({ status, failure }: Outcome) => ({
      'http.response.status_code': status,
      ...(failure ? { 'error.type': failure } : {})
    })
  }
  const { status } = await withRequestId(() =>
    withSpan(`${method} ${route}`, span, async () => {
      handle()
      return outcomeOf(response)
    })
  )
  // Only the frame of a page that a link may lead to: its time says nothing about the page.
  const isPrefetch = headers['next-router-prefetch'] !== undefined
  if (response.writableFinished && !isPrefetch) observeRequest({ route, method, status }, startedAt)
}

type Outcome = { status: number; failure: string | null }

/** A page that fails while it is sent has status 200 on the wire, and 500 here. */
async function outcomeOf(response: ServerResponse): Promise<Outcome> {
  await new Promise((resolve) => response.once('close', resolve))
  if (!response.writableFinished) return { status: response.statusCode, failure: 'aborted' }
  const failure = requestFailure()
  return { status: failure ? 500 : response.statusCode, failure }
}
