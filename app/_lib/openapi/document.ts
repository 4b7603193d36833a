/** The OpenAPI 3.1 document of /api/v1, from the declarations of the routes. */
import { type Declaration, isSchema } from '@/app/_lib/declaration'
import { acceptsIdempotencyKey } from '@/app/_lib/idempotency-key'
import { type ErrorCode, errorCodesOf, statusOf } from '@/app/_lib/openapi/error-codes'
import { EXAMPLES } from '@/app/_lib/openapi/examples'
import { ROUTE_MODULES } from '@/app/_lib/openapi/modules'
import { Components, type JsonSchema } from '@/app/_lib/openapi/schemas'
import type { Route } from '@/app/_lib/route'
import { ErrorResponse } from '@/lib/api/responses'
import { NETWORK_LIMITS, RATE_LIMITS } from '@/lib/domain/users/cost-classes'
import { STEP_UP_MINUTES } from '@/lib/domain/users/reverification'
import { singleton } from '@/lib/platform/globals'
import { brand } from '@/pangea.config'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const VERSION = '1.0.0'

export type Operation = JsonSchema & {
  operationId: string
  summary: string
  description: string
  tags: string[]
  parameters: JsonSchema[]
  responses: Record<string, JsonSchema>
}
export type OpenApiDocument = {
  openapi: '3.1.0'
  info: JsonSchema
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema>; securitySchemes: JsonSchema }
}

/** Built once per process: declarations do not change. */
export const openApiDocument = (): Promise<OpenApiDocument> =>
  singleton('openapi-document', buildDocument)

async function buildDocument(): Promise<OpenApiDocument> {
  const components = new Components()
  const paths: OpenApiDocument['paths'] = {}
  for (const [path, load] of Object.entries(ROUTE_MODULES)) {
    const handlers = (await load()) as Record<string, Route | undefined>
    const address = path.replace(/\[(\w+)\]/g, '{$1}')
    for (const method of METHODS) {
      const declaration = handlers[method]?.declaration
      if (!declaration) continue
      paths[address] ??= {}
      paths[address][method.toLowerCase()] = operation(method, path, declaration, components)
    }
  }
  components.convert(ErrorResponse, 'output')
  return {
    openapi: '3.1.0',
    info: { title: `${brand.name} API`, version: VERSION, description: ABOUT },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: components.schemas, securitySchemes: SECURITY }
  }
}

const ABOUT =
  'Onboarding, linked banks, transactions and transfers of one signed-in user. Money is text in ' +
  'minor units with a currency. Lists return items and next, the cursor of the next page. Errors ' +
  'have a code to decide on, a message for the user, and a reference for support.'

const SECURITY = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A session token of Clerk; it lasts a minute.'
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__session',
    description: 'Clerk’s session in a browser. Changes also need the origin of the app.'
  }
}

/** `GET /api/v1/transactions/{id}` is `getTransactionsById`. */
export function operationId(method: string, path: string): string {
  const words = path.replace('/api/v1/', '').split(/[/_-]/)
  const named = words.map((word) =>
    word.startsWith('[') ? `By${capital(word.slice(1, -1))}` : capital(word)
  )
  return method.toLowerCase() + named.join('')
}
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function operation(
  method: string,
  path: string,
  declaration: Declaration,
  components: Components
): Operation {
  const id = operationId(method, path)
  const content = requestContent(declaration, components)
  return {
    operationId: id,
    summary: declaration.summary,
    description: requirements(declaration),
    tags: [path.split('/')[3] ?? ''],
    ...(declaration.auth === 'public'
      ? { security: [] }
      : { security: [{ bearer: [] }, { cookie: [] }] }),
    ...extensions(declaration),
    parameters: parameters(method, path, declaration, components),
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: {
      ...success(declaration, components, EXAMPLES[id]),
      ...failures(method, declaration)
    }
  }
}

