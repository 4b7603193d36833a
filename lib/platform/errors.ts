/** The two error classes: a vendor or storage failed, or a request cannot be fulfilled. */
export type Vendor = 'clerk' | 'plaid' | 'jiko'
export type Service = Vendor | 'xata' | 'mail'

export type IntegrationErrorInit = {
  service: Service
  /** The vendor's code, else TIMEOUT | UNREACHABLE | BAD_RESPONSE | CIRCUIT_OPEN | UNKNOWN. */
  code: string
  /** Whether the same call may succeed later without intervention. */
  retryable: boolean
  requestId?: string | null
  /**
   * The vendor as a whole is failing, not one Item or input. Counts towards the circuit breaker.
   */
  outage?: boolean
  /** The vendor's Retry-After in milliseconds. */
  retryAfterMs?: number | null
  /** The vendor's error category, such as Plaid's error_type. */
  type?: string | null
}

/**
 * Next builds several copies of this module into one server, so errors are recognised by brand,
 * not by class.
 */
const BRAND = Symbol.for('pangea.error')
const isBranded = (thrown: unknown, name: string): boolean =>
  typeof thrown === 'object' && thrown !== null && (thrown as { [BRAND]?: unknown })[BRAND] === name

/**
 * Whether a failed job should be retried until it succeeds. Outages count, because they end, at
 * the latest when an operator fixes our keys.
 */
export const isTransient = ({
  retryable,
  outage
}: Pick<IntegrationError, 'retryable' | 'outage'>): boolean => retryable || outage

export const isIntegrationError = (thrown: unknown): thrown is IntegrationError =>
  isBranded(thrown, 'IntegrationError')
export const isRequestError = (thrown: unknown): thrown is RequestError =>
  isBranded(thrown, 'RequestError')

/**
 * A failure of a vendor or the storage. Contains only our own words: vendor error objects print
 * the secrets that were sent.
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

/** HTTP status of each error code. */
export const ERROR_STATUSES = {
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

export type RequestErrorCode = keyof typeof ERROR_STATUSES

/** The request cannot be fulfilled. The message is a sentence for the user with a next step. */
export class RequestError extends Error {
  readonly [BRAND] = 'RequestError'
  readonly code: RequestErrorCode
  readonly status: number
  /** Field name → what to correct. */
  readonly fields: Record<string, string> | null
  readonly retryAfterMs: number | null
  /** The highest accepted age of a verification, for reverification_required. */
  readonly reverifyWithinMinutes: number | null
  /** The check or limit that decided, for the security log. */
  readonly rule: string | null

  constructor(
    code: RequestErrorCode,
    message: string,
    more: {
      fields?: Record<string, string>
      retryAfterMs?: number
      reverifyWithinMinutes?: number
      rule?: string
    } = {}
  ) {
    super(message)
    this.name = 'RequestError'
    this.code = code
    this.status = ERROR_STATUSES[code]
    this.fields = more.fields ?? null
    this.retryAfterMs = more.retryAfterMs ?? null
    this.reverifyWithinMinutes = more.reverifyWithinMinutes ?? null
    this.rule = more.rule ?? null
  }
}
