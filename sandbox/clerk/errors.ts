/**
 * The vendor's error envelope, and the refusals of this emulator (codes, texts and `param_name` as
 * in the hosted service).
 */
import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

type ErrorEntry = {
  code: string
  message: string
  long_message: string
  meta?: Record<string, unknown>
}

/** Thrown by any route; `handleError` turns it into the vendor's envelope. */
export class ClerkApiError extends Error {
  readonly status: number
  readonly entry: ErrorEntry
  constructor(status: number, entry: ErrorEntry) {
    super(entry.code)
    this.status = status
    this.entry = entry
  }
}

/** @param param the form field under which the prebuilt components show the text. */
export function apiError(
  status: number,
  code: string,
  message: string,
  longMessage = message,
  param?: string
): ClerkApiError {
  return new ClerkApiError(status, {
    code,
    message,
    long_message: longMessage,
    ...(param ? { meta: { param_name: param } } : {})
  })
}

export function errorResponse(c: Context, { status, entry }: ClerkApiError): Response {
  return c.json(
    { errors: [entry], clerk_trace_id: randomBytes(16).toString('hex') },
    status as ContentfulStatusCode
  )
}

export const notFound = (what: string) =>
  apiError(404, 'resource_not_found', 'Resource not found', `No ${what} was found with that id.`)

export const identifierNotFound = () =>
  apiError(422, 'form_identifier_not_found', "Couldn't find your account.", undefined, 'identifier')

export const missingParam = (param: string) =>
  apiError(422, 'form_param_missing', 'is missing', `${param} must be included.`, param)

export const unknownParam = (param: string) =>
  apiError(
    422,
    'form_param_unknown',
    'is unknown',
    `${param} is not a valid parameter for this request.`,
    param
  )

export const invalidValue = (param: string) =>
  apiError(
    422,
    'form_param_value_invalid',
    'is invalid',
    `The value for ${param} is not one this request accepts.`,
    param
  )

export const identifierTaken = () =>
  apiError(
    422,
    'form_identifier_exists',
    'That email address is taken. Please try another.',
    undefined,
    'email_address'
  )

export const phoneTaken = () =>
  apiError(
    422,
    'form_identifier_exists',
    'That phone number is taken. Please try another.',
    undefined,
    'phone_number'
  )

export const codeIncorrect = () =>
  apiError(422, 'form_code_incorrect', 'is incorrect', 'Incorrect code', 'code')

export const verificationMissing = () =>
  apiError(
    400,
    'verification_missing',
    'Verification missing',
    'You need to send a verification code before attempting to verify.'
  )

/** The browser SDK answers this by asking the user to verify again, then repeats the request. */
export const reverificationRequired = () =>
  apiError(
    403,
    'session_reverification_required',
    'Reverification required',
    'You need to verify your session again before you can do this.'
  )

export const noActiveSession = () =>
  apiError(
    401,
    'authentication_invalid',
    'Invalid authentication',
    'Unable to authenticate the request, you need to supply an active session'
  )

export const userBanned = () =>
  apiError(
    403,
    'user_banned',
    'User is banned',
    'Your account is not allowed to sign in. Contact support.'
  )

const ERROR_BY_STATUS: Record<number, [code: string, message: string]> = {
  400: ['bad_request', 'Bad request'],
  401: ['authentication_invalid', 'Invalid authentication'],
  404: ['resource_not_found', 'Resource not found'],
  409: ['conflict', 'Conflict'],
  422: ['form_param_format_invalid', 'is invalid'],
  429: ['too_many_requests', 'Too many requests. Please try again in a bit.'],
  503: ['service_unavailable', 'Service unavailable']
}

/** The error body of an injected fault. */
export function vendorError(c: Context, status: number, code: string | undefined): Response {
  const [usual, message] = ERROR_BY_STATUS[status] ?? [
    'internal_clerk_error',
    'There was an internal error on our servers.'
  ]
  return errorResponse(c, apiError(status, code ?? usual, message))
}

/**
 * Turns a thrown value into a response; anything that is not a refusal is logged as a bug of this
 * emulator.
 */
export function handleError(error: Error, c: Context): Response {
  if (error instanceof ClerkApiError) return errorResponse(c, error)
  console.error('[clerk emulator] unexpected error', error)
  return vendorError(c, 500, undefined)
}
