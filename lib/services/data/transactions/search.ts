/** Search by words. An index on words narrows it where few rows have one. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import { queryOne } from '@/lib/services/data/sql/query'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { transactionEdits, transactionParts } from '@/xata/schema'

const MAX_WORDS = 8
/** From here on the newest rows, read one after another, fill a page sooner. */
const MOST_CANDIDATES = 500
const MOST_LOOKUPS = 3
/** The shortest text that the index finds. Other letters may change when their case is ignored. */
const INDEXED = /[a-z0-9]{3,}/gi

/** The ids of all rows that a search can match; null if there are too many, or without an index. */
export type Candidates = readonly string[] | null

const wordsOf = (text: string): string[] =>
  text.trim().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS)

/** The rows that the index has for the rarest of a filter's longest words. */
export async function findCandidates(
  actor: UserActor,
  { q = '' }: TransactionFilter
): Promise<Candidates> {
  const words = wordsOf(q)
    .flatMap((word) => word.match(INDEXED) ?? [])
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST_LOOKUPS)
  if (words.length === 0) return null
  const found = await queryOne(
    actor,
    rowType({ ids: column.jsonb<string[]>() }),
    sql`with s as materialized (select search_transactions(word, ${MOST_CANDIDATES}::int) as ids from jsonb_array_elements_text(${jsonb(words)}) word)
    select ids from s where ids is not null order by jsonb_array_length(ids) limit 1`
  )
  return found?.ids ?? null
}

/**
 * Each word must occur in the names, the note or the tags; LIKE wildcards are escaped. Edits are
 * searched separately, so that most transactions are skipped before any join.
 */
export function matchesText({ userId }: UserActor, text: string, candidates: Candidates): SQL {
  if (candidates?.length === 0) return sql`false`
  // As an array, whose length Postgres sees when it plans; from JSON it would expect a hundred rows.
  const among = candidates && sql`any(${`{${candidates.join(',')}}`}::uuid[])`
  const own = among
    ? sql`o.user_id = ${userId} and o.transaction_id = ${among}`
    : sql`o.user_id = ${userId}`
  const matches = (word: string) => {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    return sql`(t.name ilike ${pattern} or t.merchant_name ilike ${pattern}
      or t.id in (select o.transaction_id from ${transactionEdits} o where ${own} and (o.merchant ilike ${pattern} or o.rule_merchant ilike ${pattern}
        or o.note ilike ${pattern} or exists (select 1 from jsonb_array_elements_text(o.tags) g where g ilike ${pattern})))
      or t.id in (select o.transaction_id from ${transactionParts} o where ${own} and o.note ilike ${pattern}))`
  }
  const conditions = [...(among ? [sql`t.id = ${among}`] : []), ...wordsOf(text).map(matches)]
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`
}
