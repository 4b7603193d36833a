/** The policy of a page and Clerk's session refresh. No access decision lives here: each page and handler makes its own. */
import { clerkMiddleware } from '@clerk/nextjs/server'
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from '@/app/security'
import { env } from '@/lib/platform/env'

/** These open while Clerk is down, or when a login has just ended. Clerk's middleware may send the browser to Clerk first, which then answers with JSON. */
const WITHOUT_CLERK = /^\/($|deletion\/|sign-(in|up))/

const clerk = () => clerkMiddleware((_auth, request) => withHeaders(request), { frontendApiProxy: { enabled: env().clerk.proxied } })

export default async function proxy(request: NextRequest, event: NextFetchEvent) {
  if (WITHOUT_CLERK.test(request.nextUrl.pathname)) return withHeaders(request)
  return clerk()(request, event)
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
export const config = {
  matcher: ['/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)', '/__clerk/(.*)']
}
