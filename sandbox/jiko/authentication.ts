/** Authentication: bearer tokens valid for an hour, signed requests, and idempotency keys. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { conflict, invalid, JikoApiError, notFound, readBody } from '@/sandbox/jiko/errors'
import type { Jiko } from '@/sandbox/jiko/state'

const TOKEN_LIFETIME = 3_600_000
const LOGIN_PATH = '/api/v1/login/'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Uploads carry raw files and are the only unsigned requests. */
const UPLOAD_PATH =
  /^\/api\/v1\/(?:applications\/[^/]+\/documents\/[^/]+\/file|customers\/[^/]+\/documents\/[^/]+\/file|documents\/[^/]+)\/$/

export function addLogin(jiko: Jiko): void {
  const Login = z.strictObject({ username: z.string().max(128), password: z.string().max(128) })
  jiko.sandbox.app.post(LOGIN_PATH, async (c) => {
    const { username, password } = await readBody(c, Login)
    const { options, records, sandbox } = jiko
    if (username !== options.username || password !== options.password)
      throw new JikoApiError(401, 'Incorrect username or password')
    const token = sandbox.ids.text('token', 48)
    const expiresAt = jiko.now().getTime() + TOKEN_LIFETIME
    records.tokens.put({ id: keyedHash(jiko, token), expiresAt })
    return c.json({ token, expires: new Date(expiresAt).toISOString() })
  })
}

/**
 * Checks trailing slash, token, idempotency key, signature and repeats, in this order, for every
 * route but login.
 */
export function authenticate(jiko: Jiko): MiddlewareHandler {
  const underway = new Map<string, Promise<void>>()
  return async (c, next) => {
    const path = new URL(c.req.url).pathname
    if (!path.endsWith('/')) throw notFound()
    if (path === LOGIN_PATH) return next()
    checkToken(jiko, c)
    const key = c.req.header('x-jiko-idempotency') ?? ''
    if (!UUID.test(key))
      throw invalid(
        ['header', 'x-jiko-idempotency'],
        'not a UUID',
        key ? 'uuid_parsing' : 'missing'
      )
    const body = Buffer.from(await c.req.arrayBuffer())
    if (!UPLOAD_PATH.test(path) || c.req.method === 'GET') checkSignature(jiko, c, key, path, body)
    if (c.req.method === 'GET') return next()
    const requestHash = keyedHash(jiko, `${c.req.method} ${path}\n${body.toString('base64')}`)
    // Of two simultaneous requests under one key, the second waits for the first response.
    for (let other = underway.get(key); other; other = underway.get(key)) await other
    const earlier = findStoredResponse(jiko, key)
    if (earlier) return replayResponse(jiko, c, earlier, requestHash)
    const done = storeResponse(jiko, c, next, key, requestHash)
    underway.set(key, done)
    await done.finally(() => underway.delete(key))
  }
}

async function storeResponse(
  jiko: Jiko,
  c: Context,
  next: () => Promise<void>,
  key: string,
  requestHash: string
): Promise<void> {
  await next()
  if (!c.res.ok) return
  jiko.records.answers.put({
    id: key,
    requestHash,
    status: c.res.status,
    body: await c.res.clone().text(),
    at: jiko.now().getTime()
  })
}

function checkToken(jiko: Jiko, c: Context): void {
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  const known = token ? jiko.records.tokens.get(keyedHash(jiko, token)) : undefined
  if (!known || known.expiresAt <= jiko.now().getTime())
    throw new JikoApiError(401, 'Could not validate credentials')
}

function checkSignature(jiko: Jiko, c: Context, key: string, path: string, body: Buffer): void {
  const expected = createHmac('sha256', jiko.options.sharedSecret)
    .update(key)
    .update(path)
    .update(body)
    .digest()
  const given = Buffer.from(c.req.header('x-jiko-signature') ?? '', 'base64')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new JikoApiError(401, 'Invalid signature')
}

function findStoredResponse(jiko: Jiko, key: string) {
  const earlier = jiko.records.answers.get(key)
  if (!earlier || jiko.now().getTime() - earlier.at < TOKEN_LIFETIME) return earlier
  jiko.records.answers.delete(key)
  return undefined
}

function replayResponse(
  jiko: Jiko,
  c: Context,
  earlier: { requestHash: string; status: number; body: string },
  requestHash: string
): Response {
  if (jiko.switches.get().repeatKey === 'conflict' || earlier.requestHash !== requestHash)
    throw conflict('Idempotency key was already used')
  if (!earlier.body) return c.body(null, earlier.status as 204)
  return c.body(earlier.body, earlier.status as ContentfulStatusCode, {
    'content-type': 'application/json'
  })
}

/** A keyed hash, so that numbers cannot be tried without the shared secret. */
export const keyedHash = (jiko: Jiko, text: string): string =>
  createHmac('sha256', `${jiko.options.sharedSecret}:at-rest`).update(text).digest('hex')
