/**
 * Every handler of app/api is declared with `route`: what the request needs and what it returns.
 */
import type { z } from 'zod'
import { type Declaration, isSchema } from '@/app/_lib/declaration'
import { requireDeclared, withDeclaredCode } from '@/app/_lib/declared-response'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { logAdminRequest } from '@/app/_lib/errors/log-refusal'
import { runKeyed } from '@/app/_lib/idempotency-key'
import { readBytes, readJson, readParams, readQuery, requireOwnPage } from '@/app/_lib/request'
import type { AdminActor, UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { withRequestId } from '@/lib/platform/request-context'
import { observeRequest, routePattern } from '@/lib/platform/telemetry/metrics'
import { withSpan } from '@/lib/platform/telemetry/tracing'
import { AuthService, PangeaService } from '@/lib/services'

type Parsed<S> = S extends z.ZodType ? z.output<S> : S extends 'bytes' ? Uint8Array : undefined
type Input<D extends Declaration> = {
  actor: { public: null; user: UserActor; admin: AdminActor }[D['auth']]
  params: Parsed<D['params']>
  query: Parsed<D['query']>
  body: Parsed<D['body']>
  request: Request
  /** The id for what the request creates: the same when it is repeated with its Idempotency-Key. */
  creationId: string
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
      const { actor, params, query, body } = input
      const { output, isRepeated } = await runKeyed(
        { declaration, request, actor, input: { params, query, body } },
        (creationId) => handler({ ...input, creationId } as Input<D>)
      )
      if (isRepeated) input.reply.headers.set('idempotency-replayed', 'true')
      if (declaration.auth === 'admin' && actor) logAdminRequest(request, actor)
      // The answer is not delayed.
      if (declaration.enqueues) setImmediate(PangeaService.wakeWorker)
      return respond(declaration, output, input.reply, request)
    } catch (thrown) {
      const response = errorResponse(thrown, request, caller.userId)
      return env().validateResponses ? withDeclaredCode(declaration, response, request) : response
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
): Promise<Omit<Input<Declaration>, 'creationId'>> {
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
  if (env().validateResponses && isSchema(response)) requireDeclared(response, text, request)
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
