/**
 * Edits of one or many transactions. An edit can be undone until the next one of the same
 * transaction.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Exact } from '@/lib/domain/exact'
import { ownCategory } from '@/lib/domain/transactions/categories'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import { query, queryOne } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  givenFields,
  isUuid,
  jsonb,
  notFound
} from '@/lib/services/data/sql/query-helpers'
import { column, rowType, typed } from '@/lib/services/data/sql/row-type'
import { read } from '@/lib/services/data/sql/short-reads'
import {
  editedColumns,
  emptySnapshot,
  emptyValue,
  newValues,
  requireKnownFields,
  restoredValues,
  snapshot,
  storedValue
} from '@/lib/services/data/transactions/editable-columns'
import {
  matchesFilter,
  transactionsWithSplits,
  visibleTo
} from '@/lib/services/data/transactions/transaction-sql'
import { rules, transactionEdits, transactionParts } from '@/xata/schema'

/** Chosen by id, or all that match a filter except some ids. */
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

const COUNT = rowType({ count: column.int4 })
const selectCount = sql`select count(*)::int as count from changed`
const list = (parts: SQL[]) => sql.join(parts, sql`, `)
/**
 * Edits the chosen transactions of the user. Idempotent per `changeId`; `undoEdit` restores the
 * previous values.
 * @returns how many transactions were edited.
 * @throws Error for a field that has no column.
 */
export async function saveEdit<E extends TransactionEdit>(
  actor: UserActor,
  chosen: Selection,
  { change, changeId }: { change: Exact<TransactionEdit, E>; changeId: string }
): Promise<number> {
  requireKnownFields(change)
  const fields = givenFields(change)
  const detail = sql`jsonb_build_object('changeId', ${changeId}::text, 'fields', ${jsonb(fields)}, 'count', (select count(*) from changed))`
  const found = await queryOne(
    actor,
    COUNT,
    auditedChange(
      actor,
      sql`insert into ${transactionEdits} as e (transaction_id, user_id, ${editedColumns}, change_id, before)
      select id, user_id, ${list(newValues(change, emptyValue))}, ${changeId}::uuid, ${emptySnapshot} from chosen order by id
      on conflict (transaction_id) do update set (${editedColumns}) = row(${list(newValues(change, storedValue))}), updated_at = now(), change_id = excluded.change_id,
        before = case when e.change_id is distinct from excluded.change_id then ${snapshot} else e.before end
      returning e.transaction_id as id, e.user_id`,
      {
        action: 'transactions.edited',
        subject: sql`case when (select count(*) from changed) = 1 then id end`,
        detail,
        result: selectCount,
        before: sql`chosen as (select distinct t.id, t.user_id from ${transactionsWithSplits} where ${selected(actor, chosen)})`
      }
    )
  )
  return found?.count ?? 0
}

/**
 * Restores the values before an edit in the transactions that were not edited again since.
 * @returns how many transactions were restored.
 * @throws RequestError not_found if there is no such edit.
 */
export async function undoEdit(actor: UserActor, changeId: string): Promise<number> {
  const detail = sql`jsonb_build_object('changeId', ${changeId}::text, 'count', (select count(*) from changed))`
  const found = isUuid(changeId)
    ? await queryOne(
        actor,
        COUNT,
        auditedChange(
          actor,
          sql`update ${transactionEdits} e set (${editedColumns}) = row(${restoredValues}), change_id = null, before = null, updated_at = now()
        where e.user_id = ${actor.userId} and e.change_id = ${changeId}::uuid returning e.transaction_id as id, e.user_id`,
          { action: 'transactions.edit_undone', detail, result: selectCount }
        )
      )
    : null
  if (!found?.count) throw notFound('change to undo')
  return found.count
}

/** The user's tags, the most used first. */
export async function listTags(actor: UserActor): Promise<string[]> {
  const found = await query(
    actor,
    rowType({ tag: column.text }),
    sql`select g as tag from ${transactionEdits} e, jsonb_array_elements_text(e.tags) g
    where e.user_id = ${actor.userId} group by g order by count(*) desc, g limit 100`
  )
  return found.map(({ tag }) => tag)
}

/** The user's own categories by name. One exists as long as a transaction, a split or a rule has it. */
export async function listOwnCategories(actor: UserActor): Promise<string[]> {
  const used = (table: SQL) =>
    sql`select u.category from ${table} u where u.user_id = ${actor.userId} and starts_with(u.category, ${ownCategory('')})`
  const found = await read(
    actor,
    typed(
      rowType({ category: column.text }),
      sql`${used(sql`${transactionEdits}`)} union ${used(sql`${transactionParts}`)} union ${used(sql`${rules}`)} order by 1 limit 100`
    )
  )
  return found.map(({ category }) => category)
}
