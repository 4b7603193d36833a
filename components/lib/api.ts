/** The one way the browser talks to /api/v1: JSON in, JSON out, faults as sentences for the person. */
import type { ErrorResponse, ReverificationHint } from '@/lib/api/responses'
import { replaceDocument, userHeader } from '@/components/lib/document-user'

/** What went wrong, in words that may be shown. `status` is 0 when no answer came; `proof` is set where the person must confirm who they are. */
export type ApiError = Error & {
  status: number
  code: string
  fields: Record<string, string>
  reference: string | null
  proof?: ReverificationHint
}

type Change = { method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'; body: unknown }

type ClerkInPage = {
  session?: { getToken(options: { skipCache: boolean }): Promise<string | null> } | null
}

export const OFFLINE = 'We could not reach Pangea. Check your internet connection, then try again.'
const TOO_LARGE =
  'This is larger than our server accepts. Choose a smaller photo or shorten what you typed.'
const UNREADABLE = 'Something went wrong on our side. Try again in a minute.'

export const isApiError = (thrown: unknown): thrown is ApiError =>
  thrown instanceof Error && 'status' in thrown && 'fields' in thrown

/** The sentence for the person, whatever was thrown. */
export const messageOf = (thrown: unknown): string =>
  isApiError(thrown) ? thrown.message : UNREADABLE

/** Reads a path; the fetcher that SWR uses. @throws ApiError. */
export const read = <T>(path: string): Promise<T> => send<T>(path)

/** Changes something. @throws ApiError. */
export const change = <T>(
  path: string,
  body: unknown,
  method: Change['method'] = 'POST'
): Promise<T> => send<T>(path, { method, body })

/**
 * Asks Clerk for a new session token, which also renews the cookie: it lives for a minute, and a tab that slept has an old one.
 * @returns whether there is a session at all.
 */
export async function renewSession(): Promise<boolean> {
  const clerk = (globalThis as { Clerk?: ClerkInPage }).Clerk
  try {
    return Boolean(await clerk?.session?.getToken({ skipCache: true }))
  } catch {
    return false
  }
}

async function send<T>(path: string, body?: Change): Promise<T> {
  const first = await ask(path, body)
  const response = first.status === 401 && (await renewSession()) ? await ask(path, body) : first
  if (response.status === 204) return undefined as T
  // `null` is a valid body; an unreadable body is an error.
  const json: unknown = await response.json().catch(() => undefined)
  if (response.ok && json !== undefined) return json as T
  throw toError(response.status, json)
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

async function ask(path: string, body?: Change): Promise<Response> {
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
    throw fault(0, 'offline', OFFLINE)
  }
}

/** What a refusing answer says to the person. */
export function toError(status: number, json: unknown): ApiError {
  const { error, clerk_error: proof } = (json ?? {}) as Partial<ErrorResponse>
  // A proxy in front of us answers 413 with a page of its own, and the same request would fail again.
  if (!error?.message)
    return status === 413
      ? fault(status, 'too_large', TOO_LARGE)
      : fault(status, 'fault', UNREADABLE)
  return Object.assign(
    fault(status, error.code, error.message, error.fields, error.reference),
    proof ? { proof } : {}
  )
}

/** A fault of the browser's own, such as a lost connection. */
export function fault(
  status: number,
  code: string,
  message: string,
  fields: Record<string, string> = {},
  reference: string | null = null
): ApiError {
  return Object.assign(new Error(message), { status, code, fields, reference })
}
