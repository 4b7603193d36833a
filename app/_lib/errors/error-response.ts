/** Maps every error to a response; nothing else does. */
import { randomUUID } from 'node:crypto'
import { logRefusal } from '@/app/_lib/errors/log-refusal'
import { stackFrames } from '@/app/_lib/errors/stack-frames'
import { acceptedLanguage, messageTranslator } from '@/app/_lib/errors/translate-message'
import type { ErrorResponse, ReverificationHint } from '@/lib/api/responses'
import {
  type IntegrationError,
  isIntegrationError,
  isRequestError,
  type RequestError
} from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { requestId } from '@/lib/platform/request-context'

/** Clerk's `level: second_factor` asks for the second factor only where the user has one. */
const reverificationHint = (afterMinutes: number): ReverificationHint => ({
  type: 'forbidden',
  reason: 'reverification-error',
  metadata: { reverification: { level: 'second_factor', afterMinutes } }
})

/**
 * Plaid errors with messages of their own: an institution outage, and keys or settings that only an
 * operator can fix.
 */
function plaidMessage({ type, code, retryable }: IntegrationError): string | undefined {
  if (type === 'INSTITUTION_ERROR')
    return 'Your bank is not answering Plaid right now. Nothing was added or changed. Try again later.'
  const isRefused = type === 'INVALID_REQUEST' || (type === 'INVALID_INPUT' && !retryable)
  return isRefused && code !== 'CIRCUIT_OPEN'
    ? 'Connecting banks is not set up correctly on our side. Trying again does not help until we have fixed it.'
    : undefined
}

const BUSY: Record<string, string> = {
  plaid: 'We cannot reach your bank connection service right now. Try again in a few minutes.',
  jiko: 'We cannot reach Jiko right now. Try again in a few minutes.',
  clerk: 'We cannot check who you are right now. Try again in a few minutes.',
  xata: 'We cannot reach our storage right now. Try again in a few minutes.'
}

const SEALED = 'We cannot open your stored data right now. Nothing is lost. Try again later.'

function messageFor(error: IntegrationError): string {
  if (error.code === 'SEAL_BROKEN') return SEALED
  return (
    (error.service === 'plaid' && plaidMessage(error)) ||
    (BUSY[error.service] ?? 'Try again in a few minutes.')
  )
}

type Failed = { request: Request; userId: string | null; reference: string }

/**
 * The error as a response with our own message, never a vendor's text or a stack. The reference
 * finds the log line.
 */
export function errorResponse(
  thrown: unknown,
  request: Request,
  userId: string | null = null
): Response {
  const failed = { request, userId, reference: requestId() ?? randomUUID() }
  if (isRequestError(thrown)) return refused(thrown, failed)
  if (isIntegrationError(thrown) && !isOwnFault(thrown)) return unavailable(thrown, failed)
  return fault(thrown, failed)
}

function refused(thrown: RequestError, { request, userId, reference }: Failed): Response {
  logRefusal(thrown, request, { userId, reference })
  const { status, code, message, fields, retryAfterMs, reverifyWithinMinutes } = thrown
  return respond(
    request,
    status,
    { code, message, ...(fields ? { fields } : {}), reference },
    retryAfterMs ? { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) } : undefined,
    reverifyWithinMinutes ? { clerk_error: reverificationHint(reverifyWithinMinutes) } : {}
  )
}

function unavailable(thrown: IntegrationError, { request, reference }: Failed): Response {
  log.warn('request.unavailable', {
    path: new URL(request.url).pathname,
    method: request.method,
    service: thrown.service,
    code: thrown.code,
    vendorRequestId: thrown.requestId,
    reference
  })
  return respond(
    request,
    503,
    { code: 'unavailable', message: messageFor(thrown), reference },
    { 'retry-after': '30' }
  )
}

function fault(thrown: unknown, { request, reference }: Failed): Response {
  log.error('request.failed', {
    path: new URL(request.url).pathname,
    method: request.method,
    fault: thrown instanceof Error ? thrown.name : 'unknown',
    code: isIntegrationError(thrown) ? thrown.code : null,
    stack: stackFrames(thrown),
    reference
  })
  return respond(request, 500, {
    code: 'fault',
    message:
      'Something went wrong on our side. Try again. If it happens again, contact us with the reference.',
    reference
  })
}

/** A statement that the database rejected will fail again: a programming error, not an outage. */
const isOwnFault = ({ service, retryable, code }: IntegrationError): boolean =>
  service === 'xata' && !retryable && code !== 'SEAL_BROKEN'

const mapValues = (fields: Record<string, string>, change: (value: string) => string) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]))

function respond(
  request: Request,
  status: number,
  { message, fields, ...error }: ErrorResponse['error'],
  headers: Record<string, string> = {},
  more: Omit<ErrorResponse, 'error'> = {}
): Response {
  const translate = messageTranslator(acceptedLanguage(request))
  const translated = {
    ...error,
    message: translate(message),
    ...(fields ? { fields: mapValues(fields, translate) } : {})
  }
  return Response.json({ error: translated, ...more } satisfies ErrorResponse, {
    status,
    headers: { 'cache-control': 'no-store, no-transform', ...headers }
  })
}
