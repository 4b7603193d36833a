/**
 * Keyed digests of the audit log and of kept consents (HMAC-SHA-256), under the keys of AUDIT_KEYS.
 */
import 'server-only'
import { createHmac } from 'node:crypto'
import { env } from '@/lib/platform/env'

/** The id of the key that seals new entries. */
export function newestAuditKeyId(): string {
  const [newest] = env().audit.keys
  if (!newest) throw new Error('no audit key')
  return newest.id
}

/** The ids of the configured keys, newest first. */
export const auditKeyIds = (): string[] => env().audit.keys.map(({ id }) => id)

/** The digest of these values; null if no configured key has this id. JSON keeps them apart. */
export function auditMac(keyId: string, parts: readonly (string | null)[]): string | null {
  const found = env().audit.keys.find(({ id }) => id === keyId)
  return found
    ? createHmac('sha256', found.key).update(JSON.stringify(parts)).digest('base64url')
    : null
}
