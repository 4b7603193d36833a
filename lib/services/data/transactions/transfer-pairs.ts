/** Transfers between a user's own accounts, as pairs of rows. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  findPairs,
  MAX_DAYS_APART,
  MIN_DAYS_APART,
  MOST_FACING,
  type TransferLeg
} from '@/lib/domain/transactions/transfer-pairs'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { execute, queryOne } from '@/lib/services/data/sql/query'
import { auditedChange, isUuid, jsonb, notFound } from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, rowType } from '@/lib/services/data/sql/row-type'
import {
  category,
  detailed,
  unsplitTransactions,
  visibleTo
} from '@/lib/services/data/transactions/transaction-sql'
import {
  bankConnections,
  institutions,
  linkedAccounts,
  transactionEdits,
  transactions,
  transferLegs
} from '@/xata/schema'

const system = systemActor('sync')

/** A possible side of a transfer, with the row that it is paired with now. */
type StoredLeg = Omit<TransferLeg, 'minor'> & { minor: string; other: string | null }

/**
 * Rows that can be paired: settled, visible, not split, and not decided by the user. A loan payment
 * counts on the account it was paid from.
 */
const unpairedTransactions = (
  userId: string
): SQL => sql`select t.id, t.account_id, t.amount_minor, t.currency, t.booked_on - date '2000-01-01' as day, t.name
  from ${transactions} t join ${linkedAccounts} l on l.id = t.account_id left join ${transactionEdits} e on e.transaction_id = t.id and e.user_id = t.user_id
  where t.user_id = ${userId} and t.removed_at is null and l.hidden_at is null and not t.pending and l.type <> 'loan' and e.parts_minor is null
    and not exists (select 1 from ${transferLegs} x where x.transaction_id = t.id and x.state <> 'found')`

/**
 * Rows with an opposite amount nearby, and how many others look the same. Sorted once instead of
 * joined with each other, which could take quadratic time.
 */
const facingRows: SQL = sql`near as materialized (
    select * from (
      select id, account_id, amount_minor, name, case when amount_minor < 0 then count(*) filter (where amount_minor > 0) over arriving
        else count(*) filter (where amount_minor < 0) over leaving end as facing
      from open where ((-amount_minor, currency) in (select distinct amount_minor, currency from open)) is true
      window equal as (partition by abs(amount_minor), currency order by day),
        arriving as (equal range between ${sql.raw(String(-MIN_DAYS_APART))} preceding and ${sql.raw(String(MAX_DAYS_APART))} following),
        leaving as (equal range between ${sql.raw(String(MAX_DAYS_APART))} preceding and ${sql.raw(String(-MIN_DAYS_APART))} following)
    ) f where facing between 1 and ${MOST_FACING}
  ), looks as (
    select id, count(*) over (partition by account_id, amount_minor, name) as alike
    from open where ((account_id, amount_minor, name) in (select account_id, amount_minor, name from near)) is true
  )`

/**
 * The possible sides, as `findPairs` reads them. Split transactions are excluded, so there is no
 * split `p`. Each side is looked up by its id: joined, Postgres would read all transactions.
 */
const legs: SQL = sql`select leg from looks cross join lateral (
    select jsonb_build_object('id', t.id, 'accountId', t.account_id, 'accountType', l.type, 'accountMask', l.mask, 'accountName', l.name,
      'institutionName', coalesce(i.name, c.institution_name), 'date', t.booked_on, 'minor', t.amount_minor::text, 'currency', t.currency, 'name', t.name,
      'merchantName', nullif(t.merchant_name, ''), 'categoryPrimary', ${category}, 'categoryDetailed', ${detailed}, 'alike', looks.alike, 'other', x.other_id) as leg
    from ${unsplitTransactions} left join ${transferLegs} x on x.transaction_id = t.id cross join (select null::text as category) p
    where t.id = looks.id limit 1
  ) side where (looks.id in (select id from near)) is true`

/**
 * Finds the transfers among all rows of the user and replaces the pairs found before, because a
 * newly linked bank may have a better match. Decisions of the user are kept.
 */
