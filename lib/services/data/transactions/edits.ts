/** What a person says about their transactions, one or many at once. Each act can be taken back as long as no later one went over it. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import { query, queryOne } from '@/lib/services/data/sql/query'
import {
  audit,
  bumpUserVersion,
  isUuid,
  jsonb,
  notFound
} from '@/lib/services/data/sql/query-helpers'
import {
  matchesFilter,
  splitChanged,
  splitIsValid,
  transactionsWithSplits,
  unsplitTransactions,
  visibleTo
} from '@/lib/services/data/transactions/transaction-sql'
import { transactionEdits, transactionParts } from '@/xata/schema'

/** Some by our ids, or all that a filter means but a few. */
export type Selection =
  | { ids: readonly string[] }
  | { filter: TransactionFilter; except?: readonly string[] | undefined }

const among = (ids: readonly string[]): SQL =>
  sql`(select g::uuid from jsonb_array_elements_text(${jsonb(ids.filter((id) => isUuid(id)))}) g)`

function selected(actor: UserActor, chosen: Selection): SQL {
  if ('ids' in chosen) return sql`${visibleTo(actor)} and t.id in ${among(chosen.ids)}`
  return chosen.except?.length
    ? sql`${matchesFilter(actor, chosen.filter)} and t.id not in ${among(chosen.except)}`
    : matchesFilter(actor, chosen.filter)
}

/** What stands there now, kept so that it can stand there again. */
const currentEdit = sql`jsonb_build_object('category', e.category, 'merchant', e.merchant, 'note', e.note, 'tags', e.tags, 'excluded', e.excluded)`
const emptyEdit = jsonb({ category: null, merchant: null, note: null, tags: [], excluded: null })

/** The new value of a column: `now` is the one of before. */
function values(
  { category, merchant, note, excluded, tags, addTags = [], removeTags = [] }: TransactionEdit,
  now: (column: string) => SQL
): SQL[] {
  const setOrKeep = (value: string | boolean | null | undefined, type: string, column: string) =>
    value === undefined ? now(column) : sql`${value}::${sql.raw(type)}`
  const kept = tags ? jsonb(tags) : now('tags')
  return [
    setOrKeep(category, 'text', 'category'),
    setOrKeep(merchant, 'text', 'merchant'),
    setOrKeep(note, 'text', 'note'),
    setOrKeep(excluded, 'boolean', 'excluded'),
    sql`(select coalesce(jsonb_agg(g order by g), '[]') from (select jsonb_array_elements_text(${kept}) as g union select jsonb_array_elements_text(${jsonb(addTags)})) every_tag
      where g not in (select jsonb_array_elements_text(${jsonb(removeTags)})))`
  ]
}

const EMPTY_VALUES: Record<string, SQL> = { tags: sql`'[]'::jsonb`, excluded: sql`null::boolean` }
const fields = (change: TransactionEdit) =>
  Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]))

/**
 * Changes what the person says about the chosen transactions of theirs. The same `changeId` again changes nothing that it has not changed already,
 * and `undoEdit` takes all of it back.
 * @returns how many transactions that are.
 */
export async function saveEdit(
  actor: UserActor,
  chosen: Selection,
  { change, changeId }: { change: TransactionEdit; changeId: string }
): Promise<number> {
  const list = (parts: SQL[]) => sql.join(parts, sql`, `)
  const fresh = list(values(change, (column) => EMPTY_VALUES[column] ?? sql`null::text`))
  const later = list(values(change, (column) => sql.raw(`e.${column}`)))
  const detail = sql`jsonb_build_object('changeId', ${changeId}::text, 'fields', ${jsonb(fields(change))}, 'count', (select count(*) from changed))`
  const found = await queryOne<{ count: number }>(sql`
    with chosen as (select distinct t.id, t.user_id from ${transactionsWithSplits} where ${selected(actor, chosen)}),
    changed as (
      insert into ${transactionEdits} as e (transaction_id, user_id, category, merchant, note, excluded, tags, change_id, before)
      select id, user_id, ${fresh}, ${changeId}::uuid, ${emptyEdit} from chosen order by id
      on conflict (transaction_id) do update set (category, merchant, note, excluded, tags) = row(${later}), updated_at = now(), change_id = excluded.change_id,
        before = case when e.change_id is distinct from excluded.change_id then ${currentEdit} else e.before end
      returning e.transaction_id as id, e.user_id
    ),
    audited as (${audit(actor, sql`changed`, { action: 'transactions.edited', subject: sql`case when (select count(*) from changed) = 1 then id end`, detail })}),
    bumped as (${bumpUserVersion(sql`changed`)}) select count(*)::int as count from changed`)
  return found?.count ?? 0
}

