import 'server-only'
import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { env } from '@/lib/platform/env'
import { IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'
import { createVendorCaller } from '@/lib/platform/vendor-call'
import { recordVendorEvent } from '@/lib/services/data/vendor-events'
import { parseResponse, readBody } from '@/lib/services/jiko/response'

export type CallContext = {
  /** The user of a call, for the call log only. */
  userId?: string | undefined
}

/** A call that only the holder of a lease may make: `beforeAttempt` throws once it is lost. */
export type LeasedCall = CallContext & { beforeAttempt?: (() => void) | undefined }

/** One request. `route` names it in the call log, without ids. */
export type JikoRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  route: string
  ids?: readonly string[]
  query?: Readonly<Record<string, string>>
  /** The exact text that is signed and sent. */
  body?: string
  /** Stored before sending if a lost response matters; otherwise generated. */
  idempotencyKey?: string
  userId?: string | undefined
  /** Runs right before each attempt; what it throws ends the call before anything is sent. */
  beforeAttempt?: (() => void) | undefined
}

export const DEADLINE_MS = 25_000
const UPLOAD_DEADLINE_MS = 120_000
export const ATTEMPT_MS = 10_000
const LOGIN_ROUTE = '/api/v1/login/'
/** Tokens are valid for an hour; they are renewed early, at most once a minute. */
const TOKEN_TTL_MS = 60 * 60_000
const RENEW_BEFORE_MS = 5 * 60_000
const MIN_SESSION_MS = 60_000

export const call = createVendorCaller('jiko', recordVendorEvent)

/** Base64 HMAC-SHA256 over idempotency key, path and body, concatenated (contracts: Jiko §1). */
export function signRequest(
  secret: string,
  idempotencyKey: string,
  pathname: string,
  body: string
): string {
  return createHmac('sha256', secret)
    .update(idempotencyKey)
    .update(pathname)
    .update(body)
    .digest('base64')
}

/**
 * Sends one signed request and parses the response. Retries use the same key and bytes; an expired
 * token is renewed once.
 * @throws IntegrationError with REFUSED, NOT_FOUND, KEY_USED, PRECONDITION_FAILED, UNAUTHORIZED,
 * FORBIDDEN, RATE_LIMITED, UNAVAILABLE or a code of our own; never with request or response text.
 */
export async function callJiko<T>(request: JikoRequest, schema: z.ZodType<T>): Promise<T> {
  const key = request.idempotencyKey ?? randomUUID()
  const send = (token: string) =>
    call(
      {
        method: `${request.method} ${request.route}`,
        deadlineMs: DEADLINE_MS,
        retry: true,
        beforeAttempt: request.beforeAttempt,
        context: request.userId ? { userId: request.userId } : {}
      },
      (signal) =>
        sendAndParse(
          buildUrl(request),
          { method: request.method, body: request.body ?? '', signal, key, token },
          schema
        )
    )
  const session = await openSession()
  try {
    return await send(session.token)
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.code !== 'UNAUTHORIZED') throw thrown
    if (sessions().current === session) sessions().current = null
    return send((await openSession()).token)
  }
}

export type UploadRequest = {
  route: string
  ids: readonly string[]
  contentType: string
  length: number
  body: ReadableStream<Uint8Array>
  idempotencyKey: string
  userId?: string | undefined
}

/**
 * Streams a file to Jiko as it arrives, unsigned, as Jiko requires for files. Not retried, because
 * we never hold the whole file; the user's browser still has it. @throws IntegrationError like
 * `callJiko`.
 */
export async function uploadFile<T>(request: UploadRequest, schema: z.ZodType<T>): Promise<T> {
  const { route, ids, userId } = request
  const session = await openSession()
  try {
    return await call(
      {
        method: `POST ${route}`,
        deadlineMs: UPLOAD_DEADLINE_MS,
        context: userId ? { userId } : {}
      },
      async (signal) =>
        parseResponse(
          await sendUpload(
            buildUrl({ method: 'POST', route, ids }),
            request,
            session.token,
            signal
          ),
          schema
        )
    )
  } catch (thrown) {
    if (
      isIntegrationError(thrown) &&
      thrown.code === 'UNAUTHORIZED' &&
      sessions().current === session
    )
      sessions().current = null
    throw thrown
  }
}

