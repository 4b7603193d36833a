/** What Plaid's error codes mean for whoever called. Status says little: a bank's outage and a bad token are both 400 (contracts: Plaid §2). */
import 'server-only'

export type Policy = {
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
const never: Policy = { retryable: false, outage: false, retryAfterMs: null, operator: false }
const operator: Policy = { ...never, operator: true }
const later = (retryAfterMs: number): Policy => ({ ...never, retryable: true, retryAfterMs })

const BY_CODE: Record<string, Policy> = {
  // A bank that is down stays down for a while: once a minute is often enough, and soon enough when it is back.
  INSTITUTION_DOWN: later(MINUTE),
  INSTITUTION_NOT_RESPONDING: later(MINUTE),
  INSTITUTION_NOT_AVAILABLE: later(MINUTE),
  PRODUCT_NOT_READY: later(MINUTE),
  PLANNED_MAINTENANCE: { ...later(MINUTE), outage: true },
  // Repeating the page cannot help: the sync loop begins again from its first cursor instead.
  TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION: never,
  CREDITS_EXHAUSTED: operator,
  // Every call fails until the keys are mended, so the breaker may as well stop the queue; no Item is to blame.
  INVALID_API_KEYS: { ...operator, outage: true },
  UNAUTHORIZED_ENVIRONMENT: { ...operator, outage: true },
  UNAUTHORIZED_ROUTE_ACCESS: operator,
  INVALID_INSTITUTION: operator,
  INVALID_PRODUCT: operator,
  PRODUCT_NOT_ENABLED: operator,
  UNAUTHORIZED_INSTITUTION: operator,
  INSTITUTION_REGISTRATION_REQUIRED: operator,
  INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT: operator
}

const BY_TYPE: Record<string, Policy> = {
  // Plaid counts by the minute and sends no header that says when the next one begins.
  RATE_LIMIT_EXCEEDED: later(MINUTE),
  API_ERROR: { ...never, retryable: true, outage: true },
  INVALID_REQUEST: operator,
  SANDBOX_ERROR: operator
}

/** The policy for one error answer; codes nobody has seen yet go by their type, then by the status. */
export function policyOf(type: string | null, code: string | null, status: number): Policy {
  return lookUp(BY_CODE, code) ?? lookUp(BY_TYPE, type) ?? policyOfStatus(status)
}

/** The policy for an answer that is not Plaid's own: a load balancer's page, a body cut short. */
export function policyOfStatus(status: number): Policy {
  if (status === 429) return later(MINUTE)
  const trouble = status >= 500 || status === 408
  return { ...never, retryable: trouble, outage: trouble }
}

const lookUp = (policies: Record<string, Policy>, key: string | null) =>
  key !== null && Object.hasOwn(policies, key) ? policies[key] : undefined
