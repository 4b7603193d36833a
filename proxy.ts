/**
 * Content security policy and Clerk's session refresh. No access decision lives here: each page
 * and handler checks itself.
 */
import { clerkMiddleware } from '@clerk/nextjs/server'
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from './app/_lib/csp'
import { env } from './lib/platform/env'

/**
 * These pages open while Clerk is down or a session has just ended. Clerk's middleware could
 * redirect the browser to Clerk first.
 */
const WITHOUT_CLERK =
  /^\/($|deletion\/|sign-(in|up)|signed-out|language$|(privacy|terms|fees|security|help|contact|accessibility|status|esign|lock)$)/

const clerk = () =>
  clerkMiddleware((_auth, request) => withHeaders(request), {
    frontendApiProxy: { enabled: env().clerk.proxied }
  })

/** 144 bits. Base64 of a multiple of three bytes has no padding. */
const NONCE_BYTES = 18

const CLERK_API = /^\/__clerk(\/|$)/
const API = /^\/api\//
/** Clerk's forms are small, and Next would truncate larger bodies at 10 MB. */
const MAX_CLERK_BODY = 1_000_000

export default async function proxy(request: NextRequest, event: NextFetchEvent) {
  const { pathname } = request.nextUrl
  const readable = isDecodable(pathname)
  if (API.test(pathname)) return readable ? NextResponse.next() : noSuchResource()
  if (CLERK_API.test(pathname)) {
    const refused = readable ? refuseBody(request) : refuse(404, 'resource_not_found', NOTHING_HERE)
    if (refused) return refused
  } else if (!readable) return notFound(request)
  if (WITHOUT_CLERK.test(pathname)) return withHeaders(request)
  return clerk()(request, event)
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname)
    return true
  } catch {
    return false
  }
}

const NOTHING_HERE = 'There is nothing at this address.'

/** In the API's error format. */
const noSuchResource = () =>
  Response.json(
    { error: { code: 'not_found', message: NOTHING_HERE, reference: crypto.randomUUID() } },
    { status: 404 }
  )

/**
 * A body without a length could be truncated unnoticed at Next's limit; browsers always send one.
 */
function refuseBody({ headers }: NextRequest): Response | null {
  if (headers.has('transfer-encoding') && !headers.has('content-length'))
    return refuse(411, 'length_required', 'Send the length of the body.')
  return Number(headers.get('content-length')) > MAX_CLERK_BODY
    ? refuse(413, 'request_body_too_large', 'The request body is too large.')
    : null
}

/** In the format that Clerk's script reads. */
const refuse = (status: number, code: string, message: string) =>
  Response.json({ errors: [{ code, message, long_message: message }] }, { status })

/** Our own page for an invalid URL: broken percent-encoding makes the router fail. */
function notFound(request: NextRequest): NextResponse {
  const { headers } = withHeaders(request)
  headers.delete('x-middleware-next')
  return NextResponse.rewrite(new URL('/not-found', request.url), { headers })
}

function withHeaders(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // A layout does not know its path, and signing in returns to it.
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

// Next buffers the whole body of requests that pass here, so the API is excluded: large webhooks
// are refused unread and uploads stream. API URLs need no percent-encoding; a broken one would make
// Next's router respond with 500.
export const config = {
  matcher: [
    // Not files and images: they need neither a session nor a nonce.
    '/((?!api/|_next/static|_next/image|favicon.ico$|icon/|apple-icon|opengraph-image|manifest.webmanifest|robots.txt|offline$|service-worker.js|.well-known/).*)',
    '/__clerk/(.*)',
    '/api/(.*%.*)'
  ]
}