/**
 * Puts back what stood before an act, wherever nothing was changed since.
 * @returns how many transactions that are. @throws RequestError not_found where nothing is left to take back.
 */
export async function undoEdit(actor: UserActor, changeId: string): Promise<number> {
  const detail = sql`jsonb_build_object('changeId', ${changeId}::text, 'count', (select count(*) from changed))`
  const found = isUuid(changeId)
    ? await queryOne<{ count: number }>(sql`
      with changed as (
        update ${transactionEdits} e set category = before->>'category', merchant = before->>'merchant', note = before->>'note',
          tags = before->'tags', excluded = (before->>'excluded')::boolean, change_id = null, before = null, updated_at = now()
        where e.user_id = ${actor.userId} and e.change_id = ${changeId}::uuid returning e.transaction_id as id, e.user_id
      ), audited as (${audit(actor, sql`changed`, { action: 'transactions.edit_undone', detail })}), bumped as (${bumpUserVersion(sql`changed`)})
      select count(*)::int as count from changed`)
    : null
  if (!found?.count) throw notFound('change to take back')
  return found.count
}

/** What the bank says about a transaction, and what the person's rules and the person themselves say instead. */
export type TransactionSources = {
  bank: { category: string | null; merchant: string | null }
  rule: { category: string | null; merchant: string | null; excluded: boolean | null }
  own: {
    category: string | null
    merchant: string | null
    excluded: boolean | null
    note: string | null
  }
  splits: { minor: bigint; category: string | null; note: string | null }[]
  /** What it came to when it was split, where the bank says otherwise since, and whether the parts still count. */
  split: { from: bigint | null; holds: boolean }
}

/** Who says what about a transaction. @throws RequestError not_found. */
export async function getSources(actor: UserActor, id: string): Promise<TransactionSources> {
  const found = isUuid(id)
    ? await queryOne<
        Omit<TransactionSources, 'parts' | 'split'> & {
          split_from: bigint | null
          split_holds: boolean
          parts: (Omit<TransactionSources['splits'][number], 'minor'> & { minor: string })[]
        }
      >(sql`
      select jsonb_build_object('category', t.category_primary, 'merchant', nullif(t.merchant_name, '')) as bank,
        jsonb_build_object('category', e.rule_category, 'merchant', e.rule_merchant, 'excluded', e.rule_excluded) as rule,
        jsonb_build_object('category', e.category, 'merchant', e.merchant, 'excluded', e.excluded, 'note', e.note) as own,
        coalesce(jsonb_agg(jsonb_build_object('minor', coalesce(p.amount_minor, t.amount_minor - e.parts_minor)::text, 'category', p.category, 'note', p.note)
          order by p.n) filter (where p.n is not null), '[]') as parts,
        case when ${splitChanged} then e.split_whole_minor end as split_from, ${splitIsValid} as split_holds
      from ${unsplitTransactions} left join ${transactionParts} p on p.transaction_id = t.id and p.user_id = t.user_id where ${visibleTo(actor)} and t.id = ${id}::uuid group by t.id, e.transaction_id`)
    : null
  if (!found) throw notFound('transaction')
  const { split_from: from, split_holds: holds, ...setOrKeep } = found
  return {
    ...setOrKeep,
    split: { from, holds },
    splits: found.parts.map((part) => ({ ...part, minor: BigInt(part.minor) }))
  }
}

/** The tags a person uses, the most used first. */
export async function listTags(actor: UserActor): Promise<string[]> {
  const found = await query<{
    tag: string
  }>(sql`select g as tag from ${transactionEdits} e, jsonb_array_elements_text(e.tags) g
    where e.user_id = ${actor.userId} group by g order by count(*) desc, g limit 100`)
  return found.map(({ tag }) => tag)
}
