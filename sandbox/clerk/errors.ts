/** The vendor's error envelope, and the refusals this stand-in can give (codes, texts and `param_name` as the hosted service's). */
import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

type Entry = { code: string; message: string; long_message: string; meta?: Record<string, unknown> }

/** Thrown by any route; answered as the vendor's envelope by `answerRefusal`. */
export class ClerkRefusal extends Error {
  constructor(
    readonly status: number,
    readonly entry: Entry
  ) {
    super(entry.code)
  }
}

/** @param param which form field the text appears under in the prebuilt components. */
export function refusal(
  status: number,
  code: string,
  message: string,
  longMessage = message,
  param?: string
): ClerkRefusal {
  return new ClerkRefusal(status, {
    code,
    message,
    long_message: longMessage,
    ...(param ? { meta: { param_name: param } } : {})
  })
}

export function answerRefusal(c: Context, { status, entry }: ClerkRefusal): Response {
  return c.json(
    { errors: [entry], clerk_trace_id: randomBytes(16).toString('hex') },
    status as ContentfulStatusCode
  )
}

export const notFound = (what: string) =>
  refusal(404, 'resource_not_found', 'Resource not found', `No ${what} was found with that id.`)

export const missingParam = (param: string) =>
  refusal(422, 'form_param_missing', 'is missing', `${param} must be included.`, param)

export const unknownParam = (param: string) =>
  refusal(
    422,
    'form_param_unknown',
    'is unknown',
    `${param} is not a valid parameter for this request.`,
    param
  )

export const invalidValue = (param: string) =>
  refusal(
    422,
    'form_param_value_invalid',
    'is invalid',
    `The value for ${param} is not one this request accepts.`,
    param
  )

export const identifierTaken = () =>
  refusal(
    422,
    'form_identifier_exists',
    'That email address is taken. Please try another.',
    undefined,
    'email_address'
  )

export const phoneTaken = () =>
  refusal(
    422,
    'form_identifier_exists',
    'That phone number is taken. Please try another.',
    undefined,
    'phone_number'
  )

export const codeIncorrect = () =>
  refusal(422, 'form_code_incorrect', 'is incorrect', 'Incorrect code', 'code')

export const verificationMissing = () =>
  refusal(
    400,
    'verification_missing',
    'Verification missing',
    'You need to send a verification code before attempting to verify.'
  )

/** The browser's SDK answers this by asking the person to prove again who they are, then repeats the request. */
export const reverificationRequired = () =>
  refusal(
    403,
    'session_reverification_required',
    'Reverification required',
    'You need to verify your session again before you can do this.'
  )

export const noActiveSession = () =>
  refusal(
    401,
    'authentication_invalid',
    'Invalid authentication',
    'Unable to authenticate the request, you need to supply an active session'
  )

export const userBanned = () =>
  refusal(
    403,
    'user_banned',
    'User is banned',
    'Your account is not allowed to sign in. Contact support.'
  )

const GENERIC: Record<number, [code: string, message: string]> = {
  400: ['bad_request', 'Bad request'],
  401: ['authentication_invalid', 'Invalid authentication'],
  404: ['resource_not_found', 'Resource not found'],
  409: ['conflict', 'Conflict'],
  422: ['form_param_format_invalid', 'is invalid'],
  429: ['too_many_requests', 'Too many requests. Please try again in a bit.'],
  503: ['service_unavailable', 'Service unavailable']
}

/** What a vendor in trouble answers, for faults on demand. */
export function vendorError(c: Context, status: number, code: string | undefined): Response {
  const [usual, message] = GENERIC[status] ?? [
    'internal_clerk_error',
    'There was an internal error on our servers.'
  ]
  return answerRefusal(c, refusal(status, code ?? usual, message))
}

/** The answer to whatever a route threw; what is no refusal is a fault of this stand-in, and said so. */
export function answerThrown(error: Error, c: Context): Response {
  if (error instanceof ClerkRefusal) return answerRefusal(c, error)
  console.error('[clerk] fault of the stand-in', error)
  return vendorError(c, 500, undefined)
}
