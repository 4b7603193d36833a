/** The person's own account at the bank. Its full numbers are never here. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Money } from '@/lib/domain/money/money'
import type { Actor, UserActor } from '@/lib/domain/users/actor'
import type { ApplicationRecord } from '@/lib/services/data/onboarding/applications'
import { execute, query, queryOne } from '@/lib/services/data/sql/query'
import {
  audit,
  bumpUserVersion,
  dbNow,
  isUuid,
  notFound,
  ownedBy,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { bankAccounts } from '@/xata/schema'

export type BankAccount = {
  id: string
  name: string
  status: string
  balance: Money | null
  balanceAt: string | null
  jikoPocketId: string
  jikoCustomerId: string
  accountNumberLast4: string | null
  routingNumberLast4: string | null
}

export type BankAccountInput = {
  application: ApplicationRecord
  jikoPocketId: string
  name: string
  status: string
  balance: Money | null
}

/** Keeps the opened pocket, one per application, and notes once that onboarding is completed. */
export async function saveBankAccount(
  actor: Actor,
  { application, jikoPocketId, name, status, balance }: BankAccountInput
): Promise<{ id: string }> {
  const { id: applicationId, userId, jikoCustomerId } = application
  if (actor.kind === 'person' && actor.userId !== userId) throw notFound('application')
  const stored = await queryOne<{ id: string }>(sql`with stored as (
      insert into ${bankAccounts} as b (id, user_id, application_id, jiko_pocket_id, jiko_customer_id, name, status, balance_minor, currency, balance_at)
      values (${randomUUID()}, ${userId}, ${applicationId}::uuid, ${jikoPocketId}, ${jikoCustomerId}, ${name}, ${status},
        ${balance?.minor ?? null}::numeric, ${balance?.currency ?? null}, ${dbNow()})
      on conflict (application_id) do update set updated_at = b.updated_at
      returning id, user_id, (xmax = 0) as fresh
    ), changed as (select id, user_id from stored where fresh),
    audited as (${audit(actor, sql`changed`, { action: 'onboarding.completed', subject: sql`id`, detail: sql`jsonb_build_object('bankAccountId', id)` })}),
    bumped as (${bumpUserVersion(sql`changed`)})
    select id from stored`)
  if (!stored) throw notFound('application')
  return stored
}

export type BankAccountState = {
  status: string
  balance: Money | null
  accountNumberLast4: string | null
  routingNumberLast4: string | null
}

/** Keeps what the bank says about the account now. @throws RequestError not_found. */
export async function saveBankAccountState(
  actor: Actor,
  id: string,
  state: BankAccountState
): Promise<void> {
  const { status, balance, accountNumberLast4, routingNumberLast4 } = state
  const next = sql`(${status}::text, ${balance?.minor ?? null}::numeric, ${balance?.currency ?? null}::text, ${accountNumberLast4}::text, ${routingNumberLast4}::text)`
  const stored = isUuid(id)
    ? await execute(sql`with before as (
        select id, (status, balance_minor, currency, account_number_last4, routing_number_last4) is distinct from ${next} as moved
        from ${bankAccounts} where id = ${id}::uuid and ${ownedBy(actor, sql`user_id`)}
      ), stored as (
        update ${bankAccounts} b set (status, balance_minor, currency, account_number_last4, routing_number_last4) = ${next}, balance_at = ${dbNow()}, updated_at = now()
        from before where b.id = before.id returning b.id, b.user_id, before.moved
      ), changed as (select id, user_id from stored where moved),
      audited as (${audit(actor, sql`changed`, { action: 'bank_account.updated', subject: sql`id` })}), bumped as (${bumpUserVersion(sql`changed`)})
      select id from stored`)
    : null
  if (!stored) throw notFound('account')
}

type BankAccountRow = {
  id: string
  name: string
  status: string
  balance_minor: bigint | null
  currency: string | null
  balance_at: string | null
  jiko_pocket_id: string
  jiko_customer_id: string
  account_number_last4: string | null
  routing_number_last4: string | null
}

export async function findBankAccount(actor: UserActor): Promise<BankAccount | null> {
  const found = await queryOne<BankAccountRow>(sql`
    select id, name, status, balance_minor, currency, balance_at, jiko_pocket_id, jiko_customer_id, account_number_last4, routing_number_last4
    from ${bankAccounts} where user_id = ${actor.userId}`)
  return (
    found && {
      id: found.id,
      name: found.name,
      status: found.status,
      balance:
        found.balance_minor !== null && found.currency !== null
          ? { minor: found.balance_minor, currency: found.currency }
          : null,
      balanceAt: found.balance_at,
      jikoPocketId: found.jiko_pocket_id,
      jikoCustomerId: found.jiko_customer_id,
      accountNumberLast4: found.account_number_last4,
      routingNumberLast4: found.routing_number_last4
    }
  )
}

/** Whose account a pocket is. */
export async function findBankAccountByPocket(
  jikoPocketId: string
): Promise<{ id: string; userId: string; jikoPocketId: string } | null> {
  const found = await queryOne<{ id: string; user_id: string }>(
    sql`select id, user_id from ${bankAccounts} where jiko_pocket_id = ${jikoPocketId}`
  )
  return found && { id: found.id, userId: found.user_id, jikoPocketId }
}

/** Accounts not asked about since `before`, or since `unsettledBefore` where they are still being opened: no event comes when a pocket opens, freezes or closes. */
export async function listStaleBankAccounts({
  unsettledBefore,
  before,
  limit
}: {
  unsettledBefore: Date
  before: Date
  limit: number
}): Promise<{ id: string; userId: string; jikoPocketId: string }[]> {
  const found = await query<{ id: string; user_id: string; jiko_pocket_id: string }>(sql`
    select id, user_id, jiko_pocket_id from ${bankAccounts}
    where balance_at < case when status = 'PENDING' or account_number_last4 is null then ${timestamptz(unsettledBefore)} else ${timestamptz(before)} end
    order by balance_at limit ${limit}::int`)
  return found.map(({ id, user_id, jiko_pocket_id }) => ({
    id,
    userId: user_id,
    jikoPocketId: jiko_pocket_id
  }))
}
