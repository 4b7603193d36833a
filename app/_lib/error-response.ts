/** Maps every error to a response; nothing else does. */
import { randomUUID } from 'node:crypto'
import { logRefusal } from '@/app/_lib/log-refusal'
import type { ErrorResponse, ReverificationHint } from '@/lib/api/responses'
import { type IntegrationError, isIntegrationError, isRequestError } from '@/lib/platform/errors'
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
  const refused = type === 'INVALID_REQUEST' || (type === 'INVALID_INPUT' && !retryable)
  return refused && code !== 'CIRCUIT_OPEN'
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

/**
 * The error as a response with our own message, never a vendor's text or a stack. The reference
 * finds the log line.
 */
export function errorResponse(
  thrown: unknown,
  request: Request,
  userId: string | null = null
): Response {
  const reference = requestId() ?? randomUUID()
  const { pathname: path } = new URL(request.url)
  if (isRequestError(thrown)) {
    logRefusal(thrown, request, { userId, reference })
    const retry = thrown.retryAfterMs
      ? { 'retry-after': String(Math.ceil(thrown.retryAfterMs / 1_000)) }
      : undefined
    const error = {
      code: thrown.code,
      message: thrown.message,
      ...(thrown.fields ? { fields: thrown.fields } : {}),
      reference
    }
    return respond(
      thrown.status,
      error,
      retry,
      thrown.reverifyWithinMinutes
        ? { clerk_error: reverificationHint(thrown.reverifyWithinMinutes) }
        : {}
    )
  }
  if (isIntegrationError(thrown) && !isOwnFault(thrown)) {
    log.warn('request.unavailable', {
      path,
      method: request.method,
      service: thrown.service,
      code: thrown.code,
      vendorRequestId: thrown.requestId,
      reference
    })
    return respond(
      503,
      { code: 'unavailable', message: messageFor(thrown), reference },
      { 'retry-after': '30' }
    )
  }
  const code = isIntegrationError(thrown) ? thrown.code : null
  log.error('request.failed', {
    path,
    method: request.method,
    fault: thrown instanceof Error ? thrown.name : 'unknown',
    code,
    stack: frames(thrown),
    reference
  })
  return respond(500, {
    code: 'fault',
    message:
      'Something went wrong on our side. Try again. If it happens again, contact us with the reference.',
    reference
  })
}

/** A statement that the database rejected will fail again: a programming error, not an outage. */
const isOwnFault = ({ service, retryable, code }: IntegrationError): boolean =>
  service === 'xata' && !retryable && code !== 'SEAL_BROKEN'

/** The stack without the message, which may contain user input. */
const frames = (thrown: unknown) =>
  thrown instanceof Error
    ? (thrown.stack ?? '')
        .split('\n')
        .filter((line) => line.startsWith('    at '))
        .slice(0, 8)
        .join('\n')
    : ''

function respond(
  status: number,
  error: ErrorResponse['error'],
  headers: Record<string, string> = {},
  more: Omit<ErrorResponse, 'error'> = {}
): Response {
  return Response.json({ error, ...more } satisfies ErrorResponse, {
    status,
    headers: { 'cache-control': 'no-store', ...headers }
  })
}
