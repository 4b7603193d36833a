/**
 * The handshake: sets missing cookies on a page's origin through a redirect and a one-time nonce.
 */
import { randomBytes } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { isAllowedOrigin } from '@/sandbox/clerk/allowed-origins'
import { apiError } from '@/sandbox/clerk/errors'
import { createDevBrowser } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import type { DevBrowserRecord } from '@/sandbox/clerk/records'
import { clientShape } from '@/sandbox/clerk/resources'

const YEAR_SECONDS = 365 * 24 * 3_600
const NONCE_LIFETIME = 60_000

export function addHandshake(app: Hono, instance: Instance): void {
  app.get('/v1/client/handshake', (c) => {
    const target = requireAllowed(c, instance)
    const browser = knownDevBrowser(c, instance) ?? createDevBrowser(instance)
    const directives = cookieDirectives(instance, browser, target)
    if (c.req.query('format') === 'nonce') {
      const id = randomBytes(24).toString('base64url')
      instance.records.nonces.put({ id, directives, createdAt: Date.now() })
      target.searchParams.set('__clerk_handshake_nonce', id)
    } else target.searchParams.set('__clerk_handshake', instance.signer.handshakeToken(directives))
    return c.body(null, 307, { location: target.href, 'cache-control': 'no-store' })
  })
}

/**
 * By the query, else by the cookie: clerk-js removes this cookie for an instant whenever it renews
 * it, and the server's handshake for a page requested in that instant names no dev browser.
 */
function knownDevBrowser(c: Context, instance: Instance): DevBrowserRecord | undefined {
  const ids = [
    c.req.query('__clerk_db_jwt'),
    getCookie(c, '__clerk_db_jwt'),
    getCookie(c, `__clerk_db_jwt_${instance.suffix}`)
  ]
  return ids
    .map((id) => instance.records.devBrowsers.get(id ?? ''))
    .find((browser) => browser !== undefined)
}

/** Returns the cookies of a nonce once. */
export function redeemNonce(instance: Instance, id: string): string[] | undefined {
  const nonce = instance.records.nonces.get(id)
  instance.records.nonces.delete(id)
  return nonce && Date.now() - nonce.createdAt < NONCE_LIFETIME ? nonce.directives : undefined
}

/** Without this allow list, the redirect would send a user's session to any site. */
function requireAllowed(c: Context, instance: Instance): URL {
  const asked = c.req.query('redirect_url') ?? ''
  if (isAllowedOrigin(instance, asked)) return new URL(asked)
  throw apiError(
    400,
    'redirect_url_invalid',
    'Redirect url is invalid',
    'The redirect_url is not one this instance may return to.',
    'redirect_url'
  )
}

/** The Set-Cookie values that give a page's origin the state of this dev browser. */
export function cookieDirectives(
  instance: Instance,
  devBrowser: DevBrowserRecord,
  target: URL
): string[] {
  const client = devBrowser.clientId ? instance.records.clients.get(devBrowser.clientId) : undefined
  const shape = client && clientShape(instance, client, target.origin)
  const token = shape?.sessions[0]?.last_active_token?.jwt
  const uat = client && token ? Math.floor(client.updatedAt / 1000) : 0
  const secure = target.protocol === 'https:' ? '; Secure' : ''
  const cookie = (name: string, value: string, age = YEAR_SECONDS) =>
    [name, `${name}_${instance.suffix}`].map(
      (n) => `${n}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`
    )
  return [
    ...cookie('__clerk_db_jwt', devBrowser.id),
    ...cookie('__client_uat', String(uat)),
    ...(token ? cookie('__session', token) : cookie('__session', '', 0))
  ]
}
