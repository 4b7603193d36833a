/** What Plaid's error codes mean for whoever called. Status says little: a bank's outage and a bad token are both 400 (contracts: Plaid §2). */
import 'server-only'

export type ErrorPolicy = {
  /** The same call may succeed later by itself. */
  retryable: boolean
  /** Plaid as a whole is in trouble for us, not one Item or one input. */
  outage: boolean
  /** The shortest wait that makes sense where Plaid names none. */
  retryAfterMs: number | null
  /** Only whoever runs this deployment can mend it. */
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
  // A bank that is down stays down for a while: once a minute is often enough, and soon enough when it is back.
  INSTITUTION_DOWN: retryAfter(MINUTE),
  INSTITUTION_NOT_RESPONDING: retryAfter(MINUTE),
  INSTITUTION_NOT_AVAILABLE: retryAfter(MINUTE),
  PRODUCT_NOT_READY: retryAfter(MINUTE),
  PLANNED_MAINTENANCE: { ...retryAfter(MINUTE), outage: true },
  // Repeating the page cannot help: the sync loop begins again from its first cursor instead.
  TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION: permanent,
  CREDITS_EXHAUSTED: operatorError,
  // Every call fails until the keys are mended, so the breaker may as well stop the queue; no Item is to blame.
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
  // Plaid counts by the minute and sends no header that says when the next one begins.
  RATE_LIMIT_EXCEEDED: retryAfter(MINUTE),
  API_ERROR: { ...permanent, retryable: true, outage: true },
  INVALID_REQUEST: operatorError,
  SANDBOX_ERROR: operatorError
}

/** The policy for one error answer; codes nobody has seen yet go by their type, then by the status. */
export function errorPolicy(type: string | null, code: string | null, status: number): ErrorPolicy {
  return lookUp(BY_CODE, code) ?? lookUp(BY_TYPE, type) ?? statusPolicy(status)
}

/** The policy for an answer that is not Plaid's own: a load balancer's page, a body cut short. */
export function statusPolicy(status: number): ErrorPolicy {
  if (status === 429) return retryAfter(MINUTE)
  const trouble = status >= 500 || status === 408
  return { ...permanent, retryable: trouble, outage: trouble }
}

const lookUp = (policies: Record<string, ErrorPolicy>, key: string | null) =>
  key !== null && Object.hasOwn(policies, key) ? policies[key] : undefined
