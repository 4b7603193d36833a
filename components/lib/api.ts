/** Client of /api/v1: JSON in and out, errors as user messages. */

import { replaceDocument, userHeader } from '@/components/lib/document-user'
import { browserText } from '@/components/text/browser-text'
import type { ErrorResponse, ReverificationHint } from '@/lib/api/responses'

/**
 * An error with a message for the user. `status` is 0 without a response; `reverification` is set
 * when reverification is required.
 */
export type ApiError = Error & {
  status: number
  code: string
  fields: Record<string, string>
  reference: string | null
  reverification?: ReverificationHint
}

type Mutation = { method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'; body: unknown }

/** `session` is undefined until Clerk's script has loaded, and null without a session. */
type WindowClerk = {
  session?: { getToken(options: { skipCache: boolean }): Promise<string | null> } | null
}

const OFFLINE_MESSAGE =
  'We could not reach {brand}. Check your internet connection, then try again.'
const TOO_LARGE_MESSAGE =
  'This is larger than our server accepts. Choose a smaller photo or shorten what you typed.'
const UNEXPECTED_MESSAGE = 'Something went wrong on our side. Try again in a minute.'

export const isApiError = (thrown: unknown): thrown is ApiError =>
  thrown instanceof Error && 'status' in thrown && 'fields' in thrown

/** The user message of any thrown value. */
export const errorMessage = (thrown: unknown): string =>
  isApiError(thrown) ? thrown.message : browserText()(UNEXPECTED_MESSAGE)

/** GET a path; SWR's fetcher. @throws ApiError. */
export const apiGet = <T>(path: string): Promise<T> => request<T>(path)

/** Sends a change. @throws ApiError. */
export const apiSend = <T>(
  path: string,
  body: unknown,
  method: Mutation['method'] = 'POST'
): Promise<T> => request<T>(path, { method, body })

/** `unknown` until Clerk's script has loaded, and while its server does not answer. */
export type Renewal = 'renewed' | 'signed_out' | 'unknown'

/** Renews Clerk's session token and cookie, which live for a minute. */
export async function renewSession(): Promise<Renewal> {
  const { session } = (globalThis as { Clerk?: WindowClerk }).Clerk ?? {}
  if (session === undefined) return 'unknown'
  try {
    return (await session?.getToken({ skipCache: true })) ? 'renewed' : 'signed_out'
  } catch {
    return 'unknown'
  }
}

async function request<T>(path: string, body?: Mutation): Promise<T> {
  const first = await fetchOnce(path, body)
  const response =
    first.status === 401 && (await renewSession()) === 'renewed'
      ? await fetchOnce(path, body)
      : first
  if (response.status === 204) return undefined as T
  // `null` is a valid body; an unreadable body is an error.
  const json: unknown = await response.json().catch(() => undefined)
  if (response.ok && json !== undefined) return json as T
  throw parseApiError(response.status, json)
}

/**
 * `fetch` on behalf of the document's user. If another user has signed in, the server refuses and
 * the document is reloaded.
 */
export async function fetchAsUser(
  path: string,
  { headers, ...init }: RequestInit
): Promise<Response> {
  const response = await fetch(path, {
    ...init,
    headers: {
      'accept-language': document.documentElement.lang,
      ...(headers as Record<string, string>),
      ...userHeader()
    },
    cache: 'no-store',
    credentials: 'same-origin'
  })
  if (response.status === 412) replaceDocument()
  return response
}

async function fetchOnce(path: string, body?: Mutation): Promise<Response> {
  const init: RequestInit = body
    ? {
        method: body.method,
        body: JSON.stringify(body.body),
        headers: { 'content-type': 'application/json', accept: 'application/json' }
      }
    : { headers: { accept: 'application/json' } }
  try {
    return await fetchAsUser(path, init)
  } catch {
    throw offlineError()
  }
}

/** The user message of an error response. */
export function parseApiError(status: number, json: unknown): ApiError {
  const { error, clerk_error: reverification } = (json ?? {}) as Partial<ErrorResponse>
  // A proxy responds to 413 with its own page; retrying would fail again.
  if (!error?.message)
    return status === 413
      ? createApiError(status, 'too_large', browserText()(TOO_LARGE_MESSAGE))
      : createApiError(status, 'fault', browserText()(UNEXPECTED_MESSAGE))
  return Object.assign(
    createApiError(status, error.code, error.message, error.fields, error.reference),
    reverification ? { reverification } : {}
  )
}

export const offlineError = (): ApiError =>
  createApiError(0, 'offline', browserText()(OFFLINE_MESSAGE))

/** An error with a message in the user's language. */
export function createApiError(
  status: number,
  code: string,
  message: string,
  fields: Record<string, string> = {},
  reference: string | null = null
): ApiError {
  return Object.assign(new Error(message), { status, code, fields, reference })
}
