/** The values of one transaction by source: institution, rules and user. */
import 'server-only'
import { sql } from 'drizzle-orm'
import type { EditValues, RuleAction, SingleField, Split } from '@/lib/domain/transactions/edits'
import type { UserActor } from '@/lib/domain/users/actor'
import { queryOne } from '@/lib/services/data/sql/query'
import { isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { ownValues, ruleValues } from '@/lib/services/data/transactions/editable-columns'
import {
  splitChanged,
  splitIsValid,
  unsplitTransactions,
  visibleTo
} from '@/lib/services/data/transactions/transaction-sql'
import { transactionParts } from '@/xata/schema'

/** The values of a transaction by source: institution, rules and user. */
export type TransactionSources = {
  bank: { category: string | null; merchant: string | null }
  rule: RuleAction
  own: Pick<EditValues, SingleField>
  splits: Split[]
  /** The amount when it was split, if it changed since, and whether the splits still apply. */
  split: { from: bigint | null; holds: boolean }
}

const SOURCES = rowType({
  bank: column.jsonb<TransactionSources['bank']>(),
  rule: column.jsonb<TransactionSources['rule']>(),
  own: column.jsonb<TransactionSources['own']>(),
  parts: column.jsonb<(Omit<Split, 'minor'> & { minor: string })[]>(),
  from: nullable(column.minor),
  holds: column.bool
})

/** @throws RequestError not_found. */
export async function getSources(actor: UserActor, id: string): Promise<TransactionSources> {
  const found = isUuid(id)
    ? await queryOne(
        actor,
        SOURCES,
        sql`
      select jsonb_build_object('category', t.category_primary, 'merchant', nullif(t.merchant_name, '')) as bank,
        ${ruleValues} as rule,
        ${ownValues} as own,
        coalesce(jsonb_agg(jsonb_build_object('minor', coalesce(p.amount_minor, t.amount_minor - e.parts_minor)::text, 'category', p.category, 'note', p.note)
          order by p.n) filter (where p.n is not null), '[]') as parts,
        case when ${splitChanged} then e.split_whole_minor end as "from", ${splitIsValid} as holds
      from ${unsplitTransactions} left join ${transactionParts} p on p.transaction_id = t.id and p.user_id = t.user_id where ${visibleTo(actor)} and t.id = ${id}::uuid group by t.id, e.transaction_id`
      )
    : null
  if (!found) throw notFound('transaction')
  const { bank, rule, own, from, holds, parts } = found
  const splits = parts.map((part) => ({ ...part, minor: BigInt(part.minor) }))
  return { bank, rule, own, splits, split: { from, holds } }
}
