/**
 * Every handler of app/api is declared with `route`: what the request needs and what it returns.
 */
import { after } from 'next/server'
import type { z } from 'zod'
import { errorResponse } from '@/app/_lib/error-response'
import { logAdminRequest } from '@/app/_lib/log-refusal'
import { readBytes, readJson, readParams, readQuery, requireOwnPage } from '@/app/_lib/request'
import type { AdminActor, UserActor } from '@/lib/domain/users/actor'
import type { StepUpAge } from '@/lib/domain/users/reverification'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { withRequestId } from '@/lib/platform/request-context'
import { observeRequest, routePattern } from '@/lib/platform/telemetry/metrics'
import { withSpan } from '@/lib/platform/telemetry/tracing'
import { AuthService, PangeaService } from '@/lib/services'

/** What decides whether a request needs a step-up: a route names the types of its own input. */
export type StepUpInput<Input extends { query?: unknown; body?: unknown } = object> = {
  actor: UserActor
  query: Input extends { query: infer Query } ? Query : unknown
  body: Input extends { body: infer Body } ? Body : unknown
}
/** A step-up that only some requests need. */
type ConditionalStepUp = {
  within: StepUpAge
  /** In which case, for the list of requirements: `history is erase`. */
  only: string
  /** A method: its parameter may be narrower than this one. */
  applies(input: StepUpInput): boolean | Promise<boolean>
}

