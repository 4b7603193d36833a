/** The one place where requests become service calls and errors become answers. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { WireError, WireReverification } from '@/lib/api/answers'
import { check } from '@/lib/api/check'
import type { Admin, Person } from '@/lib/domain/actor'
import { env } from '@/lib/platform/env'
import { type IntegrationError, isIntegrationError, isRequestError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { AuthService } from '@/lib/services'

type Context<P> = { params: Promise<P> }
type Handler<P> = (request: Request, params: P) => Promise<Response>
type PersonHandler<P> = (person: Person, request: Request, params: P) => Promise<Response>

const MAX_BODY = 1_000_000
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Wraps a public handler (webhooks, health): only maps errors. */
export function handle<P = Record<string, never>>(handler: Handler<P>) {
  return async (request: Request, context: Context<P>): Promise<Response> => {
    try {
      const params = await context.params
      if (findUnstorable(params)) throw new RequestError('invalid', 'There is nothing at this address.')
      return await handler(request, params)
    } catch (thrown) {
      return answerError(thrown, request)
    }
  }
}

/** Wraps a handler that acts for the signed-in person; everybody else gets 401, and cookies only write from our own pages. */
export function handlePerson<P = Record<string, never>>(handler: PersonHandler<P>, accepts = 'application/json') {
  return handle<P>(async (request, params) => {
    const person = await AuthService.authenticateUser(request.headers)
    if (!person) throw new RequestError('unauthenticated', 'Sign in to go on.')
    const expected = request.headers.get('x-pangea-user')
    if (expected && expected !== person.userId) throw new RequestError('user_changed', 'Another user has signed in to this browser. Reload the page.')
    if (WRITES.has(request.method) && !AuthService.usesBearerToken(request.headers)) requireOwnPage(request, accepts)
    return handler(person, request, params)
  })
}

/** Wraps an act that moves money, reveals numbers, exports or deletes: Clerk confirms at this moment that the session and the user are live. */
export function handleSensitive<P = Record<string, never>>(handler: PersonHandler<P>) {
  return handlePerson<P>(async (person, request, params) => handler(await AuthService.requireLive(person), request, params))
}

/** Wraps a handler of the administration: for everybody who is not an administrator at this moment there is nothing here. */
export function handleAdmin<P = Record<string, never>>(handler: (admin: Admin, request: Request, params: P) => Promise<Response>) {
  return handlePerson<P>(async (person, request, params) => handler(await AuthService.requireAdmin(person), request, params))
}

/** A browser sends cookies by itself, so a change must also come from our own origin and as a type that no plain form can send. */
function requireOwnPage(request: Request, accepts: string): void {
  if (!AuthService.ownOrigins().includes(request.headers.get('origin') ?? ''))
    throw new RequestError('forbidden', `This change did not come from our own pages. Open ${env().appUrl} and try again there.`)
  const type = request.headers.get('content-type')?.split(';')[0]?.trim()
  if (type !== accepts) throw new RequestError('unsupported_media_type', accepts === 'application/json' ? 'Send JSON.' : `Send ${accepts}.`)
}

/** The exact bytes of a body, at most 1 MB. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = () => new RequestError('too_large', 'That is more than we can take in one go.')
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > MAX_BODY) throw tooLarge()
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** The JSON body in the schema's shape. @throws RequestError invalid with a sentence per field. */
export async function readInput<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const bytes = await readBytes(request)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new RequestError('invalid', 'The request could not be read.')
  }
  return requireValid(schema, json)
}

/** The query string in the schema's shape. @throws RequestError invalid. */
export const readQuery = <S extends z.ZodType>(request: Request, schema: S): z.output<S> =>
  requireValid(schema, Object.fromEntries(new URL(request.url).searchParams))

function requireValid<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = check(schema, value)
  const fields: Record<string, string> = {}
  if (parsed.success) {
    const path = findUnstorable(parsed.data)
    if (!path) return parsed.data
    fields[path.join('.') || 'form'] = 'This contains a character that cannot be stored'
    throw new RequestError('invalid', 'Some answers need another look.', { fields })
  }
  for (const { path, message } of parsed.error.issues) fields[path.filter((part) => part !== 'answer').join('.') || 'form'] ??= message
  throw new RequestError('invalid', 'Some answers need another look.', { fields })
}

