/** Splits of a transaction. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { formatMoney, type Money } from '@/lib/domain/money/money'
import { type Split, splitsAddUp, splitsExceedTotal } from '@/lib/domain/transactions/edits'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import { queryOne, transaction } from '@/lib/services/data/sql/query'
import { auditedChange, isUuid, jsonb, notFound } from '@/lib/services/data/sql/query-helpers'
import { rowType } from '@/lib/services/data/sql/row-type'
import { transactionsWithSplits, visibleTo } from '@/lib/services/data/transactions/transaction-sql'
import { undoPairForSplit } from '@/lib/services/data/transactions/transfer-pairs'
import { transactionEdits, transactionParts, transactions } from '@/xata/schema'

/** The bank's amount of a transaction, before any split. @throws RequestError not_found. */
async function getTotal(actor: UserActor, id: string): Promise<Money> {
  const whole = isUuid(id)
    ? await queryOne(
        actor,
        rowType({ minor: transactions.amountMinor, currency: transactions.currency }),
        sql`select t.amount_minor as minor, t.currency from ${transactionsWithSplits} where ${mine(actor, id)} limit 1`
      )
    : null
  if (!whole) throw notFound('transaction')
  return whole
}

const mine = (actor: UserActor, id: string): SQL => sql`${visibleTo(actor)} and t.id = ${id}::uuid`

/**
 * Splits a transaction; an empty list removes the splits. They must add up to the current amount.
 * @throws RequestError not_found, invalid; conflict if the institution changed the amount
 * meanwhile.
 */
export async function saveSplits(
  actor: UserActor,
  id: string,
  splits: readonly Split[]
): Promise<void> {
  const whole = await getTotal(actor, id)
  if (splits.length > 0 && !splitsAddUp(splits, whole)) {
    throw new RequestError('invalid', 'The parts do not add up to the total.', {
      fields: { parts: 'Together they must equal the amount of the transaction.' }
    })
  }
  if (splits.length > 0 && splitsExceedTotal(splits, whole)) {
    const text = formatMoney({ ...whole, minor: whole.minor < 0n ? -whole.minor : whole.minor })
    const message = `The parts come to ${text} or more. Together they must be less, so that something is left for the first part.`
    throw new RequestError('invalid', message, { fields: { parts: message } })
  }
  const target = sql`(select distinct t.id, t.user_id from ${transactionsWithSplits} where ${mine(actor, id)} and t.amount_minor = ${whole.minor}::numeric)`
  const [first, ...others] = splits
  const made = first
    ? [{ ...first, minor: null }, ...others].map((part, i) => ({ ...part, n: i + 1 }))
    : []
  const restMinor = first ? others.reduce((total, { minor }) => total + minor, 0n) : null
  const done = await transaction(actor, [
    sql`select id from ${transactions} where id = ${id}::uuid and user_id = ${actor.userId} for no key update`,
    ...(splits.length > 0 ? [undoPairForSplit(target)] : []),
    sql`delete from ${transactionParts} where transaction_id in (select id from ${target} w)`,
    sql`insert into ${transactionParts} (transaction_id, n, user_id, amount_minor, category, note)
      select w.id, g.n, w.user_id, g.minor, g.category, g.note from ${target} w, jsonb_to_recordset(${jsonb(made)}) as g(n int, minor numeric, category text, note text)`,
    auditedChange(
      actor,
      sql`insert into ${transactionEdits} as e (transaction_id, user_id, parts_minor, split_whole_minor)
          select w.id, w.user_id, ${restMinor}::numeric, ${first ? whole.minor : null}::numeric from ${target} w
        on conflict (transaction_id) do update set parts_minor = excluded.parts_minor, split_whole_minor = excluded.split_whole_minor, updated_at = now() returning e.transaction_id as id, e.user_id`,
      { action: 'transaction.split', subject: sql`id`, detail: jsonb({ parts: splits.length }) }
    )
  ])
  if (!done.at(-1)?.length)
    throw new RequestError(
      'conflict',
      'Your bank has just changed this amount. Check it, then split it again.'
    )
}
