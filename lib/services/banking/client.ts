import 'server-only'
import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { env } from '../../platform/env'
import { IntegrationError } from '../../platform/errors'
import { once } from '../../platform/globals'
import { vendorCaller } from '../../platform/vendor-call'
import { recordVendorEvent } from '../data/events'

/** One request to the bank. `route` names it in the call log, without ids. */
export type JikoRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  route: string
  ids?: readonly string[]
  query?: Readonly<Record<string, string>>
  /** The exact text that is signed and sent. */
  body?: string
  /** Stored by the caller before sending where a lost answer matters; a fresh one otherwise. */
  idempotencyKey?: string
  userId?: string | undefined
}

const DEADLINE_MS = 25_000
const ATTEMPT_MS = 10_000
const LOGIN_ROUTE = '/api/v1/login/'
/** Tokens live an hour; they are renewed before that, and never asked for more than once a minute. */
const TOKEN_LIVES_MS = 60 * 60_000
const RENEW_BEFORE_MS = 5 * 60_000
const AT_LEAST_MS = 60_000

const call = vendorCaller('jiko', recordVendorEvent)

/** Base64 HMAC-SHA256 over idempotency key, path name and body, with nothing in between (contracts: Jiko §1). */
export function signRequest(secret: string, idempotencyKey: string, pathname: string, body: string): string {
  return createHmac('sha256', secret).update(idempotencyKey).update(pathname).update(body).digest('base64')
}

/**
 * Sends one signed request and reads the answer. Repeats go out under the same key with the same bytes; an expired token is renewed once.
 * @throws IntegrationError with REFUSED, NOT_FOUND, KEY_USED, PRECONDITION_FAILED, UNAUTHORIZED, FORBIDDEN, RATE_LIMITED, UNAVAILABLE,
 * or one of the house's own codes; never with a word of what was sent or answered.
 */
export async function callJiko<T>(request: JikoRequest, schema: z.ZodType<T>): Promise<T> {
  const key = request.idempotencyKey ?? randomUUID()
  const send = (token: string) =>
    call(
      { method: `${request.method} ${request.route}`, deadlineMs: DEADLINE_MS, retry: true, context: request.userId ? { userId: request.userId } : {} },
      (signal) => exchange(addressOf(request), { method: request.method, body: request.body ?? '', signal, key, token }, schema)
    )
  const session = await openSession()
  try {
    return await send(session.token)
  } catch (thrown) {
    if (!(thrown instanceof IntegrationError) || thrown.code !== 'UNAUTHORIZED') throw thrown
    if (sessions().current === session) sessions().current = null
    return send((await openSession()).token)
  }
}

function addressOf({ route, ids = [], query }: JikoRequest): URL {
  const left = [...ids]
  const url = new URL(
    route.replace(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? '')),
    env().jiko.baseUrl
  )
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
  return url
}

type Session = { token: string; renewAt: number }
const sessions = () => once('jiko.session', (): { current: Session | null; opening: Promise<Session> | null } => ({ current: null, opening: null }))

/** The session in use, or a new one; callers at the same time share one login. */
async function openSession(): Promise<Session> {
  const state = sessions()
  if (state.current && state.current.renewAt > Date.now()) return state.current
  state.opening ??= login().finally(() => {
    state.opening = null
  })
  state.current = await state.opening
  return state.current
}

const LoginAnswer = z.object({ token: z.string().min(1), expires: z.string() })

async function login(): Promise<Session> {
  const { username, password } = env().jiko
  const body = JSON.stringify({ username, password })
  const startedAt = Date.now()
  const url = addressOf({ method: 'POST', route: LOGIN_ROUTE })
  const { token, expires } = await call({ method: `POST ${LOGIN_ROUTE}`, deadlineMs: DEADLINE_MS, retry: true }, (signal) =>
    exchange(url, { method: 'POST', body, signal }, LoginAnswer)
  )
  const endsAt = Math.min(Date.parse(expires) || Number.POSITIVE_INFINITY, startedAt + TOKEN_LIVES_MS)
  return { token, renewAt: Math.max(endsAt - RENEW_BEFORE_MS, startedAt + AT_LEAST_MS) }
}

