/**
 * Checks the secret key; Backend API requests that came through the app's public proxy are refused.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { apiError, errorResponse, notFound } from '@/sandbox/clerk/errors'

/**
 * The app's proxy marks every request it forwards; such a request comes from the public internet.
 */
export const cameThroughProxy = (c: Context) => c.req.header('clerk-proxy-url') !== undefined

export function requireSecretKey(secretKey: string): MiddlewareHandler {
  return async (c, next) => {
    if (cameThroughProxy(c)) return errorResponse(c, notFound('resource'))
    const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (given === undefined)
      return errorResponse(
        c,
        apiError(
          401,
          'authorization_header_format_invalid',
          'Invalid Authorization header format',
          "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'"
        )
      )
    const [a, b] = [Buffer.from(given), Buffer.from(secretKey)]
    if (a.length !== b.length || !timingSafeEqual(a, b))
      return errorResponse(
        c,
        apiError(
          401,
          'clerk_key_invalid',
          'The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.'
        )
      )
    return next()
  }
}
