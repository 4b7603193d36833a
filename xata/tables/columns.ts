/** The columns that tables share. Instants end in _at, calendar dates in _on, money in _minor with a currency beside it. */
import { numeric, timestamp } from 'drizzle-orm/pg-core'

export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })
export const made = { createdAt: at('created_at').notNull().defaultNow(), updatedAt: at('updated_at').notNull().defaultNow() }
/** Whole minor units. A wallet holds tokens by the trillion with eight decimals, which is more than a bigint. */
export const minor = (name: string) => numeric(name, { precision: 38, scale: 0, mode: 'bigint' })
