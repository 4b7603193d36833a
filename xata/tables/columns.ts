/** Shared columns. Instants end in _at, dates in _on, amounts in _minor beside a currency. */
import { sql } from 'drizzle-orm'
import { integer, numeric, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const timestamptz = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })
export const timestamps = {
  createdAt: timestamptz('created_at').notNull().defaultNow(),
  updatedAt: timestamptz('updated_at').notNull().defaultNow()
}
/** Minor units. Trillions of crypto tokens with eight decimals exceed a bigint. */
export const minorUnits = (name: string) =>
  numeric(name, { precision: 38, scale: 0, mode: 'bigint' })

/** The trace of the statement that inserts the row (xata/scope.ts); null where it is not traced. */
export const traceparent = () =>
  text('traceparent').default(sql`nullif(current_setting('app.traceparent', true), '')`)

/**
 * A background job: pending → in_progress → completed | failed. Changed only by
 * lib/services/data/jobs/jobs.ts.
 */
export const job = {
  status: text('status').notNull().default('pending'),
  attempts: integer('attempts').notNull().default(0),
  runAt: timestamptz('run_at').notNull().defaultNow(),
  leaseUntil: timestamptz('lease_until'),
  leaseToken: uuid('lease_token'),
  /** The vendor and code of the last error. */
  service: text('service'),
  code: text('code'),
  startedAt: timestamptz('started_at'),
  finishedAt: timestamptz('finished_at'),
  traceparent: traceparent()
}
