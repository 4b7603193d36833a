/** Plaid's error envelope and the codes of this emulator. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export type PlaidErrorBody = {
  error_type: string
  error_code: string
  error_message: string
  display_message: string | null
}

type ErrorEntry = { type: string; status: number; message: string; display: string | null }

const item = (message: string, display: string | null = null): ErrorEntry => ({
  type: 'ITEM_ERROR',
  status: 400,
  message,
  display
})
const input = (message: string): ErrorEntry => ({
  type: 'INVALID_INPUT',
  status: 400,
  message,
  display: null
})
const request = (message: string, status = 400): ErrorEntry => ({
  type: 'INVALID_REQUEST',
  status,
  message,
  display: null
})
const bank = (message: string, display: string | null): ErrorEntry => ({
  type: 'INSTITUTION_ERROR',
  status: 400,
  message,
  display
})
const limit = (message: string): ErrorEntry => ({
  type: 'RATE_LIMIT_EXCEEDED',
  status: 429,
  message,
  display: null
})

const ERRORS: Record<string, ErrorEntry> = {
  ACCESS_NOT_GRANTED: item(
    'access to this product was not granted for the account',
    'You need to allow access to your account data to continue.'
  ),
  INSUFFICIENT_CREDENTIALS: item(
    'the sign-in at the institution was not finished',
    'Sign-in was not finished. Please try again.'
  ),
  INVALID_CREDENTIALS: item(
    'the provided credentials were not correct',
    'The username or password was not correct. Please try again.'
  ),
  INVALID_MFA: item(
    'the provided multi-factor answers were not correct',
    'The answer was not correct. Please try again.'
  ),
  INVALID_SEND_METHOD: item('the chosen way to send a code is not valid', null),
  INVALID_UPDATED_USERNAME: item(
    'the username differs from the one the Item was made with',
    'Please use the login you used before.'
  ),
  ITEM_CONCURRENTLY_DELETED: item('the Item was removed while this request ran'),
  ITEM_LOCKED: item(
    'the account is locked',
    'Your account is locked. Please unlock it at your bank and try again.'
  ),
  ITEM_LOGIN_REQUIRED: item(
    "the login details of this item have changed (credentials, MFA, or required user action) and a user login is required to update this information. use Link's update mode to restore the item to a good state",
    'Please sign in to your bank again.'
  ),
  ITEM_NOT_FOUND: item('the Item could not be found: it was never made or has been removed'),
  ITEM_NOT_SUPPORTED: item('this account is not supported', 'This account is not supported.'),
  MFA_NOT_SUPPORTED: item(
    'this form of multi-factor authentication is not supported',
    'Your kind of account security is not supported.'
  ),
  NO_ACCOUNTS: item(
    'there are no compatible accounts for this Item',
    'None of these accounts can be used here. Choose others, or another bank.'
  ),
  NO_AUTH_ACCOUNTS: item('there are no accounts that support Auth'),
  NO_INVESTMENT_ACCOUNTS: item(
    'there are no valid investment account(s) associated with this Item'
  ),
  NO_LIABILITY_ACCOUNTS: item('there are no valid liability account(s) associated with this Item'),
  PASSWORD_RESET_REQUIRED: item(
    'the password must be reset at the institution',
    'Please reset your password at your bank.'
  ),
  PRODUCT_NOT_ENABLED: item('the product is not enabled for this Item'),
  PRODUCT_NOT_READY: item(
    'the requested product is not yet ready. please provide a webhook or try the request again later'
  ),
  PRODUCTS_NOT_SUPPORTED: item('the institution does not support the requested product'),
  USER_INPUT_TIMEOUT: item(
    'the user did not answer in time',
    'You took too long to answer. Please try again.'
  ),
  USER_SETUP_REQUIRED: item(
    'the user must finish something at the institution',
    'Please sign in to your bank directly and finish setting up your account.'
  ),
  ADDITIONAL_CONSENT_REQUIRED: input('client does not have user consent to access the product'),
  COUNTRY_NOT_SUPPORTED: bank(
    'the country of this account is not supported',
    'Accounts of this country are not supported.'
  ),
  INVALID_ACCESS_TOKEN: input(
    'provided access token is in an invalid format, was removed or rotated, or belongs to another environment'
  ),
  INVALID_ACCOUNT_ID: input('could not find the account_id on this Item'),
  INVALID_API_KEYS: input('invalid client_id or secret provided'),
  INVALID_INSTITUTION: input('invalid institution_id provided'),
  INVALID_LINK_TOKEN: input('link token has expired, is unknown or belongs to another environment'),
  INVALID_PRODUCT: input('client is not authorized to access the requested product'),
  INVALID_PUBLIC_TOKEN: input(
    'provided public token is expired, already used, or belongs to another environment'
  ),
  INVALID_WEBHOOK_VERIFICATION_KEY_ID: input('invalid key_id provided'),
  UNAUTHORIZED_ENVIRONMENT: input('you are not authorized to create items in this environment'),
  UNAUTHORIZED_ROUTE_ACCESS: input('client is not authorized to access this route'),
  USER_PERMISSION_REVOKED: input(
    'the holder of this account has revoked their permission for your application to access it'
  ),
  INVALID_BODY: request('body could not be parsed as JSON'),
  INVALID_FIELD: request('a field has an invalid value'),
  INVALID_HEADERS: request('the request headers are not valid'),
  MISSING_FIELDS: request('required fields are missing'),
  NOT_FOUND: request('the requested route does not exist', 404),
  SANDBOX_ONLY: request('this route is only available in sandbox'),
  UNKNOWN_FIELDS: request('a field is not recognized by this endpoint'),
  TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION: {
    type: 'TRANSACTIONS_ERROR',
    status: 400,
    message:
      'Underlying transaction data changed since last page was fetched. Please restart pagination from last update.',
    display: null
  },
  INSTITUTION_DOWN: bank(
    'this institution is not currently responding to requests',
    'This bank is not responding right now. Please try again later.'
  ),
  INSTITUTION_NOT_AVAILABLE: bank(
    'this institution is not currently available',
    'This bank is not available right now. Please try again later.'
  ),
  INSTITUTION_NOT_RESPONDING: bank(
    'this institution is not currently responding to this request',
    'This bank is not responding right now. Please try again later.'
  ),
  INSTITUTION_NO_LONGER_SUPPORTED: bank(
    'this institution is no longer supported',
    'This bank is no longer supported.'
  ),
  INSTITUTION_REGISTRATION_REQUIRED: bank(
    'the client must register with this institution first',
    null
  ),
  UNAUTHORIZED_INSTITUTION: bank('not authorized to access this institution', null),
  RATE_LIMIT: limit(
    'rate limit exceeded for attempts to access this route. please try again later'
  ),
  INTERNAL_SERVER_ERROR: {
    type: 'API_ERROR',
    status: 500,
    message: 'an unexpected error occurred',
    display: null
  },
  PLANNED_MAINTENANCE: {
    type: 'API_ERROR',
    status: 503,
    message: 'the systems are down for planned maintenance',
    display: null
  },
  SANDBOX_PRODUCT_NOT_ENABLED: {
    type: 'SANDBOX_ERROR',
    status: 400,
    message: 'the Item was not made with the product of this webhook',
    display: null
  },
  SANDBOX_WEBHOOK_INVALID: {
    type: 'SANDBOX_ERROR',
    status: 400,
    message: 'the Item has no webhook URL set, or the code cannot be fired',
    display: null
  },
  RECAPTCHA_BAD: {
    type: 'RECAPTCHA_ERROR',
    status: 400,
    message: 'the recaptcha was not solved',
    display: 'Please try again.'
  }
}

/** An error with a Plaid code; routes throw it, and `plaidError` builds the envelope. */
export class PlaidApiError extends Error {
  readonly code: string
  readonly detail: string | undefined
  constructor(code: string, detail?: string) {
    super(code)
    this.code = code
    this.detail = detail
  }
  /** Type, code and messages, without the request id. */
  body(): PlaidErrorBody {
    return errorBody(this.code, this.detail)
  }
}