export type Declaration = {
  auth: 'public' | 'user' | 'admin'
  /**
   * Asks Clerk whether session and user are still valid: for routes that move money, reveal
   * numbers, export or delete. Admin routes always do.
   */
  live?: true
  /** Requires a reverification of at most this age; includes `live`. */
  stepUp?: StepUpAge | ConditionalStepUp
  /** Required for signed-in routes; see lib/domain/users/cost-classes.ts. */
  limit?: PangeaService.LimitName
  /** For public routes: how often a network of clients may call. */
  networkLimit?: PangeaService.NetworkLimitName
  params?: z.ZodType
  query?: z.ZodType
  /**
   * JSON of this schema, the raw bytes, or a file of this type that the handler streams from
   * `request`.
   */
  body?: z.ZodType | 'bytes' | { contentType: string }
  /**
   * JSON of this schema, null for 204, or the content types of a `Response` that the handler
   * returns.
   */
  response: z.ZodType | null | readonly string[]
  /** Success status; 200 by default. */
  status?: number
  /** Wakes the worker after a success: the handler enqueues jobs. */
  enqueues?: true
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : S extends 'bytes' ? Uint8Array : undefined
type Input<D extends Declaration> = {
  actor: { public: null; user: UserActor; admin: AdminActor }[D['auth']]
  params: Parsed<D['params']>
  query: Parsed<D['query']>
  body: Parsed<D['body']>
  request: Request
  /** Response headers and options besides the body. */
  reply: { status: number; headers: Headers }
}
type Output<D extends Declaration> = D['response'] extends z.ZodType
  ? z.output<D['response']>
  : D['response'] extends null
    ? unknown
    : Response
type Context = { params: Promise<unknown> }
/** A handler with Next's signature, and its declaration. */
export type Route = ((request: Request, context: Context) => Promise<Response>) & {
  declaration: Declaration
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export function route<const D extends Declaration>(
  declaration: D,
  handler: (input: Input<D>) => Promise<Output<D>>
): Route {
  const answer = async (request: Request, context: Context): Promise<Response> => {
    const caller: Caller = { userId: null }
    try {
      const input = await admit(declaration, request, context, caller)
      const output = await handler(input as Input<D>)
      if (declaration.auth === 'admin' && input.actor) logAdminRequest(request, input.actor)
      if (declaration.enqueues) after(PangeaService.wakeWorker)
      return respond(declaration, output, input.reply, request)
    } catch (thrown) {
      return errorResponse(thrown, request, caller.userId)
    }
  }
  const handle = async (request: Request, context: Context): Promise<Response> => {
    const startedAt = performance.now()
    const { method } = request
    const params = ((await context.params) ?? {}) as Record<string, unknown>
    const route = routePattern(new URL(request.url).pathname, params)
    const span = {
      kind: 'server' as const,
      parent: request.headers.get('traceparent'),
      attributes: { 'http.request.method': method, 'http.route': route },
      result: ({ status }: Response) => ({ 'http.response.status_code': status })
    }
    const response = await withRequestId(() =>
      withSpan(`${method} ${route}`, span, () => answer(request, context))
    )
    observeRequest({ route, method, status: response.status }, startedAt)
    return response
  }
  return Object.assign(handle, { declaration })
}

/** Who asked, once it is known: refusals are logged with it. */
type Caller = { userId: string | null }

/** Checks before the handler runs, ordered so that a refusal reveals as little as possible. */
async function admit(
  { auth, live, stepUp, limit, networkLimit, ...shapes }: Declaration,
  request: Request,
  context: Context,
  caller: Caller
): Promise<Input<Declaration>> {
  if (networkLimit) await PangeaService.requireNetworkLimit(request.headers, networkLimit)
  const params = readParams(shapes.params, await context.params)
  let actor = auth === 'public' ? null : await authenticate(request, shapes.body, caller)
  if (actor && auth === 'admin') actor = await AuthService.requireAdmin(actor)
  else if (actor && (live || typeof stepUp === 'string'))
    actor = await AuthService.requireLiveSession(actor)
  const parsed = await parse(shapes, request)
  if (actor && stepUp) actor = await requireStepUp(actor, stepUp, parsed)
  if (actor && limit) await PangeaService.requireRateLimit(actor, limit)
  const reply = { status: shapes.status ?? 200, headers: new Headers() }
  return { actor, params, request, ...parsed, reply }
}

/** @returns the actor; read live from Clerk where the step-up applies. */
async function requireStepUp<A extends UserActor>(
  actor: A,
  stepUp: NonNullable<Declaration['stepUp']>,
  parsed: { query: unknown; body: unknown }
): Promise<UserActor> {
  if (typeof stepUp === 'string') {
    AuthService.requireReverification(actor, stepUp)
    return actor
  }
  if (!(await stepUp.applies({ actor, ...parsed }))) return actor
  const live = await AuthService.requireLiveSession(actor)
  AuthService.requireReverification(live, stepUp.within)
  return live
}

async function authenticate(
  request: Request,
  body: Declaration['body'],
  caller: Caller
): Promise<UserActor> {
  const user = await AuthService.authenticateUser(request.headers)
  if (!user) throw new RequestError('unauthenticated', 'Sign in to continue.')
  caller.userId = user.userId
  const expected = request.headers.get('x-pangea-user')
  if (expected && expected !== user.userId)
    throw new RequestError(
      'user_changed',
      'Another user has signed in to this browser. Reload the page.'
    )
  const accepts =
    typeof body === 'object' && 'contentType' in body ? body.contentType : 'application/json'
  if (WRITES.has(request.method) && !AuthService.usesBearerToken(request.headers))
    requireOwnPage(request, accepts)
  return user
}

async function parse({ query, body }: Pick<Declaration, 'query' | 'body'>, request: Request) {
  const read =
    body === 'bytes' ? readBytes(request) : isSchema(body) ? readJson(request, body) : undefined
  return { query: query && readQuery(request, query), body: await read }
}

const isSchema = (shape: unknown): shape is z.ZodType =>
  typeof shape === 'object' && shape !== null && 'safeParse' in shape

function respond(
  { response }: Declaration,
  output: unknown,
  { status, headers }: Input<Declaration>['reply'],
  request: Request
): Response {
  const text = isSchema(response) ? JSON.stringify(output) : null
  if (!headers.has('cache-control')) headers.set('cache-control', cacheControl(text))
  if (output instanceof Response) return output
  if (text === null) return new Response(null, { status: 204, headers })
  if (!env().production && isSchema(response)) requireDeclared(response, text, request)
  headers.set('content-type', 'application/json')
  return new Response(text, { status, headers })
}

/** Up to this length a response is sent as it is, as Next does where it knows the length. */
const UNCOMPRESSED_LENGTH = 1_024

/**
 * Next does not learn the length of a handler's response and would compress every one; a compressor
 * costs more than all other work of a webhook. `no-transform` prevents that.
 */
const cacheControl = (text: string | null): string =>
  text !== null && text.length < UNCOMPRESSED_LENGTH ? 'no-store, no-transform' : 'no-store'

/**
 * Throws in development and tests when the response does not match its schema; production sends it
 * as it is.
 */
function requireDeclared(schema: z.ZodType, text: string, request: Request): void {
  const { error } = schema.safeParse(JSON.parse(text))
  if (!error) return
  const where = error.issues
    .map(
      (issue) =>
        `${issue.path.join('.')}: ${issue.code}${'keys' in issue ? ` ${issue.keys.join(' ')}` : ''}`
    )
    .join(', ')
  log.error('response.mismatch', {
    path: new URL(request.url).pathname,
    method: request.method,
    code: where
  })
  throw Object.assign(new Error(`The response differs from its schema: ${where}`), {
    name: 'ResponseMismatch'
  })
}
