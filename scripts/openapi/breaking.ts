/**
 * Breaking changes between two versions of the API's document: whatever makes a request of an old
 * client fail, or takes away or changes something that it reads.
 */
import type { OpenApiDocument, Operation } from '@/app/_lib/openapi/document'
import type { JsonSchema } from '@/app/_lib/openapi/schemas'

type Side = 'request' | 'response'
type Versions = { before: OpenApiDocument; after: OpenApiDocument }

/** @returns one sentence per breaking change; additions are none. */
export function findBreakingChanges(before: OpenApiDocument, after: OpenApiDocument): string[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`
      const now = after.paths[path]?.[method]
      return now ? compareOperations(name, operation, now, { before, after }) : [`${name} is gone.`]
    })
  )
}

function compareOperations(
  name: string,
  old: Operation,
  now: Operation,
  versions: Versions
): string[] {
  return [
    ...compareParameters(name, old, now, versions),
    ...compare(name, 'request', bodyOf(old), bodyOf(now), versions),
    ...compareResponses(name, old, now, versions),
    ...stricter(name, old, now)
  ]
}

function compareParameters(name: string, old: Operation, now: Operation, versions: Versions) {
  const key = (each: JsonSchema) => `${each.in} ${each.name}`
  const known = new Map(old.parameters.map((each) => [key(each), each]))
  const current = new Map(now.parameters.map((each) => [key(each), each]))
  const gone = [...known.keys()].filter((each) => !current.has(each))
  return [
    ...gone.map((each) => `${name}: parameter ${each} is gone.`),
    ...[...current].flatMap(([each, parameter]) => {
      const before = known.get(each)
      if (parameter.required && !before?.required)
        return [`${name}: parameter ${each} is required now.`]
      return before
        ? compare(`${name} ${each}`, 'request', before.schema, parameter.schema, versions)
        : []
    })
  ]
}

function compareResponses(name: string, old: Operation, now: Operation, versions: Versions) {
  return Object.entries(old.responses).flatMap(([status, response]) => {
    const current = now.responses[status]
    if (status >= '300') return []
    if (!current) return [`${name}: status ${status} is gone.`]
    return compare(`${name} ${status}`, 'response', jsonOf(response), jsonOf(current), versions)
  })
}

/** A new check before the handler refuses requests that succeeded. */
const stricter = (name: string, old: Operation, now: Operation): string[] =>
  ['x-step-up', 'x-admin', 'x-live-session']
    .filter((field) => !(field in old) && field in now)
    .map((field) => `${name}: ${field} is new.`)

const bodyOf = ({ requestBody }: Operation) => jsonOf(requestBody)
const jsonOf = (part: unknown): unknown =>
  (part as { content?: Record<string, { schema?: unknown }> } | undefined)?.content?.[
    'application/json'
  ]?.schema

/** Compares what both sides write out; `path` is where, for the sentence. */
function compare(
  path: string,
  side: Side,
  oldSchema: unknown,
  nowSchema: unknown,
  versions: Versions,
  depth = 0
): string[] {
  if (depth > MAX_DEPTH) return []
  const old = resolve(oldSchema, versions.before)
  const now = resolve(nowSchema, versions.after)
  if (!old || !now) return old || now ? [`${path}: the JSON ${old ? 'is gone' : 'is new'}.`] : []
  const nested = (field: string, one: unknown, other: unknown) =>
    compare(`${path}.${field}`, side, one, other, versions, depth + 1)
  const choices = [choicesOf(old), choicesOf(now)] as const
  if (choices[0] && choices[1] && choices[0].length === choices[1].length)
    return choices[0].flatMap((each, index) => nested(String(index), each, choices[1]?.[index]))
  return [
    ...compareTypes(path, side, old, now),
    ...compareFields(path, side, old, now, nested),
    ...(old.items && now.items ? nested('[]', old.items, now.items) : [])
  ]
}

/** Recursive schemas end here. */
const MAX_DEPTH = 12

function resolve(schema: unknown, { components }: OpenApiDocument): JsonSchema | undefined {
  const given = schema as JsonSchema | undefined
  return typeof given?.$ref === 'string'
    ? components.schemas[given.$ref.split('/').pop() ?? '']
    : given
}

const choicesOf = ({ anyOf, oneOf }: JsonSchema) => (anyOf ?? oneOf) as unknown[] | undefined

/** A request must accept all old values; a response must not have new ones. */
function compareTypes(path: string, side: Side, old: JsonSchema, now: JsonSchema): string[] {
  const [before, after] = [valuesOf(old), valuesOf(now)]
  if (!before || !after) return []
  const [from, to] = side === 'request' ? [before, after] : [after, before]
  const lost = [...from].filter((value) => !to.has(value))
  return lost.map((value) =>
    side === 'request' ? `${path} no longer accepts ${value}.` : `${path} can be ${value} now.`
  )
}

/** The constants or the types that a schema allows. */
function valuesOf(schema: JsonSchema): Set<string> | null {
  if (Array.isArray(schema.enum)) return new Set(schema.enum.map((each) => JSON.stringify(each)))
  if ('const' in schema) return new Set([JSON.stringify(schema.const)])
  return schema.type ? new Set([schema.type].flat().map(String)) : null
}

function compareFields(
  path: string,
  side: Side,
  old: JsonSchema,
  now: JsonSchema,
  nested: (field: string, one: unknown, other: unknown) => string[]
): string[] {
  const before = (old.properties ?? {}) as Record<string, unknown>
  const after = (now.properties ?? {}) as Record<string, unknown>
  const required = (schema: JsonSchema) => new Set((schema.required ?? []) as string[])
  const [must, mustNow] = [required(old), required(now)]
  const gone = Object.keys(before).filter((field) => !(field in after))
  const changed =
    side === 'request'
      ? [...mustNow]
          .filter((field) => !must.has(field))
          .map((field) => `${path}.${field} is required now.`)
      : [...must]
          .filter((field) => field in after && !mustNow.has(field))
          .map((field) => `${path}.${field} can be missing now.`)
  return [
    ...gone.map((field) => `${path}.${field} is gone.`),
    ...changed,
    ...Object.keys(before)
      .filter((field) => field in after)
      .flatMap((field) => nested(field, before[field], after[field]))
  ]
}
