/** The two errors of the house: a vendor or storage failed, or the request cannot be done. */
export type Vendor = 'clerk' | 'plaid' | 'jiko'
export type Service = Vendor | 'xata' | 'mail'

export type IntegrationErrorInit = {
  service: Service
  /** The vendor's own code, else TIMEOUT | UNREACHABLE | BAD_RESPONSE | CIRCUIT_OPEN | UNKNOWN. */
  code: string
  /** Whether the same call may succeed later without anyone doing anything. */
  retryable: boolean
  requestId?: string | null
  /** The vendor as a whole is in trouble (counts towards the circuit breaker), not just this person's Item or input. */
  outage?: boolean
  /** How long the vendor asked us to wait, in milliseconds. */
  retryAfterMs?: number | null
  /** The vendor's own family of codes, such as Plaid's error_type. */
  type?: string | null
}

/** Next builds several copies of this module into one server, so an error is recognised by what it carries, not by its class. */
const BRAND = Symbol.for('pangea.error')
const isBranded = (thrown: unknown, name: string): boolean =>
  typeof thrown === 'object' && thrown !== null && (thrown as { [BRAND]?: unknown })[BRAND] === name

/** Whether work that ended so should be tried until it succeeds. What is an outage ends, if only by somebody correcting our keys. */
export const isTransient = ({
  retryable,
  outage
}: Pick<IntegrationError, 'retryable' | 'outage'>): boolean => retryable || outage

export const isIntegrationError = (thrown: unknown): thrown is IntegrationError =>
  isBranded(thrown, 'IntegrationError')
export const isRequestError = (thrown: unknown): thrown is RequestError =>
  isBranded(thrown, 'RequestError')

/**
 * A vendor or the storage did not do what was asked. Holds words of ours only: the vendor's error object is never kept,
 * because it prints the secrets that were sent.
 */
export class IntegrationError extends Error {
  readonly [BRAND] = 'IntegrationError'
  readonly service: Service
  readonly code: string
  readonly retryable: boolean
  readonly requestId: string | null
  readonly outage: boolean
  readonly retryAfterMs: number | null
  readonly type: string | null

  constructor(fault: IntegrationErrorInit, message = `${fault.service} answered ${fault.code}`) {
    super(message)
    this.name = 'IntegrationError'
    this.service = fault.service
    this.code = fault.code
    this.retryable = fault.retryable
    this.requestId = fault.requestId ?? null
    this.outage = fault.outage ?? false
    this.retryAfterMs = fault.retryAfterMs ?? null
    this.type = fault.type ?? null
  }
}

const STATUSES = {
  unauthenticated: 401,
  bad_signature: 401,
  forbidden: 403,
  reverification_required: 403,
  not_found: 404,
  conflict: 409,
  agreements_changed: 409,
  refused: 409,
  phone_not_proven: 409,
  user_changed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  too_many_requests: 429,
  unavailable: 503
} as const

export type RequestErrorCode = keyof typeof STATUSES

/** The request cannot be done; the message is a sentence for the person, with a next step. */
export class RequestError extends Error {
  readonly [BRAND] = 'RequestError'
  readonly code: RequestErrorCode
  readonly status: number
  /** Field name → what to do about it. */
  readonly fields: Record<string, string> | null
  readonly retryAfterMs: number | null

  constructor(
    code: RequestErrorCode,
    message: string,
    more: { fields?: Record<string, string>; retryAfterMs?: number } = {}
  ) {
    super(message)
    this.name = 'RequestError'
    this.code = code
    this.status = STATUSES[code]
    this.fields = more.fields ?? null
    this.retryAfterMs = more.retryAfterMs ?? null
  }
}
