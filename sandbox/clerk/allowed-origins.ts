/** Where the emulator may send a browser, and which pages may call it. */
import type { Instance } from '@/sandbox/clerk/instance'

/** Pages of this machine, of the options, and those that the Backend API allowed. */
export function isAllowedOrigin(instance: Instance, address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, origin } = new URL(address)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  return (
    /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) ||
    hostname.endsWith('.localhost') ||
    instance.options.allowedOrigins.includes(origin) ||
    instance.records.origins.get(origin) !== undefined
  )
}
