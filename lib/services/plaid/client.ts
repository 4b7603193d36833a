import 'server-only'
import { Configuration, PlaidApi } from 'plaid'
import { z } from 'zod'
import { env } from '@/lib/platform/env'
import { IntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'
import { createVendorCaller, type VendorCall } from '@/lib/platform/vendor-call'
import { recordVendorEvent } from '@/lib/services/data/vendor-events'
import { type ErrorPolicy, errorPolicy, statusPolicy } from '@/lib/services/plaid/error-policy'

/** Milliseconds per attempt; the call has its own deadline. */
const ATTEMPT_MS = 20_000
/** Well above the largest valid response, a page of 500 transactions. */
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024

const isLoopback = (url: string) =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

const plaid = () =>
  singleton('plaid', () => {
    const { baseUrl, clientId, secret } = env().plaid
    const baseOptions = {
      headers: { 'PLAID-CLIENT-ID': clientId, 'PLAID-SECRET': secret },
      timeout: ATTEMPT_MS,
      maxContentLength: MAX_RESPONSE_BYTES,
      // A redirect would carry the secret header to another host.
      maxRedirects: 0,
      // The SDK would send even loopback requests through HTTP_PROXY.
      ...(isLoopback(baseUrl) ? { proxy: false } : {})
    }
    return new PlaidApi(new Configuration({ basePath: baseUrl.replace(/\/+$/, ''), baseOptions }))
  })

/** The user and connection of a call, for the call log only; never sent to Plaid. */
export type CallContext = { userId: string; connectionId?: string }

const call = createVendorCaller('plaid', recordVendorEvent)

type Request = (api: PlaidApi, options: { signal: AbortSignal }) => Promise<{ data: unknown }>

/** `expected` is an error code that the caller handles; it is not logged as a misconfiguration. */
type PlaidCall = VendorCall & { expected?: string }

const Envelope = z.object({ request_id: z.string() })

/**
 * One call of Plaid's API, with the response validated by a schema.
 * @throws IntegrationError with Plaid's code, or TIMEOUT, UNREACHABLE, BAD_RESPONSE, CIRCUIT_OPEN
 * (contracts: Plaid §2).
 */
export function callPlaid<Schema extends z.ZodType>(
  { expected, ...about }: PlaidCall,
  schema: Schema,
  request: Request
): Promise<z.output<Schema>> {
  return call(about, async (signal) => {
    const data = await sendRequest(request, signal, expected)
    // The SDK returns a truncated body as a string and treats it as success.
    const envelope = Envelope.safeParse(data)
    if (!envelope.success) throw plaidError('BAD_RESPONSE', statusPolicy(502))
    const requestId = safeIdentifier(envelope.data.request_id)
    const parsed = schema.safeParse(data)
    // A complete response of the wrong shape would be the same on a retry.
    if (!parsed.success) throw plaidError('BAD_RESPONSE', statusPolicy(200), { requestId })
    return { value: parsed.data, requestId }
  })
}

async function sendRequest(
  request: Request,
  signal: AbortSignal,
  expected?: string
): Promise<unknown> {
  try {
    return (await request(plaid(), { signal })).data
  } catch (thrown) {
    const failure = AxiosErrorShape.safeParse(thrown)
    // The SDK threw before it sent anything: our mistake, not Plaid's.
    if (!failure.success) throw thrown
    const error = toIntegrationError(failure.data)
    if (error.code !== expected && errorPolicy(error.type, error.code, 0).operator)
      log.error('plaid.misconfigured', {
        service: 'plaid',
        code: error.code,
        vendorRequestId: error.requestId ?? ''
      })
    throw error
  }
}

const AxiosErrorShape = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional(),
  response: z
    .object({
      status: z.number(),
      data: z.unknown(),
      headers: z.object({ 'retry-after': z.string().optional().catch(undefined) })
    })
    .optional()
})
const PlaidErrorBody = z.object({
  error_type: z.string().nullish(),
  error_code: z.string(),
  request_id: z.string().nullish()
})

/** Axios' codes for an aborted request and its two kinds of timeout. */
const TIMEOUTS = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'])

/** Keeps only harmless fields: the SDK's error prints the secret and the access token. */
function toIntegrationError({
  code,
  response
}: z.output<typeof AxiosErrorShape>): IntegrationError {
  if (!response) return plaidError(networkErrorCode(code), statusPolicy(503))
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'])
  const answer = PlaidErrorBody.safeParse(response.data)
  // A success status inside an error means that the connection broke mid-response.
  const status = response.status < 300 ? 502 : response.status
  if (!answer.success) return plaidError('BAD_RESPONSE', statusPolicy(status), { retryAfterMs })
  const type = safeIdentifier(answer.data.error_type)
  const vendorCode = safeIdentifier(answer.data.error_code)
  const policy = errorPolicy(type, vendorCode, response.status)
  return plaidError(vendorCode ?? 'UNKNOWN', policy, {
    type,
    requestId: safeIdentifier(answer.data.request_id),
    retryAfterMs
  })
}

function networkErrorCode(code: string | undefined): string {
  if (code && TIMEOUTS.has(code)) return 'TIMEOUT'
  return code === 'ERR_BAD_RESPONSE' ? 'BAD_RESPONSE' : 'UNREACHABLE'
}

type ErrorDetails = {
  type?: string | null
  requestId?: string | null
  retryAfterMs?: number | null
}

function plaidError(
  code: string,
  policy: ErrorPolicy,
  { type = null, requestId = null, retryAfterMs = null }: ErrorDetails = {}
): IntegrationError {
  const { retryable, outage } = policy
  return new IntegrationError({
    service: 'plaid',
    code,
    type,
    requestId,
    retryable,
    outage,
    retryAfterMs: retryAfterMs ?? policy.retryAfterMs
  })
}

/** Codes and ids are logged and stored, so anything else is dropped. */
const safeIdentifier = (text: string | null | undefined): string | null =>
  text && /^[\w-]{1,100}$/.test(text) ? text : null

const MAX_RETRY_AFTER_MS = 4 * 3_600_000

/** Parses seconds, an HTTP date or an ISO time into milliseconds from now. */
function parseRetryAfter(header: string | undefined): number | null {
  if (!header) return null
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, ms))
}
