import 'server-only'
import { createHash } from 'node:crypto'
import { TokenVerificationErrorReason } from '@clerk/backend/errors'
import type { UserActor } from '@/lib/domain/users/actor'
import { cleanText } from '@/lib/domain/vendor-text'
import { clientNetwork } from '@/lib/platform/client-address'
import { env } from '@/lib/platform/env'
import { IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { userActor } from '@/lib/services/clerk/actor'
import { callClerk, clerk } from '@/lib/services/clerk/client'
import { CLOCK_SKEW_REASONS, checkClockSkew } from '@/lib/services/clerk/clock-skew'
import { toReverification } from '@/lib/services/clerk/reverification'

export { ownerActor } from '@/lib/services/clerk/actor'
export { requireAdmin } from '@/lib/services/clerk/admin'
export { requireLiveSession } from '@/lib/services/clerk/live-session'
export { requireReverification } from '@/lib/services/clerk/reverification'
export { findSession } from '@/lib/services/clerk/session'
export { signOutEverywhere } from '@/lib/services/clerk/sign-out'
export { parseWebhook, verifyWebhook } from '@/lib/services/clerk/webhook'

/** The origins a session token may be issued for: APP_URL and, on a laptop, its loopback alias. */
export function ownOrigins(): string[] {
  const url = new URL(env().appUrl)
  const alias =
    url.hostname === 'localhost' ? '127.0.0.1' : url.hostname === '127.0.0.1' ? 'localhost' : null
  return alias
    ? [url.origin, `${url.protocol}//${alias}${url.port ? `:${url.port}` : ''}`]
    : [url.origin]
}

/**
 * The token of an `Authorization: Bearer` header. Other schemes, such as Basic for a staging host,
 * are ignored.
 */
const bearerToken = (headers: Headers): string | null =>
  /^Bearer +([\w.~+/=-]+)$/i.exec(headers.get('authorization')?.trim() ?? '')?.[1] ?? null

/** Whether the request uses a bearer token, which a browser never sends on its own. */
export const usesBearerToken = (headers: Headers): boolean => bearerToken(headers) !== null

const KEYS_UNREACHABLE = new Set<string>([
  TokenVerificationErrorReason.RemoteJWKFailedToLoad,
  TokenVerificationErrorReason.RemoteJWKInvalid,
  'unexpected-error'
])

/**
 * Authenticates by Clerk's session token in the Authorization header or the session cookie. Checks
 * signature, times, issuer and authorised party itself, independent of proxy.ts. Returns null if
 * signed out (contracts: Clerk §6).
 */
export async function authenticateUser(
  headers: Headers,
  url = env().appUrl
): Promise<UserActor | null> {
  const { publishableKey, secretKey } = env().clerk
  const token = bearerToken(headers)
  const forwarded = new Headers(headers)
  // Only document requests may get Clerk's handshake redirect; as a fetch the result is signed in
  // or out.
  forwarded.set('sec-fetch-dest', 'empty')
  forwarded.set('accept', 'application/json')
  // The SDK gets exactly one credential: it would fall back from one to the other, and only a
  // bearer token may skip the origin check.
  forwarded.delete(token ? 'cookie' : 'authorization')
  if (token) forwarded.set('authorization', `Bearer ${token}`)
  const state = await clerk().authenticateRequest(new Request(url, { headers: forwarded }), {
    publishableKey,
    secretKey,
    acceptsToken: 'session_token',
    // A bearer token of another program has no authorised party; a cookie always has one and it
    // must be ours.
    ...(token ? {} : { authorizedParties: ownOrigins() })
  })
  // Without Clerk's keys no session can be verified: an outage, not a signed-out user.
  if (state.reason && KEYS_UNREACHABLE.has(state.reason))
    throw new IntegrationError({
      service: 'clerk',
      code: 'UNREACHABLE',
      retryable: true,
      outage: true
    })
  if (state.reason && CLOCK_SKEW_REASONS.test(state.reason)) void checkClockSkew()
  if (!state.isAuthenticated) return null
  const { userId, sessionId, sessionClaims } = state.toAuth()
  if (sessionClaims.azp && !ownOrigins().includes(sessionClaims.azp)) return null
  return userActor(userId, sessionId, toReverification(sessionClaims), clientNetwork(headers))
}

/**
 * Cookie with the time of the last sign-in, 0 when signed out. Clerk appends a suffix derived from
 * the publishable key.
 */
export function clientUatCookie(): string {
  const digest = createHash('sha1').update(env().clerk.publishableKey).digest('base64')
  return `__client_uat_${digest.replaceAll('+', '-').replaceAll('/', '_').slice(0, 8)}`
}

export type ClerkUser = {
  id: string
  email: string | null
  emailVerified: boolean
  /** Phone numbers the user verified with a code, in E.164. */
  verifiedPhones: string[]
  /** Whether signing in asks for a second factor. */
  hasSecondFactor: boolean
}

/**
 * The user's primary e-mail address and phone numbers, read live. @throws IntegrationError; code
 * resource_not_found if the user was deleted.
 */
export async function getUser(userId: string): Promise<ClerkUser> {
  const user = await callClerk('users.get', userId, () => clerk().users.getUser(userId))
  const address = user.primaryEmailAddress
  return {
    id: user.id,
    email: address ? cleanText(address.emailAddress, 500) : null,
    emailVerified: address?.verification?.status === 'verified',
    verifiedPhones: user.phoneNumbers
      .filter(({ verification }) => verification?.status === 'verified')
      .map(({ phoneNumber }) => phoneNumber),
    hasSecondFactor: user.twoFactorEnabled
  }
}

/**
 * Whether the user exists at Clerk, read live. @throws IntegrationError if Clerk does not respond.
 */
export async function userExists(userId: string): Promise<boolean> {
  try {
    await getUser(userId)
    return true
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'resource_not_found') return false
    throw thrown
  }
}

/**
 * Whether the session is active, read live: a token outlives its session by up to a minute.
 * @throws IntegrationError.
 */
export async function isSessionActive({ userId, sessionId }: UserActor): Promise<boolean> {
  if (!sessionId) return false
  try {
    const session = await callClerk('sessions.get', userId, () =>
      clerk().sessions.getSession(sessionId)
    )
    return session.status === 'active'
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'resource_not_found') return false
    throw thrown
  }
}

/**
 * Deletes the Clerk user; a missing user counts as deleted. The call log keeps no user id. @throws
 * IntegrationError.
 */
export async function deleteUser(userId: string): Promise<void> {
  try {
    await callClerk('users.delete', undefined, () => clerk().users.deleteUser(userId))
  } catch (thrown) {
    if (!(isIntegrationError(thrown) && thrown.code === 'resource_not_found')) throw thrown
  }
}
