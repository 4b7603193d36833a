/** The policy of a page and Clerk's session refresh. No access decision lives here: each page and handler makes its own. */
import { clerkMiddleware } from '@clerk/nextjs/server'
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from './app/_lib/csp'
import { env } from './lib/platform/env'

/** These open while Clerk is down, or when a login has just ended. Clerk's middleware may send the browser to Clerk first, which then answers with JSON. */
const WITHOUT_CLERK = /^\/($|deletion\/|sign-(in|up))/

const clerk = () =>
  clerkMiddleware((_auth, request) => withHeaders(request), {
    frontendApiProxy: { enabled: env().clerk.proxied }
  })

const CLERK_API = /^\/__clerk(\/|$)/
const API = /^\/api\//
/** Clerk's forms are small, and Next would pass on only the first 10 MB of a larger body. */
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

/** In the shape of the API's errors. */
const noSuchResource = () =>
  Response.json(
    { error: { code: 'not_found', message: NOTHING_HERE, reference: crypto.randomUUID() } },
    { status: 404 }
  )

/** A body without a length could be cut off at Next's limit unnoticed; browsers always send one. */
function refuseBody({ headers }: NextRequest): Response | null {
  if (headers.has('transfer-encoding') && !headers.has('content-length'))
    return refuse(411, 'length_required', 'Send the length of the body.')
  return Number(headers.get('content-length')) > MAX_CLERK_BODY
    ? refuse(413, 'request_body_too_large', 'The request body is too large.')
    : null
}

/** In the shape that Clerk's script reads. */
const refuse = (status: number, code: string, message: string) =>
  Response.json({ errors: [{ code, message, long_message: message }] }, { status })

/** Our own page for an address that cannot be one: broken percent-encoding makes the router fail. */
function notFound(request: NextRequest): NextResponse {
  const { headers } = withHeaders(request)
  headers.delete('x-middleware-next')
  return NextResponse.rewrite(new URL('/not-found', request.url), { headers })
}

function withHeaders(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // A layout is not told where it is, and somebody who has to sign in first wants to come back there.
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

// What passes here has its whole body read first, so the API stays out: a webhook of 10 MB is refused unread, a photo goes straight on.
// No address of the API needs percent-encoding; one that has it may be broken, which Next's router would answer with 500.
export const config = {
  matcher: [
    // Not the files of public/: they need neither a session nor a nonce.
    '/((?!api/|_next/static|_next/image|favicon.ico|icon.svg|icons/|og.png|manifest.webmanifest|robots.txt|.well-known/).*)',
    '/__clerk/(.*)',
    '/api/(.*%.*)'
  ]
}
