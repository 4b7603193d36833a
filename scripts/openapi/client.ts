/** Prints lib/client/operations.ts: the types and addresses of every operation. */
import type { OpenApiDocument, Operation } from '@/app/_lib/openapi/document'
import type { JsonSchema } from '@/app/_lib/openapi/schemas'
import { typeOf } from '@/app/_lib/openapi/typescript'

/** Unformatted source; the formatter of the project runs over it. */
export function printClient({ paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  )
  return [
    '/** Generated from the API’s document by `npm run openapi`. Do not edit. */',
    ...Object.entries(components.schemas).map(
      ([name, schema]) => `export type ${name} = ${typeOf(schema)}`
    ),
    'export type Operations = {',
    ...operations.map(({ operation }) => signature(operation)),
    '}',
    'export const ADDRESSES = {',
    ...operations.map(
      ({ path, method, operation }) =>
        `${operation.operationId}: ['${method.toUpperCase()}', '${path}', '${contentType(operation)}'],`
    ),
    '} as const'
  ].join('\n')
}

function signature(operation: Operation): string {
  const { operationId, summary, description, parameters } = operation
  const body = jsonOf(operation.requestBody as JsonSchema | undefined)
  const parts = [
    fields(
      'params',
      parameters.filter((each) => each.in === 'path')
    ),
    fields(
      'query',
      parameters.filter((each) => each.in === 'query')
    ),
    body && `body: ${typeOf(body)}`,
    !body && operation.requestBody ? 'body: BodyInit' : null
  ].filter(Boolean)
  const input = parts.length ? `{ ${parts.join('\n')} }` : 'Record<string, never>'
  return `/** ${[summary, description].filter(Boolean).join(' ')} */
  ${operationId}: { input: ${input}, output: ${outputOf(operation)} }`
}

/** `query` itself is optional when each of its fields is. */
function fields(name: string, parameters: JsonSchema[]): string | null {
  if (!parameters.length) return null
  const required = parameters.filter((each) => each.required).map((each) => each.name)
  const properties = Object.fromEntries(parameters.map((each) => [each.name, each.schema]))
  return `${name}${required.length ? '' : '?'}: ${typeOf({ type: 'object', properties, required })}`
}

function outputOf({ responses }: Operation): string {
  const [status, success] = Object.entries(responses).find(([code]) => code < '300') ?? []
  if (status === '204') return 'undefined'
  const json = jsonOf(success)
  return json ? typeOf(json) : 'Response'
}

/** Of the request; JSON where it has no body. */
const contentType = ({ requestBody }: Operation): string =>
  Object.keys((requestBody as JsonSchema | undefined)?.content ?? {})[0] ?? 'application/json'

function jsonOf(part: JsonSchema | undefined): JsonSchema | null {
  const content = (part?.content ?? {}) as Record<string, { schema?: JsonSchema }>
  return content['application/json']?.schema ?? null
}
