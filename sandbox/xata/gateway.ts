/**
 * Emulator of Xata's HTTP gateway: `POST /sql` in front of any Postgres. Contract:
 * docs/contracts/xata.md. Unlike the hosted one: no TLS, one database, and the `Connection-String`
 * must name that database's user and password.
 */
import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import pg from 'pg'
import { z } from 'zod'
import { type LoopbackServer, serveOnLoopback } from '@/sandbox/core/loopback-server'

const MAX_REQUEST = 64 * 1024 * 1024
const MAX_RESPONSE = 10 * 1024 * 1024
const MAX_BATCH = 100
const DEADLINE_MS = 30_000

const Statement = z.object({
  query: z.string().min(1),
  params: z.array(z.unknown()).default([]),
  arrayMode: z.boolean().default(false)
})
const Body = z.union([z.object({ queries: z.array(Statement) }), Statement])
type Statement = z.infer<typeof Statement>

/**
 * int8 and numeric stay text, timestamps stay Postgres text, JSON is parsed, as by the hosted
 * gateway.
 */
const PARSED = new Map<number, (text: string) => unknown>([
  [16, (text) => text === 't'],
  ...[20, 1700].map((oid): [number, (text: string) => unknown] => [oid, String]),
  ...[21, 23, 26, 700, 701].map((oid): [number, (text: string) => unknown] => [oid, Number]),
  ...[114, 3802].map((oid): [number, (text: string) => unknown] => [
    oid,
    (text) => JSON.parse(text)
  ])
])

/** Starts the gateway on loopback. @param port 0 picks a free one. */
export async function startGateway({
  port,
  databaseUrl
}: {
  port: number
  databaseUrl: string
}): Promise<LoopbackServer> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  pool.on('error', () => {})
  const app = new Hono()
  let requests = 0
  app.get('/_sandbox/health', (c) => c.json({ ok: true, name: 'xata-gateway', requests }))
  app.post('/sql', authorise(databaseUrl), (c) => {
    requests++
    return handleQuery(c, pool)
  })
  app.notFound((c) => c.json({ message: 'no such route' }, 404))
  const server = await serveOnLoopback(app, port)
  return {
    ...server,
    close: async () => {
      await server.close()
      await pool.end()
    }
  }
}

/** The value of a header under any prefix: `Neon-Array-Mode`, `Xata-Array-Mode` and `Array-Mode` are equal. */
const headerOf = (c: Context, name: string): string | undefined =>
  [...c.req.raw.headers].find(([given]) => given === name || given.endsWith(`-${name}`))?.[1]

const isOn = (c: Context, name: string): boolean => headerOf(c, name) === 'true'

/** An API key does not count. */
const authorise = (databaseUrl: string) =>
  createMiddleware(async (c, next) => {
    const given = headerOf(c, 'connection-string')
    const expected = new URL(databaseUrl)
    const url = given && URL.canParse(given) ? new URL(given) : null
    const right =
      url?.username &&
      url.password &&
      url.username === expected.username &&
      url.password === expected.password &&
      url.pathname === expected.pathname
    return right ? next() : c.json({ message: 'invalid connection string' }, 401)
  })

async function handleQuery(c: Context, pool: pg.Pool): Promise<Response> {
  if (Number(c.req.header('content-length') ?? 0) > MAX_REQUEST)
    return c.json({ message: 'request too large' }, 413)
  const parsed = Body.safeParse(await c.req.json().catch(() => null))
  if (!parsed.success) return c.json({ message: 'invalid request body' }, 400)
  const body = parsed.data
  const batch = 'queries' in body ? body.queries : null
  if (batch && batch.length > MAX_BATCH)
    return c.json({ message: `at most ${MAX_BATCH} queries in a batch` }, 400)
  try {
    const results = await runStatements(pool, batch ?? [body as Statement], {
      begin: batch && beginOf(c),
      raw: isOn(c, 'raw-text-output'),
      arrays: isOn(c, 'array-mode')
    })
    const text = JSON.stringify(batch ? { results } : results[0])
    if (text.length > MAX_RESPONSE) return c.json({ message: 'response too large' }, 507)
    return c.body(text, 200, { 'content-type': 'application/json' })
  } catch (error) {
    return c.json(toErrorBody(error), error instanceof pg.DatabaseError ? 400 : 503)
  }
}

const ISOLATION: Record<string, string> = {
  ReadUncommitted: 'read uncommitted',
  ReadCommitted: 'read committed',
  RepeatableRead: 'repeatable read',
  Serializable: 'serializable'
}

/** How a batch begins: its isolation and access mode are in headers. */
function beginOf(c: Context): string {
  const level = ISOLATION[headerOf(c, 'batch-isolation-level') ?? '']
  return [
    'begin',
    level && `isolation level ${level}`,
    isOn(c, 'batch-read-only') && 'read only',
    isOn(c, 'batch-deferrable') && 'deferrable'
  ]
    .filter(Boolean)
    .join(' ')
}

/** `begin` makes the statements one transaction. */
type Mode = { begin: string | null; raw: boolean; arrays: boolean }

async function runStatements(pool: pg.Pool, statements: Statement[], { begin, raw, arrays }: Mode) {
  const client = await pool.connect()
  // A request over the deadline loses its connection, which ends its open statement.
  let late = false
  const timer = setTimeout(() => {
    late = true
    client.release(true)
  }, DEADLINE_MS)
  try {
    if (begin) await client.query(begin)
    const results = []
    for (const statement of statements)
      results.push(
        await runStatement(client, { ...statement, arrayMode: statement.arrayMode || arrays }, raw)
      )
    if (begin) await client.query('commit')
    return results
  } catch (error) {
    if (begin && !late) await client.query('rollback').catch(() => {})
    throw error
  } finally {
    clearTimeout(timer)
    if (!late) client.release()
  }
}

async function runStatement(
  client: pg.PoolClient,
  { query, params, arrayMode }: Statement,
  raw: boolean
) {
  const types = { getTypeParser: (oid: number) => (raw ? String : (PARSED.get(oid) ?? String)) }
  // Parameters travel as text in the extended protocol, which refuses several statements in one
  // text.
  const values = params.map((value) =>
    value !== null && typeof value === 'object' ? JSON.stringify(value) : value
  )
  const result = await client.query({
    text: query,
    values,
    rowMode: arrayMode ? 'array' : undefined,
    types: types as never,
    queryMode: 'extended'
  } as never)
  const { fields, command, rowCount, rows } = result as unknown as pg.QueryResult
  const described = fields.map(
    ({ name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier, format }) => ({
      name,
      dataTypeID,
      tableID,
      columnID,
      dataTypeSize,
      dataTypeModifier,
      format
    })
  )
  return { fields: described, command, rowCount: rowCount ?? 0, rows, rowAsArray: arrayMode }
}

function toErrorBody(error: unknown) {
  if (!(error instanceof pg.DatabaseError)) return { message: 'the database cannot be reached' }
  const { message, code, severity, detail, hint, schema, table, column, constraint } = error
  return { message, code, severity, detail, hint, schema, table, column, constraint }
}