function buildUrl({ route, ids = [], query }: JikoRequest): URL {
  const left = [...ids]
  const url = new URL(
    route.replace(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? '')),
    env().jiko.baseUrl
  )
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
  return url
}

type Session = { token: string; renewAt: number }
const sessions = () =>
  singleton('jiko.session', (): { current: Session | null; opening: Promise<Session> | null } => ({
    current: null,
    opening: null
  }))

/** The current session or a new one; concurrent callers share one login. */
async function openSession(): Promise<Session> {
  const state = sessions()
  if (state.current && state.current.renewAt > Date.now()) return state.current
  state.opening ??= login().finally(() => {
    state.opening = null
  })
  state.current = await state.opening
  return state.current
}

const LoginResponse = z.object({ token: z.string().min(1), expires: z.string() })

async function login(): Promise<Session> {
  const { username, password } = env().jiko
  const body = JSON.stringify({ username, password })
  const startedAt = Date.now()
  const url = buildUrl({ method: 'POST', route: LOGIN_ROUTE })
  const { token, expires } = await call(
    { method: `POST ${LOGIN_ROUTE}`, deadlineMs: DEADLINE_MS, retry: true },
    (signal) => sendAndParse(url, { method: 'POST', body, signal }, LoginResponse)
  )
  const endsAt = Math.min(Date.parse(expires) || Number.POSITIVE_INFINITY, startedAt + TOKEN_TTL_MS)
  return { token, renewAt: Math.max(endsAt - RENEW_BEFORE_MS, startedAt + MIN_SESSION_MS) }
}

type OutgoingRequest = {
  method: string
  body: string
  signal: AbortSignal
  key?: string
  token?: string
}

async function sendAndParse<T>(
  url: URL,
  sending: OutgoingRequest,
  schema: z.ZodType<T>
): Promise<{ value: T; requestId: string | null }> {
  const answer = await sendRequest(url, sending)
  // Jiko accepts calls from allow-listed addresses only; an operator must fix this.
  if (answer.status === 403)
    log.error('jiko.forbidden', { service: 'jiko', code: 'FORBIDDEN', method: sending.method })
  return parseResponse(answer, schema)
}

async function sendRequest(url: URL, { method, body, signal, key, token }: OutgoingRequest) {
  const attempt = AbortSignal.timeout(ATTEMPT_MS)
  try {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key
          ? {
              'x-jiko-idempotency': key,
              'x-jiko-signature': signRequest(env().jiko.sharedSecret, key, url.pathname, body)
            }
          : {})
      },
      // A redirect would carry personal data to another host.
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([signal, attempt]),
      ...(body ? { body } : {})
    })
    return { status: response.status, headers: response.headers, text: await readBody(response) }
  } catch {
    // fetch errors can quote the request, so only the timeout is distinguished.
    const code = signal.aborted || attempt.aborted ? 'TIMEOUT' : 'UNREACHABLE'
    throw new IntegrationError({ service: 'jiko', code, retryable: true, outage: true })
  }
}

/** Node requires `duplex` for streamed bodies; not every type definition has it. */
type StreamInit = RequestInit & { duplex: 'half' }

async function sendUpload(
  url: URL,
  { body, contentType, length, idempotencyKey }: UploadRequest,
  token: string,
  signal: AbortSignal
) {
  const init: StreamInit = {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'x-jiko-idempotency': idempotencyKey,
      'content-type': contentType,
      'content-length': String(length)
    },
    redirect: 'manual',
    cache: 'no-store',
    signal,
    body,
    duplex: 'half'
  }
  try {
    const response = await fetch(url, init)
    return { status: response.status, headers: response.headers, text: await readBody(response) }
  } catch {
    throw new IntegrationError({
      service: 'jiko',
      code: signal.aborted ? 'TIMEOUT' : 'UNREACHABLE',
      retryable: true,
      outage: signal.aborted
    })
  }
}
