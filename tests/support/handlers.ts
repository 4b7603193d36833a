/** Calls handlers of app/api as Next does, for a user who is signed in at the Clerk emulator. */
import type { Route } from '@/app/_lib/route'
import { KEYS, type World } from '@/tests/support/world'

type Call = {
  method?: string
  path?: string
  params?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
}
export type Reply<T> = { status: number; headers: Headers; body: T }

export async function clerkApi(
  world: World,
  path: string,
  body: object = {}
): Promise<Record<string, string>> {
  const headers = {
    authorization: `Bearer ${KEYS.clerkSecret}`,
    'content-type': 'application/json'
  }
  return (await (
    await fetch(`${world.clerk.url}/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body)
    })
  ).json()) as Record<string, string>
}

/** One call of a handler; `body` is undefined for a response without one. */
export async function callHandler<T>(
  handler: Route,
  { method = 'GET', path = '/api/v1', params = {}, body, headers = {} }: Call
): Promise<Reply<T>> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const request = new Request(`http://localhost:3000${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...init
  })
  const response = await handler(request, { params: Promise.resolve(params) })
  const json = response.headers.get('content-type')?.startsWith('application/json')
  return {
    status: response.status,
    headers: response.headers,
    body: (json ? await response.json() : undefined) as T
  }
}

/** A session of the user, new unless one is given, and calls that carry its newest token. */
export async function signIn(world: World, userId: string, session?: string) {
  const sessionId = session ?? (await clerkApi(world, '/sessions', { user_id: userId })).id ?? ''
  const { jwt } = await clerkApi(world, `/sessions/${sessionId}/tokens`)
  const headers = { authorization: `Bearer ${jwt}` }
  return {
    sessionId,
    headers,
    call: <T = unknown>(handler: Route, given: Call = {}) =>
      callHandler<T>(handler, { ...given, headers: { ...headers, ...given.headers } })
  }
}
