import type { ClerkSource } from '@/components/lib/clerk-session'
import { env } from '@/lib/platform/env'

/** Where the browser loads Clerk from: through this server, or from Clerk. */
export function clerkSource(): ClerkSource {
  const { publishableKey, proxied } = env().clerk
  return { publishableKey, ...(proxied ? { proxyUrl: '/__clerk' } : {}) }
}
