/**
 * Shared by every Plaid route: keys, limits and fields first; request id and error envelope last.
 */
import type { Context } from 'hono'
import { z } from 'zod'
import { errorResponse, PlaidApiError } from '@/sandbox/plaid/errors'
import { findItem } from '@/sandbox/plaid/items'
import type { Plaid } from '@/sandbox/plaid/records'

const KEYS = { client_id: z.string().optional(), secret: z.string().optional() }

/** An optional selection of accounts. */
export const accountIds = z
  .array(z.string(), 'must be a non-empty array of valid account ids')
  .min(1, 'must be a non-empty array of valid account ids')

/** The body of one route: its own fields and the keys, no others. */
export const fields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...KEYS, ...shape })

/** A file is answered as a response of its own. */
type ResponseBody = Record<string, unknown> | Response
type Handler<Body> = (
  body: Body,
  c: Context,
  clientId: string
) => ResponseBody | Promise<ResponseBody>

/**
 * Adds `POST path`. The handler returns the response without `request_id`, or throws a
 * `PlaidApiError`. Keys are read from headers or body, as by Plaid.
 */
export function route<Schema extends z.ZodType>(
  plaid: Plaid,
  path: string,
  schema: Schema,
  handler: Handler<z.output<Schema>>
): void {
  plaid.sandbox.app.post(path, async (c) => {
    const requestId = plaid.sandbox.ids.text('request', 15)
    try {
      const sent = await readBody(c)
      const raw = withoutNulls(sent)
      const client = checkKeys(plaid, c, sent)
      const body = schema.safeParse(raw)
      if (!body.success) throw toFieldError(body.error, raw)
      checkOwner(plaid, raw, client)
      plaid.limits.consume(
        path,
        typeof raw.access_token === 'string' ? raw.access_token : undefined
      )
      const answer = await handler(body.data, c, client)
      return answer instanceof Response ? answer : c.json({ ...answer, request_id: requestId })
    } catch (error) {
      if (error instanceof PlaidApiError)
        return errorResponse(c, error.code, requestId, error.detail)
      console.error(
        `[plaid emulator] ${path} failed:`,
        error instanceof Error ? error.stack : error
      )
      return errorResponse(c, 'INTERNAL_SERVER_ERROR', requestId)
    }
  })
}

async function readBody(c: Context): Promise<Record<string, unknown>> {
  const type = c.req.header('content-type') ?? ''
  if (!type.includes('application/json'))
    throw new PlaidApiError('INVALID_HEADERS', 'Content-Type must be application/json')
  const parsed = z
    .record(z.string(), z.unknown())
    .safeParse(await c.req.json().catch(() => undefined))
  if (!parsed.success) throw new PlaidApiError('INVALID_BODY')
  return parsed.data
}

/** Plaid reads a field that is null as one that was not sent, at any depth. */
function withoutNulls(body: Record<string, unknown>): Record<string, unknown> {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean)
    return typeof value === 'object' && value !== null
      ? withoutNulls(value as Record<string, unknown>)
      : value
  }
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) => (value === null ? [] : [[key, clean(value)]]))
  )
}

/** Another client's tokens are as unknown as invented ones. @throws PlaidApiError */
function checkOwner(
  plaid: Plaid,
  { access_token, link_token }: Record<string, unknown>,
  clientId: string
): void {
  const item = typeof access_token === 'string' ? findItem(plaid, access_token) : undefined
  if (item && item.clientId !== clientId) throw new PlaidApiError('INVALID_ACCESS_TOKEN')
  const session = typeof link_token === 'string' ? plaid.linkSessions.get(link_token) : undefined
  if (session && session.clientId !== clientId) throw new PlaidApiError('INVALID_LINK_TOKEN')
}

function checkKeys({ options }: Plaid, c: Context, body: Record<string, unknown>): string {
  const clientId = c.req.header('plaid-client-id') ?? body.client_id
  const secret = c.req.header('plaid-secret') ?? body.secret
  if (clientId === null || secret === null)
    throw new PlaidApiError(
      'INVALID_FIELD',
      `${clientId === null ? 'client_id' : 'secret'} must be a properly formatted, non-empty string`
    )
  const missing = [clientId ? '' : 'client_id', secret ? '' : 'secret'].filter(Boolean)
  if (missing.length)
    throw new PlaidApiError(
      'MISSING_FIELDS',
      `the following required fields are missing: ${missing.join(', ')}`
    )
  const known = [options, ...(options.otherClients ?? [])].find(
    (client) => client.clientId === clientId && client.secret === secret
  )
  if (!known) throw new PlaidApiError('INVALID_API_KEYS')
  return known.clientId
}

function toFieldError(error: z.ZodError, raw: unknown): PlaidApiError {
  const unknown = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => [...issue.path, key].join('.'))
      : []
  )
  if (unknown.length)
    return new PlaidApiError(
      'UNKNOWN_FIELDS',
      `the following fields are not recognized by this endpoint: ${unknown.join(', ')}`
    )
  const missing = error.issues
    .filter((issue) => valueAt(raw, issue.path) === undefined)
    .map((issue) => issue.path.join('.'))
  if (missing.length)
    return new PlaidApiError(
      'MISSING_FIELDS',
      `the following required fields are missing: ${missing.join(', ')}`
    )
  const first = error.issues[0]
  return new PlaidApiError(
    'INVALID_FIELD',
    `${first?.path.join('.') || 'body'} ${first?.message ?? 'is not valid'}`
  )
}

function valueAt(raw: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    raw
  )
}
