/**
 * Maps Plaid's error codes to a policy. The HTTP status says little: an institution outage and an
 * invalid token are both 400 (contracts: Plaid §2).
 */
import 'server-only'

export type ErrorPolicy = {
  /** The same call may succeed later without intervention. */
  retryable: boolean
  /** Plaid as a whole is failing for us, not one Item or input. */
  outage: boolean
  /** The minimum wait if Plaid sends no Retry-After. */
  retryAfterMs: number | null
  /** Only the operator of this deployment can fix it. */
  operator: boolean
}

const MINUTE = 60_000
const permanent: ErrorPolicy = {
  retryable: false,
  outage: false,
  retryAfterMs: null,
  operator: false
}
const operatorError: ErrorPolicy = { ...permanent, operator: true }
const retryAfter = (retryAfterMs: number): ErrorPolicy => ({
  ...permanent,
  retryable: true,
  retryAfterMs
})

const BY_CODE: Record<string, ErrorPolicy> = {
  // Institution outages last a while; one retry per minute detects recovery soon enough.
  INSTITUTION_DOWN: retryAfter(MINUTE),
  INSTITUTION_NOT_RESPONDING: retryAfter(MINUTE),
  INSTITUTION_NOT_AVAILABLE: retryAfter(MINUTE),
  PRODUCT_NOT_READY: retryAfter(MINUTE),
  PLANNED_MAINTENANCE: { ...retryAfter(MINUTE), outage: true },
  // Retrying the page cannot help: the sync restarts from its first cursor.
  TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION: permanent,
  CREDITS_EXHAUSTED: operatorError,
  // Every call fails until the keys are fixed, so the breaker may stop the queue. No Item is at
  // fault.
  INVALID_API_KEYS: { ...operatorError, outage: true },
  UNAUTHORIZED_ENVIRONMENT: { ...operatorError, outage: true },
  UNAUTHORIZED_ROUTE_ACCESS: operatorError,
  INVALID_INSTITUTION: operatorError,
  INVALID_PRODUCT: operatorError,
  PRODUCT_NOT_ENABLED: operatorError,
  UNAUTHORIZED_INSTITUTION: operatorError,
  INSTITUTION_REGISTRATION_REQUIRED: operatorError,
  INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT: operatorError
}

const BY_TYPE: Record<string, ErrorPolicy> = {
  // Plaid's limits are per minute and it sends no reset header.
  RATE_LIMIT_EXCEEDED: retryAfter(MINUTE),
  API_ERROR: { ...permanent, retryable: true, outage: true },
  INVALID_REQUEST: operatorError,
  SANDBOX_ERROR: operatorError
}

/** The policy for an error response. Unknown codes fall back to their type, then to the status. */
export function errorPolicy(type: string | null, code: string | null, status: number): ErrorPolicy {
  return lookUp(BY_CODE, code) ?? lookUp(BY_TYPE, type) ?? statusPolicy(status)
}

/**
 * The policy for a response that is not Plaid's, such as a load balancer's page or a truncated
 * body.
 */
export function statusPolicy(status: number): ErrorPolicy {
  if (status === 429) return retryAfter(MINUTE)
  const trouble = status >= 500 || status === 408
  return { ...permanent, retryable: trouble, outage: trouble }
}

const lookUp = (policies: Record<string, ErrorPolicy>, key: string | null) =>
  key !== null && Object.hasOwn(policies, key) ? policies[key] : undefined
