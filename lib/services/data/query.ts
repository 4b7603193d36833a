import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { storage } from '../../../xata/client'
import type { Actor } from '../../domain/actor'
import { now } from '../../platform/clock'
import { IntegrationError } from '../../platform/errors'

export { sql }

const dialect = new PgDialect()
const statement = (query: SQL) => dialect.sqlToQuery(query)

/** One statement. @throws IntegrationError with the SQLSTATE as code; the driver's own error is dropped, because it quotes data. */
export async function rows<T>(query: SQL): Promise<T[]> {
  return guarded(async () => (await storage().one(statement(query))) as T[])
}

export async function row<T>(query: SQL): Promise<T | null> {
  return (await rows<T>(query))[0] ?? null
}

/** Several statements in one non-interactive transaction. @returns the rows of each. */
export async function atomic(queries: SQL[]): Promise<Record<string, unknown>[][]> {
  return guarded(() => storage().batch(queries.map(statement)))
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (thrown) {
    const code = (thrown as { code?: unknown }).code
    const sqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null
    const down = sqlState === null || /^(08|53|57P)/.test(sqlState)
    throw new IntegrationError({ service: 'xata', code: sqlState ?? 'UNREACHABLE', retryable: down || /^40/.test(sqlState ?? ''), outage: down })
  }
}

/** Whether a statement lost a race for a unique value. */
export const isTaken = (thrown: unknown): boolean => thrown instanceof IntegrationError && thrown.service === 'xata' && thrown.code === '23505'

/** An id that is not one belongs to nobody; Postgres would call it a fault. */
export const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)

export const uuid = (): string => randomUUID()
/** The app's time as a parameter. `plus` in milliseconds. */
export const instant = (plus = 0): SQL => sql`${new Date(now().getTime() + plus).toISOString()}::timestamptz`
export const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`

/** Postgres's text of an instant as ISO 8601. */
export function iso(text: string): string
export function iso(text: string | null): string | null
export function iso(text: string | null): string | null {
  if (text === null) return null
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
}

const nameOf = (actor: Actor): string => (actor.kind === 'person' ? `person:${actor.userId}` : `system:${actor.reason}`)

export type Audit = { userId: string | null; subject?: string | null; detail?: Record<string, unknown> }

/** The audit row that belongs to a change; put it in the same batch. `when` is an SQL condition, such as that the change took place. */
export function audit(actor: Actor, action: string, { userId, subject = null, detail = {} }: Audit, when: SQL = sql`true`): SQL {
  return sql`insert into audit_log (id, actor, user_id, action, subject, detail, created_at)
    select ${uuid()}::uuid, ${nameOf(actor)}, ${userId}, ${action}, ${subject}, ${json(detail)}, ${instant()} where ${when}`
}

/** Tells the person's open pages that something changed; put it in the same batch. */
export function changed(userId: string | SQL, when: SQL = sql`true`): SQL {
  return sql`insert into user_changes (user_id, version, changed_at) select id, 1, ${instant()} from users where id = ${userId} and ${when}
    on conflict (user_id) do update set version = user_changes.version + 1, changed_at = excluded.changed_at`
}
