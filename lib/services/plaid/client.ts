import 'server-only'
import { Configuration, PlaidApi } from 'plaid'
import { z } from 'zod'
import { env } from '@/lib/platform/env'
import { IntegrationError } from '@/lib/platform/errors'
import { once } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'
import { type VendorCall, vendorCaller } from '@/lib/platform/vendor-call'
import { recordVendorEvent } from '@/lib/services/data/vendor-events'
import { type Policy, policyOf, policyOfStatus } from '@/lib/services/plaid/error-policy'

/** One attempt; the deadline of the whole call is the caller's. */
const ATTEMPT_MS = 20_000
/** Far above the largest honest answer, a page of 500 transactions. */
const LARGEST_ANSWER = 32 * 1024 * 1024

const isLoopback = (url: string) =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

const plaid = () =>
  once('plaid', () => {
    const { baseUrl, clientId, secret } = env().plaid
    const baseOptions = {
      headers: { 'PLAID-CLIENT-ID': clientId, 'PLAID-SECRET': secret },
      timeout: ATTEMPT_MS,
      maxContentLength: LARGEST_ANSWER,
      // A redirect would carry the secret's header to wherever it points.
      maxRedirects: 0,
      // The SDK sends even loopback requests through HTTP_PROXY.
      ...(isLoopback(baseUrl) ? { proxy: false } : {})
    }
    return new PlaidApi(new Configuration({ basePath: baseUrl.replace(/\/+$/, ''), baseOptions }))
  })

/** For whom a call is made: goes into the row of the call, never to Plaid. */
export type CallContext = { userId: string; connectionId?: string }

const call = vendorCaller('plaid', recordVendorEvent)

type Request = (api: PlaidApi, options: { signal: AbortSignal }) => Promise<{ data: unknown }>

/** A code that the caller has an answer to is no sign of a wrong configuration, whatever it means elsewhere. */
type PlaidCall = VendorCall & { expected?: string }

const Envelope = z.object({ request_id: z.string() })

/**
 * One call of Plaid's API, its answer checked against a schema.
 * @throws IntegrationError with Plaid's own code, or TIMEOUT, UNREACHABLE, BAD_RESPONSE, CIRCUIT_OPEN, UNKNOWN (contracts: Plaid §2).
 */
export function callPlaid<Schema extends z.ZodType>(
  { expected, ...about }: PlaidCall,
  schema: Schema,
  request: Request
): Promise<z.output<Schema>> {
  return call(about, async (signal) => {
    const data = await answerOf(request, signal, expected)
    // The SDK hands over a cut-off body as a string and calls it a success.
    const envelope = Envelope.safeParse(data)
    if (!envelope.success) throw fault('BAD_RESPONSE', policyOfStatus(502))
    const requestId = identifier(envelope.data.request_id)
    const parsed = schema.safeParse(data)
    // A whole answer of another shape comes again in the same shape.
    if (!parsed.success) throw fault('BAD_RESPONSE', policyOfStatus(200), { requestId })
    return { value: parsed.data, requestId }
  })
}

async function answerOf(
  request: Request,
  signal: AbortSignal,
  expected?: string
): Promise<unknown> {
  try {
    return (await request(plaid(), { signal })).data
  } catch (thrown) {
    const error = toIntegrationError(thrown)
    if (error.code !== expected && policyOf(error.type, error.code, 0).operator)
      log.error('plaid.misconfigured', {
        service: 'plaid',
        code: error.code,
        vendorRequestId: error.requestId ?? ''
      })
    throw error
  }
}

const AxiosFault = z.object({
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
const PlaidFault = z.object({
  error_type: z.string().nullish(),
  error_code: z.string(),
  request_id: z.string().nullish()
})

/** Axios' name for a request that our signal ended, and for its two kinds of running out of time. */
const TIMEOUTS = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'])

/** Reads the few harmless fields and lets go of the rest: the SDK's error prints the secret and the access token. */
function toIntegrationError(thrown: unknown): IntegrationError {
  const read = AxiosFault.safeParse(thrown)
  if (!read.success) return fault('UNKNOWN', policyOfStatus(0))
  const { code, response } = read.data
  if (!response) return fault(withoutAnswer(code), policyOfStatus(503))
  const retryAfterMs = readRetryAfter(response.headers['retry-after'])
  const answer = PlaidFault.safeParse(response.data)
  // A good status in an error means that the line broke in the middle of the answer.
  const status = response.status < 300 ? 502 : response.status
  if (!answer.success) return fault('BAD_RESPONSE', policyOfStatus(status), { retryAfterMs })
  const type = identifier(answer.data.error_type)
  const vendorCode = identifier(answer.data.error_code)
  const policy = policyOf(type, vendorCode, response.status)
  return fault(vendorCode ?? 'UNKNOWN', policy, {
    type,
    requestId: identifier(answer.data.request_id),
    retryAfterMs
  })
}

function withoutAnswer(code: string | undefined): string {
  if (code && TIMEOUTS.has(code)) return 'TIMEOUT'
  return code === 'ERR_BAD_RESPONSE' ? 'BAD_RESPONSE' : 'UNREACHABLE'
}

type Known = { type?: string | null; requestId?: string | null; retryAfterMs?: number | null }

function fault(
  code: string,
  policy: Policy,
  { type = null, requestId = null, retryAfterMs = null }: Known = {}
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

/** Codes and ids end in logs and rows, so anything that does not look like one is dropped. */
const identifier = (text: string | null | undefined): string | null =>
  text && /^[\w-]{1,100}$/.test(text) ? text : null

const LONGEST_WAIT_MS = 4 * 3_600_000

/** Seconds, an HTTP date or an ISO time, as milliseconds from now. */
function readRetryAfter(header: string | undefined): number | null {
  if (!header) return null
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, ms))
}
