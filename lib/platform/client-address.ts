import 'server-only'
import { isIPv4, isIPv6 } from 'node:net'

/**
 * The address without its last part: IPv4 /24, IPv6 /48, which names a network and no person. null
 * for text that is no address.
 */
export function truncateAddress(address: string): string | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const plain = mapped ?? address
  if (isIPv4(plain)) return plain.replace(/\d+$/, '0')
  if (!isIPv6(plain) || plain.includes('%')) return null
  // The URL parser writes an address in one way only.
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const groups = head ? head.split(':') : []
  const missing =
    tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length
  const all = [...groups, ...Array<string>(missing).fill('0'), ...(tail ? tail.split(':') : [])]
  return `${all.slice(0, 3).join(':')}::`
}

/**
 * The client's truncated address: the last entry of X-Forwarded-For, which the nearest proxy (or
 * Next, without a proxy) has written. Earlier entries are the client's own claims.
 */
export function clientNetwork(headers: Headers): string | null {
  const last = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return truncateAddress(last)
}
