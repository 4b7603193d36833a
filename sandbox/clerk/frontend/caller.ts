/**
 * The caller of the Frontend API and the request: dev browser in the query, verbs in `_method`,
 * bodies as forms.
 */
import { randomBytes } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { cameThroughProxy } from '@/sandbox/clerk/backend/secret-key'
import { apiError, noActiveSession } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import type {
  ClientRecord,
  DevBrowserRecord,
  SessionRecord,
  UserRecord
} from '@/sandbox/clerk/records'
import { clientShape, isLive } from '@/sandbox/clerk/resources'
import { createClient } from '@/sandbox/clerk/users'

export type Params = Record<string, unknown>
export type Caller = {
  devBrowser: DevBrowserRecord
  client: ClientRecord | undefined
  origin: string | undefined
  userAgent: string
}
type Handler = (c: Context, caller: Caller, params: Params) => Response | Promise<Response>

export function createDevBrowser(instance: Instance): DevBrowserRecord {
  // Random instead of seeded: after a reset an old browser must not get another user's id.
  return instance.records.devBrowsers.put({
    id: `dvb_${randomBytes(20).toString('base64url')}`,
    clientId: null,
    trustedBy: [],
    createdAt: Date.now()
  })
}

/**
 * Registers one route for a known dev browser. clerk-js sends other verbs as POST with `_method`.
 */
export function route(
  app: Hono,
  instance: Instance,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  handler: Handler
): void {
  const run = async (c: Context) => {
    // The caller is read last: another request may create its client while the body arrives.
    const params = await readParams(c)
    const caller = callerOf(c, instance)
    const response = await handler(c, caller, params)
    if (cameThroughProxy(c))
      for (const cookie of clientUatCookies(instance, caller))
        response.headers.append('set-cookie', cookie)
    return response
  }
  // clerk-js appends a slash to some collection paths.
  const paths = [path, `${path}/`]
  app.on(method, paths, async (c, next) => {
    const override = c.req.query('_method')
    if (isBackendCall(c) || (override && override !== method)) return next()
    return run(c)
  })
  if (method !== 'POST')
    app.on('POST', paths, async (c, next) => (c.req.query('_method') === method ? run(c) : next()))
}

/** Both APIs have organizations, at the same paths; only browsers name a dev browser. */
export const isBackendCall = (c: Context): boolean =>
  c.req.path.startsWith('/v1/organizations') && c.req.query('__clerk_db_jwt') === undefined

/**
 * clerk-js sets this cookie too, for `Domain=localhost`, which WebKitGTK drops; without it the
 * server treats the browser as signed out. Through the app's proxy the response has the page's own
 * origin, and the cookie belongs to that host alone.
 */
function clientUatCookies(instance: Instance, { client, origin }: Caller): string[] {
  const now = client && instance.records.clients.get(client.id)
  const value =
    now && clientShape(instance, now, origin).sessions.length > 0
      ? Math.floor(now.updatedAt / 1_000)
      : 0
  const secure = origin?.startsWith('https:') ? '; Secure' : ''
  return ['__client_uat', `__client_uat_${instance.suffix}`].map(
    (name) => `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Strict${secure}`
  )
}

const YEAR_SECONDS = 365 * 24 * 3_600

function callerOf(c: Context, instance: Instance): Caller {
  const devBrowser = instance.records.devBrowsers.get(c.req.query('__clerk_db_jwt') ?? '')
  if (!devBrowser)
    throw apiError(
      401,
      'dev_browser_unauthenticated',
      'Browser unauthenticated',
      'Unable to authenticate this browser for your development instance.'
    )
  const client = devBrowser.clientId ? instance.records.clients.get(devBrowser.clientId) : undefined
  return { devBrowser, client, origin: originOf(c), userAgent: c.req.header('user-agent') ?? '' }
}

/** The page's origin; through the app's proxy it is the proxy's own. */
function originOf(c: Context): string | undefined {
  const proxy = c.req.header('clerk-proxy-url')
  return proxy && URL.canParse(proxy) ? new URL(proxy).origin : c.req.header('origin')
}

export function ensureClient(instance: Instance, caller: Caller): ClientRecord {
  if (caller.client) return caller.client
  const client = createClient(instance)
  instance.records.devBrowsers.put(Object.assign(caller.devBrowser, { clientId: client.id }))
  caller.client = client
  return client
}

export async function readParams(c: Context): Promise<Params> {
  if (c.req.header('content-type')?.includes('multipart/form-data'))
    return Object.fromEntries(await c.req.formData())
  const text = await c.req.text()
  if (!text) return {}
  if (!c.req.header('content-type')?.includes('application/json'))
    return fromForm(new URLSearchParams(text))
  try {
    const body: unknown = JSON.parse(text)
    return body && typeof body === 'object' ? { ...body } : {}
  } catch {
    throw apiError(
      400,
      'request_body_invalid',
      'Request body invalid',
      'The request body is invalid. Please consult the API documentation for more information.'
    )
  }
}

/** A field that is repeated becomes a list. */
const fromForm = (form: URLSearchParams): Params =>
  Object.fromEntries(
    [...new Set(form.keys())].map((key) => {
      const values = form.getAll(key)
      return [key, values.length > 1 ? values : values[0]]
    })
  )

/** A trimmed text, or undefined when absent or empty. */
export function text(params: Params, key: string): string | undefined {
  const value = params[key]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** A password exactly as typed, not trimmed. */
export function passwordParam(params: Params, key: string): string | undefined {
  const value = params[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function metadata(params: Params, key: string): Record<string, unknown> | undefined {
  const value = params[key]
  if (value === undefined || value === '') return undefined
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value
    if (parsed && typeof parsed === 'object' && !Array.isArray(parsed)) return { ...parsed }
  } catch {
    // Falls through to the single refusal below.
  }
  throw apiError(
    422,
    'form_param_format_invalid',
    'is invalid',
    `${key} must be a valid JSON object.`,
    key
  )
}

/**
 * The caller's session: the one in `_clerk_session_id`, else the newest. @throws ClerkApiError 401
 * without one
 */
export function requireSession(
  c: Context,
  instance: Instance,
  caller: Caller
): { session: SessionRecord; user: UserRecord; client: ClientRecord } {
  const named = c.req.query('_clerk_session_id')
  const { client } = caller
  const session =
    client &&
    instance.records.sessions.find(
      (s) => s.clientId === client.id && isLive(instance, s) && (!named || s.id === named)
    )
  const user = session && instance.records.users.get(session.userId)
  if (!client || !session || !user) throw noActiveSession()
  return { session, user, client }
}

/** The response to every mutation: the resource and the updated client. */
export function respondWithClient(
  c: Context,
  instance: Instance,
  caller: Caller,
  response: unknown
): Response {
  return c.json({
    response: response as never,
    client: caller.client ? clientShape(instance, caller.client, caller.origin) : null
  } as never)
}
