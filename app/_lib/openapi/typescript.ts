/** Prints the types of an OpenAPI document as TypeScript. */
import type { JsonSchema } from '@/app/_lib/openapi/schemas'

const SCALARS: Record<string, string> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null'
}

/** A schema as a type expression. */
export function typeOf(schema: JsonSchema): string {
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').pop() ?? 'unknown'
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return union(schema.enum.map((each) => JSON.stringify(each)))
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
  if (choices) return union(choices.map(typeOf))
  if (Array.isArray(schema.allOf))
    return (schema.allOf as JsonSchema[]).map((each) => `(${typeOf(each)})`).join(' & ')
  if (Array.isArray(schema.type))
    return union(schema.type.map((type: string) => typeOf({ ...schema, type })))
  if (schema.type === 'array') return `(${typeOf((schema.items ?? {}) as JsonSchema)})[]`
  if (schema.type === 'object') return objectType(schema)
  return SCALARS[String(schema.type)] ?? 'unknown'
}

const union = (types: string[]): string => [...new Set(types)].join(' | ')

function objectType({ properties, required, additionalProperties }: JsonSchema): string {
  if (!properties && additionalProperties && typeof additionalProperties === 'object')
    return `Record<string, ${typeOf(additionalProperties as JsonSchema)}>`
  const needed = new Set(required as string[] | undefined)
  const fields = Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(
    ([name, schema]) =>
      `${comment(schema)}${keyOf(name)}${needed.has(name) ? '' : '?'}: ${typeOf(schema)}`
  )
  return fields.length ? `{\n${indent(fields.join('\n'))}\n}` : 'Record<string, never>'
}

const keyOf = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name))
const indent = (text: string): string => text.replace(/^/gm, '  ')

const comment = ({ description }: JsonSchema): string =>
  description ? `/** ${String(description)} */\n` : ''
