import { env } from '@/lib/platform/env'

const PLAID_CDN = 'https://cdn.plaid.com'
const CLERK_IMAGES = 'https://img.clerk.com'
const CLERK_CAPTCHA = 'https://challenges.cloudflare.com'
/** Clerk's challenge page for suspicious sign-ups. */
const CLERK_PROTECT = 'https://*.protect.clerk.com'

/** Origin of Clerk's browser API: ours when proxied, else the host in the publishable key. */
function clerkOrigin(): string | null {
  const { proxied, publishableKey } = env().clerk
  if (proxied) return null
  const host = Buffer.from(publishableKey.split('_')[2] ?? '', 'base64')
    .toString('utf8')
    .replace(/\$$/, '')
  return `https://${host}`
}

/**
 * Content security policy of every page. Scripts need a nonce; inline styles are allowed because
 * Clerk and Plaid need them (see the decision record); frames and connections only to the vendors
 * in use.
 */
export function contentSecurityPolicy(nonce: string): string {
  const { linkScriptUrl, baseUrl } = env().plaid
  const plaid = linkScriptUrl ? new URL(linkScriptUrl).origin : PLAID_CDN
  const clerk = clerkOrigin()
  const vendor = clerk ? [clerk, CLERK_IMAGES, CLERK_CAPTCHA] : []
  const directives: Record<string, (string | null)[]> = {
    'default-src': ["'self'"],
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      env().development ? "'unsafe-eval'" : null
    ],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', ...vendor],
    'font-src': ["'self'"],
    'connect-src': [
      "'self'",
      plaid,
      linkScriptUrl ? null : baseUrl,
      ...vendor,
      clerk && `${CLERK_PROTECT}:*`
    ],
    'frame-src': ["'self'", plaid, ...vendor, clerk && CLERK_PROTECT],
    'worker-src': ["'self'", 'blob:'],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'report-uri': ['/api/csp-report'],
    'report-to': ['csp']
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.filter(Boolean).join(' ')}`)
    .join('; ')
}
