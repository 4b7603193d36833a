/** Headers for every answer and Clerk's session refresh for pages. No access decision lives here: each page and handler makes its own. */
import { clerkMiddleware } from '@clerk/nextjs/server'
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from '@/app/security'
import { env } from '@/lib/platform/env'

/** These work while Clerk is down, so Clerk's middleware, which may send a browser through it, stays out of their way. */
const WITHOUT_CLERK = /^\/($|api\/(webhooks|health|cron|metrics)(\/|$))/

const clerk = () => clerkMiddleware((_auth, request) => withHeaders(request), { frontendApiProxy: { enabled: env().clerk.proxied } })

export default async function proxy(request: NextRequest, event: NextFetchEvent) {
  if (WITHOUT_CLERK.test(request.nextUrl.pathname)) return withHeaders(request)
  return clerk()(request, event)
}

function withHeaders(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const requestId = crypto.randomUUID()
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('x-request-id', requestId)
  // A layout is not told where it is, and somebody who has to sign in first wants to come back there.
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-request-id', requestId)
  response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('x-frame-options', 'DENY')
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin')
  response.headers.set('cross-origin-opener-policy', 'same-origin-allow-popups')
  return response
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|favicon.ico|icon.svg).*)', '/__clerk/(.*)']
}