type Sending = { method: string; body: string; signal: AbortSignal; key?: string; token?: string }

async function exchange<T>(url: URL, sending: Sending, schema: z.ZodType<T>): Promise<{ value: T; requestId: string | null }> {
  const { status, headers, text } = await transfer(url, sending)
  const requestId = headers.get('x-request-id')
  const json = toJson(text)
  if (json === NOT_JSON || (status >= 300 && status < 400)) throw badResponse(requestId, status)
  if (status >= 400) throw toRefusal(status, headers, json)
  const parsed = schema.safeParse(json)
  // Well-formed but not as agreed: asking again would bring the same.
  if (!parsed.success) throw new IntegrationError({ service: 'jiko', code: 'BAD_RESPONSE', retryable: false, requestId })
  return { value: parsed.data, requestId }
}

async function transfer(url: URL, { method, body, signal, key, token }: Sending) {
  const attempt = AbortSignal.timeout(ATTEMPT_MS)
  try {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key ? { 'x-jiko-idempotency': key, 'x-jiko-signature': signRequest(env().jiko.sharedSecret, key, url.pathname, body) } : {})
      },
      // A redirect would carry personal data to an address nobody checked.
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([signal, attempt]),
      ...(body ? { body } : {})
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch {
    // What fetch throws may quote the request; only whether time ran out is kept.
    const code = signal.aborted || attempt.aborted ? 'TIMEOUT' : 'UNREACHABLE'
    throw new IntegrationError({ service: 'jiko', code, retryable: true, outage: true })
  }
}

const NOT_JSON = Symbol('not JSON')

function toJson(text: string): unknown {
  if (!text) return null
  try {
    return JSON.parse(text)
  } catch {
    return NOT_JSON
  }
}

/** Answers from something between us and the bank, or cut off on the way: worth asking again. */
const badResponse = (requestId: string | null, status: number) =>
  new IntegrationError({ service: 'jiko', code: 'BAD_RESPONSE', retryable: true, outage: status >= 500, requestId })

/** Jiko publishes no error codes, so the status is named in our words. */
const CODES: Record<number, string> = {
  400: 'REFUSED',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'KEY_USED',
  412: 'PRECONDITION_FAILED',
  422: 'REFUSED',
  429: 'RATE_LIMITED'
}

/** Validation comes in two shapes: a list of fields, or a problem with one sentence (contracts: Jiko §7). */
const Envelope = z.looseObject({
  detail: z.union([z.array(z.looseObject({ loc: z.array(z.union([z.string(), z.number()])) })), z.string()]).optional(),
  trace_id: z.string().max(200).optional()
})

/**
 * What a refusing answer means. Its texts may repeat what was sent, so nothing of them is kept: only the names of the fields
 * a list points at, as the error's `type`.
 */
function toRefusal(status: number, headers: Headers, body: unknown): IntegrationError {
  const envelope = Envelope.safeParse(body)
  const { detail, trace_id } = envelope.success ? envelope.data : {}
  const down = status >= 500
  return new IntegrationError({
    service: 'jiko',
    code: CODES[status] ?? (down ? 'UNAVAILABLE' : 'UNKNOWN'),
    retryable: down || status === 429,
    outage: down,
    requestId: headers.get('x-request-id') ?? trace_id ?? null,
    retryAfterMs: retryAfterMs(headers.get('retry-after')),
    type: Array.isArray(detail) ? fieldNames(detail.map(({ loc }) => loc)) : null
  })
}

const FIELD_NAME = /^[a-z][a-z_]{0,60}$/

function fieldNames(locations: (string | number)[][]): string | null {
  const names = locations.map((loc) => loc.filter((part) => typeof part === 'string' && FIELD_NAME.test(part) && part !== 'body').join('.'))
  return [...new Set(names)].filter(Boolean).slice(0, 5).join(' ') || null
}

/** Seconds or an HTTP date. */
function retryAfterMs(header: string | null): number | null {
  if (!header) return null
  const seconds = Number(header)
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now()
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}
