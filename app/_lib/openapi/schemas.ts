/**
 * JSON schemas of the Zod schemas in lib/api. Exported schemas become named components; a request's
 * schema describes what a client sends, a response's what it receives.
 */
import { z } from 'zod'
import { isSchema } from '@/app/_lib/declaration'
import * as admin from '@/lib/api/admin'
import * as application from '@/lib/api/application'
import * as assets from '@/lib/api/assets'
import * as bankAccount from '@/lib/api/bank-account'
import * as connections from '@/lib/api/connections'
import * as linkedAccounts from '@/lib/api/linked-accounts'
import * as me from '@/lib/api/me'
import * as messages from '@/lib/api/messages'
import * as preferences from '@/lib/api/preferences'
import * as protection from '@/lib/api/protection'
import * as reports from '@/lib/api/reports'
import * as responses from '@/lib/api/responses'
import * as transactionEdits from '@/lib/api/transaction-edits'
import * as transactions from '@/lib/api/transactions'
import * as transfers from '@/lib/api/transfers'

export type JsonSchema = { [key: string]: unknown }
type Io = 'input' | 'output'

const MODULES: Record<string, unknown>[] = [
  admin,
  application,
  assets,
  bankAccount,
  connections,
  linkedAccounts,
  me,
  messages,
  preferences,
  protection,
  reports,
  responses,
  transactionEdits,
  transactions,
  transfers
]
const NAMED = /^[A-Z]\w*(Input|Response|Hint)$|^Wire[A-Z]\w*$/

/** The exported schemas by name (queries become parameters instead), without the prefix of those that are no types. */
const names = z.registry<{ id: string }>()
for (const module of MODULES)
  for (const [name, schema] of Object.entries(module))
    if (NAMED.test(name) && isSchema(schema) && !names.has(schema))
      names.add(schema, { id: name.replace(/^Wire(\w+)$/, '$1Response') })

/** Collects the components that the converted schemas refer to. */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {}

  /** @returns the schema, or a reference to its component. */
  convert(schema: z.ZodType, io: Io): JsonSchema {
    const {
      $schema: _,
      $defs = {},
      ...converted
    } = z.toJSONSchema(schema, {
      io,
      metadata: names,
      override: ({ zodSchema, jsonSchema }) => {
        Object.assign(jsonSchema, z.globalRegistry.get(zodSchema))
      }
    }) as JsonSchema & { $defs?: Record<string, JsonSchema> }
    for (const [name, definition] of Object.entries($defs)) this.add(name, definition)
    const { id, ...own } = converted
    return typeof id === 'string' ? this.add(id, own) : refer(own)
  }

  private add(name: string, { id: _, ...schema }: JsonSchema): JsonSchema {
    this.schemas[name] ??= refer(schema)
    return { $ref: `#/components/schemas/${name}` }
  }
}

/** Zod puts shared definitions beside the schema; here they are components of the document. */
const refer = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
