/** What asked for a sync, and which syncs open pages show before they have found something. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { sqlList } from '@/lib/services/data/sql/query-helpers'

/** A sync with this trigger reads everything, so that removed rows are detected. */
export const STALE_PENDING = 'stale_pending'

/** No user asked for these, so no one waits for their end. */
const BACKGROUND = ['webhook', 'reconcile', STALE_PENDING]

export const isBackground = (trigger: string): boolean => BACKGROUND.includes(trigger)

/** Whether open pages are told that this run starts: a user waits for it, or it failed before. */
export const isToldAtStart = (run: SQL): SQL =>
  sql`(${run}.trigger not in ${sqlList(BACKGROUND)} or ${run}.code is not null)`
