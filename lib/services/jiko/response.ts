import 'server-only'
import { z } from 'zod'
import { IntegrationError } from '@/lib/platform/errors'

export type RawResponse = { status: number; headers: Headers; text: string }

/**
 * Parses a response by its schema. @throws IntegrationError with a code by status (contracts: Jiko
 * §7).
 */
export function parseResponse<T>(
  { status, headers, text }: RawResponse,
  schema: z.ZodType<T>
): { value: T; requestId: string | null } {
  const requestId = headers.get('x-request-id')
  const json = parseJson(text)
  if (json === NOT_JSON || (status >= 300 && status < 400)) throw badResponse(requestId, status)
  if (status >= 400) throw toIntegrationError(status, headers, json)
  const parsed = schema.safeParse(json)
  // A well-formed response of the wrong shape would be the same on a retry.
  if (!parsed.success)
    throw new IntegrationError({
      service: 'jiko',
      code: 'BAD_RESPONSE',
      retryable: false,
      requestId
    })
  return { value: parsed.data, requestId }
}

const NOT_JSON = Symbol('not JSON')

function parseJson(text: string): unknown {
  if (!text) return null
  try {
    return JSON.parse(text)
  } catch {
    return NOT_JSON
  }
}

/** Responses from an intermediary or truncated ones: may be retried. */
const badResponse = (requestId: string | null, status: number) =>
  new IntegrationError({
    service: 'jiko',
    code: 'BAD_RESPONSE',
    retryable: true,
    outage: status >= 500,
    requestId
  })

/** Jiko publishes no error codes, so the status is mapped to ours. */
const CODE_BY_STATUS: Record<number, string> = {
  400: 'REFUSED',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'KEY_USED',
  412: 'PRECONDITION_FAILED',
  422: 'REFUSED',
  429: 'RATE_LIMITED'
}

/** Validation errors are a list of fields or a problem with one sentence (contracts: Jiko §7). */
const Envelope = z.looseObject({
  detail: z
    .union([
      z.array(z.looseObject({ loc: z.array(z.union([z.string(), z.number()])) })),
      z.string()
    ])
    .optional(),
  trace_id: z
    .string()
    .regex(/^[\w.-]{1,200}$/)
    .optional()
    .catch(undefined)
})

/**
 * Maps an error response. Its text may repeat our request, so only field names of a list are kept,
 * as the error's `type`.
 */
function toIntegrationError(status: number, headers: Headers, body: unknown): IntegrationError {
  const envelope = Envelope.safeParse(body)
  const { detail, trace_id } = envelope.success ? envelope.data : {}
  const down = status >= 500
  return new IntegrationError({
    service: 'jiko',
    code: CODE_BY_STATUS[status] ?? (down ? 'UNAVAILABLE' : 'UNKNOWN'),
    retryable: down || status === 429,
    outage: down,
    requestId: headers.get('x-request-id') ?? trace_id ?? null,
    retryAfterMs: retryAfterMs(headers.get('retry-after')),
    type: Array.isArray(detail) ? fieldNames(detail.map(({ loc }) => loc)) : null
  })
}

const FIELD_NAME = /^[a-z][a-z_]{0,60}$/

function fieldNames(locations: (string | number)[][]): string | null {
  const names = locations.map((loc) =>
    loc
      .filter((part) => typeof part === 'string' && FIELD_NAME.test(part) && part !== 'body')
      .join('.')
  )
  return [...new Set(names)].filter(Boolean).slice(0, 5).join(' ') || null
}

/** Parses seconds or an HTTP date. */
function retryAfterMs(header: string | null): number | null {
  if (!header) return null
  const seconds = Number(header)
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now()
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}

/** Well above the largest valid response, a hundred transfers or statements. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024

/** Reads the body; one that is too large is abandoned and replaced by text that is not JSON. */
export const readBody = async (response: Response): Promise<string> =>
  (await readBytes(response))?.toString('utf8') ?? '<too large>'

/** Reads the body; null if it is too large. */
export async function readBytes(response: Response): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_RESPONSE_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
