/** The columns that tables share. Instants end in _at, calendar dates in _on, money in _minor with a currency beside it. */
import { bigint, timestamp } from 'drizzle-orm/pg-core'

export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })
export const made = { createdAt: at('created_at').notNull().defaultNow(), updatedAt: at('updated_at').notNull().defaultNow() }
export const minor = (name: string) => bigint(name, { mode: 'bigint' })
