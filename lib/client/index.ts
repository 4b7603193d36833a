/**
 * Typed client of /api/v1, for programs outside this app: needs only `fetch`.
 *
 *     const pangea = createClient({ baseUrl: 'https://app.example.com', token: getToken })
 *     const { items } = await pangea.getTransactions({ query: { limit: 50 } })
 */
import { ADDRESSES, type ErrorResponse, type Operations } from './operations'

export type * from './operations'

export type ClientOptions = {
  /** Where the app is, such as `https://app.example.com`. */
  baseUrl: string
  /** Clerk's session token; asked for before every request, because it lasts a minute. */
  token?: () => string | Promise<string>
  fetch?: typeof globalThis.fetch
}

type Name = keyof Operations
type Input<N extends Name> = Operations[N]['input'] & CallOptions
type CallOptions = {
  /** For a change: the same key and body return the first answer instead of changing twice. */
  idempotencyKey?: string
  signal?: AbortSignal
}
/** Input is optional where the operation needs none. */
type Arguments<N extends Name> =
  Operations[N]['input'] extends Record<string, never>
    ? [input?: CallOptions]
    : Partial<Operations[N]['input']> extends Operations[N]['input']
      ? [input?: Input<N>]
      : [input: Input<N>]
export type Client = {
  [N in Name]: (...input: Arguments<N>) => Promise<Operations[N]['output']>
}

/** A refusal or a failure; `code` is one of the document's error codes. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly details: ErrorResponse | null
  /** How long to wait before the next attempt, in ms; null if the answer does not say. */
  readonly retryAfterMs: number | null
  constructor(
    status: number,
    code: string,
    message: string,
    details: ErrorResponse | null,
    retryAfterMs: number | null
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.retryAfterMs = retryAfterMs
  }
}

export function createClient(options: ClientOptions): Client {
  const methods = Object.keys(ADDRESSES).map((name) => [
    name,
    (input: AnyInput = {}) => call(options, ADDRESSES[name as Name], input)
  ])
  return Object.fromEntries(methods) as Client
}

type AnyInput = CallOptions & {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

async function call(
  { baseUrl, token, fetch = globalThis.fetch }: ClientOptions,
  [method, path, contentType]: readonly [string, string, string],
  { params = {}, query = {}, body, idempotencyKey, signal }: AnyInput
): Promise<unknown> {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? '')
  )
  const url = new URL(address, baseUrl)
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value))
  const headers = new Headers()
  if (token) headers.set('authorization', `Bearer ${await token()}`)
  if (idempotencyKey) headers.set('idempotency-key', idempotencyKey)
  headers.set('content-type', contentType)
  const isJson = contentType === 'application/json'
  const content = body === undefined ? null : isJson ? JSON.stringify(body) : (body as BodyInit)
  const response = await fetch(url, { method, headers, body: content, signal: signal ?? null })
  if (!response.ok) throw await errorOf(response)
  if (response.status === 204) return undefined
  const type = response.headers.get('content-type') ?? ''
  return type.startsWith('application/json') ? response.json() : response
}

async function errorOf(response: Response): Promise<ApiError> {
  const details = (await response.json().catch(() => null)) as ErrorResponse | null
  const { code = 'unknown', message = `The answer was ${response.status}.` } = details?.error ?? {}
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1_000 : null
  return new ApiError(response.status, code, message, details, retryAfterMs)
}
