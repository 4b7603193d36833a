/** Whose fault a failed call is, as far as its error says. */
import type { Cause } from '@/lib/domain/health/anomalies'

/** Plaid's error types (contracts: Plaid §2). */
const BY_TYPE: Record<string, Cause> = {
  INSTITUTION_ERROR: 'institution',
  ITEM_ERROR: 'user',
  API_ERROR: 'vendor',
  RATE_LIMIT_EXCEEDED: 'vendor',
  INVALID_REQUEST: 'us',
  SANDBOX_ERROR: 'us'
}
/** Codes of our own client and of Clerk and Jiko. */
const BY_CODE: Record<string, Cause> = {
  TIMEOUT: 'vendor',
  UNREACHABLE: 'vendor',
  CIRCUIT_OPEN: 'vendor',
  BAD_RESPONSE: 'vendor',
  RATE_LIMITED: 'vendor',
  UNAVAILABLE: 'vendor',
  INVALID_API_KEYS: 'us',
  UNAUTHORIZED: 'us',
  FORBIDDEN: 'us',
  SEAL_BROKEN: 'us',
  UNKNOWN: 'us'
}

/** Refusals of what a user entered or changed are the rest. */
export const causeOf = (type: string | null, code: string): Cause =>
  BY_CODE[code] ??
  (type ? BY_TYPE[type] : undefined) ??
  (/^(HTTP_)?5\d\d$/.test(code) ? 'vendor' : 'user')
