/**
 * Statistics for the query planner. PGlite has no autovacuum, and without statistics a join of a few
 * hundred rows takes seconds.
 */
import type { PGlite } from '@electric-sql/pglite'

/** Tables that autovacuum would analyse with its default settings. */
const CHANGED = `select quote_ident(schemaname) || '.' || quote_ident(relname) as name
  from pg_stat_user_tables where n_mod_since_analyze > 50 + 0.1 * n_live_tup`

/** Analyses the tables that have changed a lot since the last time. */
export async function analyzeChangedTables(db: PGlite): Promise<void> {
  // The counts are otherwise published with a delay.
  await db.query('select pg_stat_force_next_flush()')
  const { rows } = await db.query<{ name: string }>(CHANGED)
  for (const { name } of rows) await db.exec(`analyze ${name}`)
}
