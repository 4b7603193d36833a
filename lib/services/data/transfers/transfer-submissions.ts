/** Transfers as the bank is asked for them, and its word on each. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { bankAccounts, counterparties, transfers } from '@/xata/schema'
import type { Actor, SystemActor } from '@/lib/domain/users/actor'
import type { Money } from '@/lib/domain/money/money'
import type { Direction } from '@/lib/domain/transfers/settlement'
import { statesBefore, type TransferState } from '@/lib/domain/transfers/transfer'
import { audit, bump, instant, json, moment, ownedBy } from '@/lib/services/data/sql/query-helpers'
import { claimJob, completed, type Job } from '@/lib/services/data/jobs/jobs'
import { row, rows } from '@/lib/services/data/sql/query'

/** With the bank, or being sent to it, and not at its end. */
export const isMoving = (state: SQL): SQL => sql`${state} in ('sending', 'submitted', 'on_its_way')`

/** One confirmed transfer with all that the bank has to be told. */
export type Order = {
  id: string
  userId: string
  bankAccountId: string
  counterpartyId: string
  jikoPocketId: string
  jikoCustomerId: string
  jikoCounterpartyId: string
  direction: Direction
  amount: Money
  state: TransferState
  jikoTransferId: string | null
  confirmedAt: string
  attempts: number
}

type OrderRow = {
  id: string
  user_id: string
  bank_account_id: string
  counterparty_id: string
  jiko_pocket_id: string
  jiko_customer_id: string
  jiko_counterparty_id: string
  direction: Direction
  amount_minor: bigint
  currency: string
  state: TransferState
  jiko_transfer_id: string | null
  confirmed_at: string
  attempts: number
}

const orders = (
  where: SQL
): SQL => sql`select t.id, t.user_id, t.bank_account_id, t.counterparty_id, a.jiko_pocket_id, a.jiko_customer_id, c.jiko_counterparty_id, t.direction, t.amount_minor, t.currency, t.state,
    t.jiko_transfer_id, t.confirmed_at, t.attempts
  from ${transfers} t join ${bankAccounts} a on a.id = t.bank_account_id join ${counterparties} c on c.id = t.counterparty_id where ${where}`

const toOrder = (found: OrderRow): Order => ({
  id: found.id,
  userId: found.user_id,
  bankAccountId: found.bank_account_id,
  counterpartyId: found.counterparty_id,
  jikoPocketId: found.jiko_pocket_id,
  jikoCustomerId: found.jiko_customer_id,
  jikoCounterpartyId: found.jiko_counterparty_id,
  direction: found.direction,
  amount: { minor: found.amount_minor, currency: found.currency },
  state: found.state,
  jikoTransferId: found.jiko_transfer_id,
  confirmedAt: found.confirmed_at,
  attempts: found.attempts
})

/** What the holder of the token is to send; null where somebody else holds it by now. */
export async function findOrder(leaseToken: string): Promise<Order | null> {
  const found = await row<OrderRow>(
    orders(sql`t.lease_token = ${leaseToken}::uuid and t.state = 'sending'`)
  )
  return found && toOrder(found)
}

/** The confirmed transfer whose submission has waited longest; null when none is due. */
export const claimOrder = (
  app: SystemActor,
  { leaseMs }: { leaseMs: number }
): Promise<Job<'transfer'> | null> => claimJob(app, 'transfer', { leaseMs })

/** The bank's word, or ours where it has none. */
export type Word = {
  state: TransferState
  jikoTransferId?: string | null
  jikoStatus?: string | null
  returnCode?: string | null
}

/** Keeps a word that takes the transfer forward; one that would take it back changes nothing. */
export async function storeTransferWord(
  actor: Actor,
  id: string,
  { state, jikoTransferId = null, jikoStatus = null, returnCode = null }: Word
): Promise<void> {
  await rows(sql`with before as (
      select id, state <> ${state} as moved from ${transfers} where id = ${id}::uuid and ${ownedBy(actor, sql`user_id`)}
        and (state in (select jsonb_array_elements_text(${json(statesBefore(state))})) or (state = ${state} and jiko_status is distinct from ${jikoStatus}::text))
        and (jiko_transfer_id is null or ${jikoTransferId}::text is null or jiko_transfer_id = ${jikoTransferId}::text)
    ), stored as (
      update ${transfers} t set state = ${state}, jiko_transfer_id = coalesce(t.jiko_transfer_id, ${jikoTransferId}::text), jiko_status = ${jikoStatus}::text,
        return_code = coalesce(${returnCode}::text, t.return_code), settled_at = case when ${state} = 'settled' then ${moment()} else t.settled_at end,
        checked_at = ${moment()}, ${completed()}
      from before b where t.id = b.id returning t.id, t.user_id, b.moved
    ), changed as (select id, user_id from stored where moved),
    audited as (${audit(actor, sql`changed`, { action: 'transfer.moved', subject: sql`id`, detail: json({ state, returnCode }) })}), bumped as (${bump(sql`changed`)})
    select id from stored`)
}

/** Everything that was ever confirmed for an account, for comparing with the bank's list. */
export async function listOrders(bankAccountId: string): Promise<Order[]> {
  return (
    await rows<OrderRow>(
      orders(sql`t.bank_account_id = ${bankAccountId}::uuid and t.confirmed_at is not null`)
    )
  ).map(toOrder)
}

/** Which of these ids of the bank's belong to a transfer of ours already. */
export async function listTakenTransfers(jikoTransferIds: string[]): Promise<Set<string>> {
  if (jikoTransferIds.length === 0) return new Set()
  const found = await rows<{ jiko_transfer_id: string }>(
    sql`select jiko_transfer_id from ${transfers} where jiko_transfer_id in (select jsonb_array_elements_text(${json(jikoTransferIds)}))`
  )
  return new Set(found.map(({ jiko_transfer_id }) => jiko_transfer_id))
}

/** The account's transfers were compared with the bank's list just now. */
export async function markCompared(bankAccountId: string): Promise<void> {
  await rows(
    sql`update ${transfers} set checked_at = ${moment()} where bank_account_id = ${bankAccountId}::uuid and confirmed_at is not null`
  )
}

/** Accounts with a transfer under way that was not looked at since `openBefore`, or with any since `before`. */
export async function listAccountsToCompare({
  openBefore,
  before,
  limit
}: {
  openBefore: Date
  before: Date
  limit: number
}): Promise<{ id: string; userId: string; jikoPocketId: string }[]> {
  const found = await rows<{
    id: string
    user_id: string
    jiko_pocket_id: string
  }>(sql`select a.id, a.user_id, a.jiko_pocket_id from ${bankAccounts} a
    join ${transfers} t on t.bank_account_id = a.id
    where t.state not in ('draft', 'replaced', 'sending') and t.checked_at < case when t.state in ('submitted', 'on_its_way') then ${instant(openBefore)} else ${instant(before)} end
    group by a.id order by min(t.checked_at) limit ${limit}::int`)
  return found.map(({ id, user_id, jiko_pocket_id }) => ({
    id,
    userId: user_id,
    jikoPocketId: jiko_pocket_id
  }))
}
