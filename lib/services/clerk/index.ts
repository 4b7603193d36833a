import 'server-only'
import { createHash } from 'node:crypto'
import { TokenVerificationErrorReason } from '@clerk/backend/errors'
import type { UserActor } from '@/lib/domain/users/actor'
import { cleanText } from '@/lib/domain/vendor-text'
import { env } from '@/lib/platform/env'
import { IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { userActor } from '@/lib/services/clerk/actor'
import { callClerk, clerk } from '@/lib/services/clerk/client'
import { CLOCK_SKEW_REASONS, checkClockSkew } from '@/lib/services/clerk/clock-skew'
import { toReverification } from '@/lib/services/clerk/reverification'

export { ownerActor } from '@/lib/services/clerk/actor'
export { requireAdmin } from '@/lib/services/clerk/admin'
export { requireLiveSession as requireLive } from '@/lib/services/clerk/live-session'
export { requireReverification } from '@/lib/services/clerk/reverification'
export { parseWebhook as readWebhook, verifyWebhook } from '@/lib/services/clerk/webhook'

/** The addresses a session token may have been issued for: the public address and, on a laptop, its loopback twin. */
export function ownOrigins(): string[] {
  const url = new URL(env().appUrl)
  const twin =
    url.hostname === 'localhost' ? '127.0.0.1' : url.hostname === '127.0.0.1' ? 'localhost' : null
  return twin
    ? [url.origin, `${url.protocol}//${twin}${url.port ? `:${url.port}` : ''}`]
    : [url.origin]
}

/** The token of an `Authorization: Bearer` header. Any other header (Basic in front of a staging host, empty, malformed) is none of ours. */
const bearerToken = (headers: Headers): string | null =>
  /^Bearer +([\w.~+/=-]+)$/i.exec(headers.get('authorization')?.trim() ?? '')?.[1] ?? null

/** Whether the request authenticates with a bearer token, which a browser never sends by itself. */
export const usesBearerToken = (headers: Headers): boolean => bearerToken(headers) !== null

const KEYS_UNREACHABLE = new Set<string>([
  TokenVerificationErrorReason.RemoteJWKFailedToLoad,
  TokenVerificationErrorReason.RemoteJWKInvalid,
  'unexpected-error'
])

/**
 * Who is asking, by Clerk's session token in the Authorization header or the session cookie. Checks signature, times, issuer and
 * authorised party here, without relying on proxy.ts. Answers null for nobody (contracts: Clerk §6).
 */
export async function authenticateUser(
  headers: Headers,
  url = env().appUrl
): Promise<UserActor | null> {
  const { publishableKey, secretKey } = env().clerk
  const token = bearerToken(headers)
  const forwarded = new Headers(headers)
  // Only a document request may be answered with Clerk's handshake; asking as a fetch makes it a plain yes or no.
  forwarded.set('sec-fetch-dest', 'empty')
  forwarded.set('accept', 'application/json')
  // The SDK gets one credential: it falls back from one to the other, and only a bearer token is exempt from the origin check.
  forwarded.delete(token ? 'cookie' : 'authorization')
  if (token) forwarded.set('authorization', `Bearer ${token}`)
  const state = await clerk().authenticateRequest(new Request(url, { headers: forwarded }), {
    publishableKey,
    secretKey,
    acceptsToken: 'session_token',
    // A bearer token made by another program names no party; a cookie always does, and it must be us.
    ...(token ? {} : { authorizedParties: ownOrigins() })
  })
  // Without Clerk's keys nobody can be told apart from nobody: that is our trouble, not the person's.
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
  return userActor(userId, sessionId, toReverification(sessionClaims))
}

/** The cookie with the second of the last sign-in, 0 when signed out; Clerk puts a mark of the publishable key behind the name. */
export function clientUatCookie(): string {
  const digest = createHash('sha1').update(env().clerk.publishableKey).digest('base64')
  return `__client_uat_${digest.replaceAll('+', '-').replaceAll('/', '_').slice(0, 8)}`
}

export type ClerkUser = {
  id: string
  email: string | null
  emailVerified: boolean
  /** Numbers the person has proven to be theirs by a code, in E.164. */
  verifiedPhones: string[]
}

/** The person's primary e-mail address and phone numbers as Clerk holds them now. @throws IntegrationError; code resource_not_found when the user is gone. */
export async function getUser(userId: string): Promise<ClerkUser> {
  const user = await callClerk('users.get', userId, () => clerk().users.getUser(userId))
  const address = user.primaryEmailAddress
  return {
    id: user.id,
    email: address ? cleanText(address.emailAddress, 500) : null,
    emailVerified: address?.verification?.status === 'verified',
    verifiedPhones: user.phoneNumbers
      .filter(({ verification }) => verification?.status === 'verified')
      .map(({ phoneNumber }) => phoneNumber)
  }
}

/** Whether Clerk holds the user at this moment. @throws IntegrationError when Clerk does not answer. */
export async function userExists(userId: string): Promise<boolean> {
  try {
    await getUser(userId)
    return true
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'resource_not_found') return false
    throw thrown
  }
}

/** Whether Clerk still holds the session, asked live: a token outlives its session by up to a minute. @throws IntegrationError. */
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

/** Ends the person's login for good; one that is gone already counts as done. Leaves no note of whose it was. @throws IntegrationError. */
export async function deleteUser(userId: string): Promise<void> {
  try {
    await callClerk('users.delete', undefined, () => clerk().users.deleteUser(userId))
  } catch (thrown) {
    if (!(isIntegrationError(thrown) && thrown.code === 'resource_not_found')) throw thrown
  }
}