export const isKnownCode = (code: string) => code in ERRORS

/**
 * Error fields of a code; an unlisted `*_LIMIT` is a rate limit, anything else unlisted an
 * ITEM_ERROR.
 */
export function errorBody(code: string, detail?: string): PlaidErrorBody {
  const entry = entryOf(code)
  return {
    error_type: entry.type,
    error_code: code,
    error_message: detail ?? entry.message,
    display_message: entry.display
  }
}

/** `INVALID_INPUT` is explained at `#invalid-input-errors`; types that end in ERROR add an s. */
const documentationOf = (code: string): string =>
  `https://plaid.com/docs/?ref=error#${entryOf(code)
    .type.toLowerCase()
    .replaceAll('_', '-')
    .replace(/(-error)?$/, '-errors')}`

export const statusOf = (code: string) => entryOf(code).status

/** Responds with the envelope of one code. */
export function errorResponse(
  c: Context,
  code: string,
  requestId: string,
  detail?: string
): Response {
  const body = {
    ...errorBody(code, detail),
    request_id: requestId,
    documentation_url: documentationOf(code),
    suggested_action: null
  }
  return c.json(body, statusOf(code) as ContentfulStatusCode)
}

/** The usual code of a status, for injected faults. */
export function codeForStatus(status: number): string {
  if (status === 429) return 'RATE_LIMIT'
  if (status === 503) return 'PLANNED_MAINTENANCE'
  if (status === 404) return 'NOT_FOUND'
  return status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'INVALID_FIELD'
}

function entryOf(code: string): ErrorEntry {
  const known = Object.hasOwn(ERRORS, code) ? ERRORS[code] : undefined
  if (known) return known
  return code.endsWith('_LIMIT')
    ? limit(`rate limit exceeded: ${code}`)
    : item('the Item is in an error state')
}
