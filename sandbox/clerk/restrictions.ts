/** Who may sign up: allowlist, blocklist and subaddresses, each only where it is turned on. */
import { apiError } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import { isOn } from '@/sandbox/clerk/settings'

/** An invited address may always sign up. @throws ClerkApiError 403 */
export function requireMaySignUp(instance: Instance, address: string): void {
  const isListed = (list: 'allowlist' | 'blocklist') =>
    instance.records.identifiers.find(
      (entry) => entry.list === list && matches(entry.identifier, address)
    ) !== undefined
  if (
    (isOn(instance, 'allowlist') && !isListed('allowlist')) ||
    (isOn(instance, 'blocklist') && isListed('blocklist')) ||
    (isOn(instance, 'block_email_subaddresses') && /\+.*@/.test(address))
  )
    throw apiError(
      403,
      'not_allowed_access',
      'Access not allowed.',
      `${address} is not allowed to access this application.`
    )
}

/** An entry is an address, or `*@example.com`. */
const matches = (entry: string, address: string) =>
  entry.startsWith('*@') ? address.endsWith(entry.slice(1)) : entry === address
