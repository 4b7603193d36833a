/** The one way the browser talks to /api/v1: JSON in, JSON out, faults as sentences for the person. */

import { replaceDocument, userHeader } from '@/components/lib/document-user'
import type { ErrorResponse, ReverificationHint } from '@/lib/api/responses'

/** What went wrong, in words that may be shown. `status` is 0 when no answer came; `proof` is set where the person must confirm who they are. */
export type ApiError = Error & {
  status: number
  code: string
  fields: Record<string, string>
  reference: string | null
  reverification?: ReverificationHint
}

type Mutation = { method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'; body: unknown }

type WindowClerk = {
  session?: { getToken(options: { skipCache: boolean }): Promise<string | null> } | null
}

export const OFFLINE_MESSAGE =
  'We could not reach Pangea. Check your internet connection, then try again.'
const TOO_LARGE_MESSAGE =
  'This is larger than our server accepts. Choose a smaller photo or shorten what you typed.'
const UNEXPECTED_MESSAGE = 'Something went wrong on our side. Try again in a minute.'

export const isApiError = (thrown: unknown): thrown is ApiError =>
  thrown instanceof Error && 'status' in thrown && 'fields' in thrown

/** The sentence for the person, whatever was thrown. */
export const errorMessage = (thrown: unknown): string =>
  isApiError(thrown) ? thrown.message : UNEXPECTED_MESSAGE

/** Reads a path; the fetcher that SWR uses. @throws ApiError. */
export const apiGet = <T>(path: string): Promise<T> => request<T>(path)

/** Changes something. @throws ApiError. */
export const apiSend = <T>(
  path: string,
  body: unknown,
  method: Mutation['method'] = 'POST'
): Promise<T> => request<T>(path, { method, body })

/**
 * Asks Clerk for a new session token, which also renews the cookie: it lives for a minute, and a tab that slept has an old one.
 * @returns whether there is a session at all.
 */
export async function renewSession(): Promise<boolean> {
  const clerk = (globalThis as { Clerk?: WindowClerk }).Clerk
  try {
    return Boolean(await clerk?.session?.getToken({ skipCache: true }))
  } catch {
    return false
  }
}

async function request<T>(path: string, body?: Mutation): Promise<T> {
  const first = await fetchOnce(path, body)
  const response =
    first.status === 401 && (await renewSession()) ? await fetchOnce(path, body) : first
  if (response.status === 204) return undefined as T
  // `null` is a valid body; an unreadable body is an error.
  const json: unknown = await response.json().catch(() => undefined)
  if (response.ok && json !== undefined) return json as T
  throw parseApiError(response.status, json)
}

/** `fetch` for the user of this document. When another user has signed in meanwhile, the server refuses and the document is replaced. */
export async function fetchAsUser(
  path: string,
  { headers, ...init }: RequestInit
): Promise<Response> {
  const response = await fetch(path, {
    ...init,
    headers: { ...(headers as Record<string, string>), ...userHeader() },
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
    throw createApiError(0, 'offline', OFFLINE_MESSAGE)
  }
}

/** What a refusing answer says to the person. */
export function parseApiError(status: number, json: unknown): ApiError {
  const { error, clerk_error: reverification } = (json ?? {}) as Partial<ErrorResponse>
  // A proxy in front of us answers 413 with a page of its own, and the same request would fail again.
  if (!error?.message)
    return status === 413
      ? createApiError(status, 'too_large', TOO_LARGE_MESSAGE)
      : createApiError(status, 'fault', UNEXPECTED_MESSAGE)
  return Object.assign(
    createApiError(status, error.code, error.message, error.fields, error.reference),
    reverification ? { proof: reverification } : {}
  )
}

/** A fault of the browser's own, such as a lost connection. */
export function createApiError(
  status: number,
  code: string,
  message: string,
  fields: Record<string, string> = {},
  reference: string | null = null
): ApiError {
  return Object.assign(new Error(message), { status, code, fields, reference })
}