export async function pairTransfers(userId: string): Promise<void> {
  const found = await queryOne(
    system,
    rowType({ legs: column.jsonb<StoredLeg[]>(), kept: column.int4 }),
    sql`with open as materialized (${unpairedTransactions(userId)}),
    ${facingRows},
    leg as (${legs})
    select coalesce((select jsonb_agg(leg) from leg), '[]') as legs, (select count(*)::int from ${transferLegs} where user_id = ${userId} and state = 'found') as kept`
  )
  const sides = found?.legs.map((one) => ({ ...one, minor: BigInt(one.minor) })) ?? []
  const other = new Map(
    findPairs(sides).flatMap(({ outId, inId }) => [[outId, inId] as const, [inId, outId] as const])
  )
  if (
    found &&
    found.kept === other.size &&
    sides.every((one) => one.other === (other.get(one.id) ?? null))
  )
    return
  await storePairs(
    userId,
    [...other].map(([id, otherId]) => ({ id, other: otherId }))
  )
}

async function storePairs(userId: string, legs: { id: string; other: string }[]): Promise<void> {
  await execute(
    system,
    auditedChange(
      systemActor('sync'),
      sql`select user_id from dropped union all select user_id from kept`,
      {
        action: 'transfers.paired',
        detail: sql`jsonb_build_object('count', (select count(*) from kept))`,
        before: sql`given as (select * from jsonb_to_recordset(${jsonb(legs)}) as g(id uuid, other uuid)),
    dropped as (delete from ${transferLegs} x where x.user_id = ${userId} and x.state = 'found' and x.transaction_id not in (select id from given) returning x.user_id),
    kept as (
      insert into ${transferLegs} as x (transaction_id, other_id, user_id)
      select g.id, g.other, t.user_id from given g join ${transactions} t on t.id = g.id and t.user_id = ${userId} join ${transactions} o on o.id = g.other order by g.id
      on conflict (transaction_id) do update set other_id = excluded.other_id, updated_at = now() where x.state = 'found' and x.other_id <> excluded.other_id
      returning x.user_id
    )`
      }
    )
  )
}

const TRANSFER_PAIR = rowType({
  otherId: transactions.id,
  accountName: column.text,
  accountMask: linkedAccounts.mask,
  institutionName: column.text,
  date: transactions.bookedOn,
  undone: column.bool
})
type TransferPair = InferRow<typeof TRANSFER_PAIR>

/** The other side of a transfer, even if the user has undone it; null if none is visible. */
export async function findTransferPair(actor: UserActor, id: string): Promise<TransferPair | null> {
  if (!isUuid(id)) return null
  return queryOne(
    actor,
    TRANSFER_PAIR,
    sql`select t.id as "otherId", coalesce(l.display_name, l.name) as "accountName", l.mask as "accountMask",
      coalesce(i.name, c.institution_name) as "institutionName", t.booked_on as date, x.state = 'undone' as undone
    from ${transferLegs} x join (${transactions} t join ${linkedAccounts} l on l.id = t.account_id join ${bankConnections} c on c.id = t.connection_id
      left join ${institutions} i on i.id = c.institution_id) on t.id = x.other_id
    join ${transactions} own on own.id = x.transaction_id
    where x.transaction_id = ${id}::uuid and x.user_id = ${actor.userId} and ${visibleTo(actor)} and not t.pending
      and t.amount_minor = -own.amount_minor and t.currency = own.currency`
  )
}

/**
 * Undoes or restores a pair, on both sides at once.
 * @throws RequestError not_found if the transaction has no pair.
 */
export async function savePairChoice(
  actor: UserActor,
  id: string,
  isTransfer: boolean
): Promise<void> {
  const found = isUuid(id)
    ? await execute(
        actor,
        auditedChange(
          actor,
          sql`update ${transferLegs} x set state = ${isTransfer ? 'confirmed' : 'undone'}, updated_at = now()
        from sides where x.transaction_id = sides.transaction_id returning x.transaction_id as id, x.user_id`,
          {
            action: isTransfer ? 'transfer.paired' : 'transfer.unpaired',
            subject: sql`${id}::text`,
            before: sql`sides as (
        select transaction_id from ${transferLegs} where user_id = ${actor.userId} and (transaction_id = ${id}::uuid or other_id = ${id}::uuid)
      )`
          }
        )
      )
    : null
  if (!found) throw notFound('transfer between your accounts')
}

/** For `saveSplits`: a split transaction is no longer one side of a transfer. */
export const undoPairForSplit = (
  target: SQL
): SQL => sql`update ${transferLegs} x set state = 'undone', updated_at = now()
  from ${target} w where (x.transaction_id = w.id or x.other_id = w.id) and x.user_id = w.user_id`