function parameters(
  method: string,
  path: string,
  declaration: Declaration,
  components: Components
): JsonSchema[] {
  const { query } = declaration
  const inPath = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' }
  }))
  const key = acceptsIdempotencyKey(method, declaration) ? [KEY_PARAMETER] : []
  if (!query) return [...inPath, ...key]
  const { properties = {}, required = [] } = components.convert(query, 'input')
  const inQuery = Object.entries(properties as Record<string, JsonSchema>).map(
    ([name, schema]) => ({
      name,
      in: 'query',
      required: (required as string[]).includes(name),
      schema
    })
  )
  return [...inPath, ...inQuery, ...key]
}

const KEY_PARAMETER: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'For 24 hours, a repeat with the same key and input returns the first answer instead of ' +
    'changing anything again. 422 for other input, 409 while the first still runs.',
  schema: { type: 'string', minLength: 1, maxLength: 255 }
}

function requestContent({ body }: Declaration, components: Components): JsonSchema | null {
  if (!body) return null
  if (body === 'bytes') return { 'application/octet-stream': {} }
  if (!isSchema(body)) return { [body.contentType]: {} }
  return { 'application/json': { schema: components.convert(body, 'input') } }
}

function success(
  { response, status }: Declaration,
  components: Components,
  example: unknown
): Record<string, JsonSchema> {
  if (response === null) return { 204: { description: 'Done.' } }
  if (!isSchema(response)) {
    const content = Object.fromEntries(response.map((type) => [type, {}]))
    return { [status ?? 200]: { description: 'The file or stream.', content } }
  }
  const json = {
    schema: components.convert(response, 'output'),
    ...(example === undefined ? {} : { example })
  }
  return { [status ?? 200]: { description: 'Success.', content: { 'application/json': json } } }
}

function failures(method: string, declaration: Declaration): Record<string, JsonSchema> {
  const codes = errorCodesOf(method, declaration)
  const statuses = [...new Set(codes.map(statusOf))]
  return Object.fromEntries(
    statuses.map((status) => [status, failure(codes.filter((code) => statusOf(code) === status))])
  )
}

const failure = (codes: ErrorCode[]): JsonSchema => ({
  description: codes.map((code) => `\`${code}\``).join(' or '),
  'x-error-codes': codes,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } } }
})

/** The requirements that OpenAPI has no field for, readable by programs. */
function extensions({ auth, live, stepUp, replay, limit, networkLimit }: Declaration): JsonSchema {
  const budget = limit ? RATE_LIMITS[limit] : networkLimit && NETWORK_LIMITS[networkLimit]
  return {
    ...(auth === 'admin' ? { 'x-admin': true } : {}),
    ...(replay ? { 'x-answer-not-stored': true } : {}),
    ...(live || stepUp ? { 'x-live-session': true } : {}),
    ...(stepUp
      ? {
          'x-step-up':
            typeof stepUp === 'string'
              ? { within: stepUp }
              : { within: stepUp.within, onlyIf: stepUp.only }
        }
      : {}),
    ...(budget ? { 'x-rate-limit': { calls: budget.limit, seconds: budget.windowMs / 1_000 } } : {})
  }
}

/** The same requirements in words. */
function requirements({ auth, stepUp, limit, networkLimit }: Declaration): string {
  const budget = limit ? RATE_LIMITS[limit] : networkLimit && NETWORK_LIMITS[networkLimit]
  const sentences = [
    auth === 'admin' && 'For administrators.',
    typeof stepUp === 'string' &&
      `Needs a verification that is at most ${minutes(STEP_UP_MINUTES[stepUp])} old.`,
    typeof stepUp === 'object' &&
      `Needs a verification that is at most ${minutes(STEP_UP_MINUTES[stepUp.within])} old if ${stepUp.only}.`,
    budget && `At most ${budget.limit} calls in ${minutes(budget.windowMs / 60_000)}.`
  ]
  return sentences.filter(Boolean).join(' ')
}

const minutes = (count: number) => (count === 1 ? 'a minute' : `${count} minutes`)
