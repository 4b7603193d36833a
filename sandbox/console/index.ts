/**
 * The console page: shows each emulator's state and controls. Calls the emulators from the server,
 * so one port is enough.
 */
import { readFileSync } from 'node:fs'
import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { z } from 'zod'
import { type LoopbackServer, serveOnLoopback } from '@/sandbox/core/loopback-server'

export type ConsoleOptions = {
  port: number
  /** The emulators' addresses by name. */
  vendors: Record<string, string>
  appUrl: string
}

const ActionRequest = z.strictObject({
  method: z.enum(['POST', 'DELETE']).default('POST'),
  path: z.string().regex(/^\/_sandbox\/[\w%./:+-]+$/),
  body: z.unknown().optional()
})
const DEADLINE_MS = 10_000
const TYPES = {
  'page.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8'
}

/** Starts the console on loopback. @param options port 0 picks a free one. */
export async function startConsole({
  port,
  vendors,
  appUrl
}: ConsoleOptions): Promise<LoopbackServer> {
  const app = new Hono()
  app.use('*', requireLocalHost)
  app.get('/_sandbox/health', (c) => c.json({ ok: true, name: 'console' }))
  app.get('/', (c) => sendFile(c, 'page.html'))
  app.get('/page.css', (c) => sendFile(c, 'page.css'))
  app.get('/page.js', (c) => sendFile(c, 'page.js'))
  app.get('/state', async (c) => {
    const states = await Promise.all(
      Object.entries(vendors).map(([name, url]) => readVendorState(name, url))
    )
    return c.json({ appUrl, vendors: states })
  })
  app.post('/act/:vendor', requireSameOrigin, (c) => runAction(c, vendors))
  return serveOnLoopback(app, port)
}

/** A foreign Host header means a DNS name that was pointed at this machine. */
const requireLocalHost = createMiddleware(async (c, next) => {
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(c.req.header('host') ?? ''))
    return c.text('This page is for this machine only.', 403)
  await next()
  c.header(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
  )
  c.header('x-content-type-options', 'nosniff')
  c.header('cache-control', 'no-store')
})

/**
 * Another site in the same browser can send requests here, but not with this Origin and this
 * content type.
 */
const requireSameOrigin = createMiddleware(async (c, next) => {
  const own = c.req.header('origin') === `http://${c.req.header('host')}`
  if (!own || !c.req.header('content-type')?.startsWith('application/json'))
    return c.json({ error: 'only from the console page' }, 403)
  return next()
})

const sendFile = (c: Context, name: keyof typeof TYPES) =>
  c.body(readFileSync(new URL(name, import.meta.url)), 200, { 'content-type': TYPES[name] })

async function readVendorState(name: string, url: string) {
  try {
    const [page, deliveries, faults, clock] = await Promise.all(
      ['/console', '/deliveries', '/faults', '/clock'].map((path) =>
        fetchJson(`${url}/_sandbox${path}`)
      )
    )
    return {
      name,
      up: true,
      page,
      deliveries: (deliveries as Record<string, unknown>[]).slice(0, 30).map(toDeliverySummary),
      faults,
      clock
    }
  } catch {
    return { name, up: false }
  }
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) })
  if (!response.ok) throw new Error(`answered ${response.status}`)
  return response.json()
}

/** Headers contain signatures, which the page does not need. */
const toDeliverySummary = ({
  id,
  event,
  status,
  attempts,
  createdAt
}: Record<string, unknown>) => ({
  id,
  event,
  status,
  attempts,
  createdAt
})

async function runAction(c: Context, vendors: ConsoleOptions['vendors']): Promise<Response> {
  const url = Object.entries(vendors).find(([name]) => name === c.req.param('vendor'))?.[1]
  const parsed = ActionRequest.safeParse(await c.req.json().catch(() => null))
  if (!url || !parsed.success || parsed.data.path.includes('..'))
    return c.json({ error: 'no such action' }, 422)
  const { method, path, body } = parsed.data
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    signal: AbortSignal.timeout(DEADLINE_MS)
  }).catch(() => null)
  if (!response) return c.json({ error: 'the emulator does not answer' }, 502)
  return c.json(
    { ok: response.ok, status: response.status, answer: await response.text() },
    response.ok ? 200 : 422
  )
}