/** NUL and half a surrogate pair: Postgres stores neither in a text. Schemas that clean what is typed let nothing of them through. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** The path to the first text that cannot be stored; null where there is none. */
function findUnstorable(value: unknown): string[] | null {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? [] : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const found = UNSTORABLE.test(key) ? [] : findUnstorable(part)
    if (found) return [key, ...found]
  }
  return null
}

const REVERIFICATION: WireReverification = { type: 'forbidden', reason: 'reverification-error', metadata: { reverification: 'strict' } }

/** Of Plaid's refusals: the bank's own trouble, and keys or settings that only an operator can mend. */
function plaidMessage({ type, code, retryable }: IntegrationError): string | undefined {
  if (type === 'INSTITUTION_ERROR') return 'Your bank is not answering Plaid right now. Nothing was added or changed. Try again later.'
  const refused = type === 'INVALID_REQUEST' || (type === 'INVALID_INPUT' && !retryable)
  return refused && code !== 'CIRCUIT_OPEN'
    ? 'Connecting banks is not set up correctly on our side. Trying again does not help until we have fixed it.'
    : undefined
}

const BUSY: Record<string, string> = {
  plaid: 'We cannot reach your bank connection service right now. Try again in a few minutes.',
  jiko: 'We cannot reach the bank right now. Try again in a few minutes.',
  clerk: 'We cannot check who you are right now. Try again in a few minutes.',
  xata: 'We cannot reach our storage right now. Try again in a few minutes.'
}

const SEALED = 'We cannot open your stored data right now. Nothing is lost. Try again later.'

function messageFor(error: IntegrationError): string {
  if (error.code === 'SEAL_BROKEN') return SEALED
  return (error.service === 'plaid' && plaidMessage(error)) || (BUSY[error.service] ?? 'Try again in a few minutes.')
}

/** An error in our words, never a vendor's text or a stack; the reference finds the log line. */
export function answerError(thrown: unknown, request: Request): Response {
  const reference = randomUUID()
  const { pathname: path } = new URL(request.url)
  if (isRequestError(thrown)) {
    const retry = thrown.retryAfterMs ? { 'retry-after': String(Math.ceil(thrown.retryAfterMs / 1_000)) } : undefined
    const error = { code: thrown.code, message: thrown.message, ...(thrown.fields ? { fields: thrown.fields } : {}), reference }
    return respond(thrown.status, error, retry, thrown.code === 'reverification_required' ? { clerk_error: REVERIFICATION } : {})
  }
  if (isIntegrationError(thrown) && !isOwnFault(thrown)) {
    log.warn('request.unavailable', { path, method: request.method, service: thrown.service, code: thrown.code, vendorRequestId: thrown.requestId, reference })
    return respond(503, { code: 'unavailable', message: messageFor(thrown), reference }, { 'retry-after': '30' })
  }
  const code = isIntegrationError(thrown) ? thrown.code : null
  log.error('request.fault', { path, method: request.method, fault: thrown instanceof Error ? thrown.name : 'unknown', code, stack: frames(thrown), reference })
  return respond(500, { code: 'fault', message: 'Something went wrong on our side. Try again; if it goes on, tell us the reference.', reference })
}

/** A statement that the storage understood and refused will fail again: a mistake of ours, not an outage. */
const isOwnFault = ({ service, retryable, code }: IntegrationError): boolean => service === 'xata' && !retryable && code !== 'SEAL_BROKEN'

/** Where it happened, without the message, which may hold what a person typed. */
const frames = (thrown: unknown) =>
  thrown instanceof Error
    ? (thrown.stack ?? '')
        .split('\n')
        .filter((line) => line.startsWith('    at '))
        .slice(0, 8)
        .join('\n')
    : ''

function respond(status: number, error: WireError['error'], headers: Record<string, string> = {}, more: Omit<WireError, 'error'> = {}): Response {
  return Response.json({ error, ...more } satisfies WireError, { status, headers: { 'cache-control': 'no-store', ...headers } })
}

/** A JSON answer that no cache keeps. */
export const answer = (body: unknown, status = 200): Response => Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
