/** The user's bank account at Jiko. Its full numbers are never stored. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Money } from '@/lib/domain/money/money'
import { type Actor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import type { ApplicationRecord } from '@/lib/services/data/onboarding/application-record'
import { build, execute, query, queryOne } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  dbNow,
  isUuid,
  notFound,
  ownedBy,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { rowType, typed } from '@/lib/services/data/sql/row-type'
import { readOne } from '@/lib/services/data/sql/short-reads'
import { bankAccounts } from '@/xata/schema'

const system = systemActor('onboarding')

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

/** Stores the opened pocket, one per application, and audits the completed onboarding once. */
export async function saveBankAccount(
  actor: Actor,
  { application, jikoPocketId, name, status, balance }: BankAccountInput
): Promise<{ id: string }> {
  const { id: applicationId, userId, jikoCustomerId } = application
  if (actor.kind === 'person' && actor.userId !== userId) throw notFound('application')
  const stored = await queryOne(
    actor,
    rowType({ id: bankAccounts.id }),
    auditedChange(actor, sql`select id, user_id from stored where fresh`, {
      action: 'onboarding.completed',
      subject: sql`id`,
      detail: sql`jsonb_build_object('bankAccountId', id)`,
      before: sql`stored as (
      insert into ${bankAccounts} as b (id, user_id, application_id, jiko_pocket_id, jiko_customer_id, name, status, balance_minor, currency, balance_at)
      values (${randomUUID()}, ${userId}, ${applicationId}::uuid, ${jikoPocketId}, ${jikoCustomerId}, ${name}, ${status},
        ${balance?.minor ?? null}::numeric, ${balance?.currency ?? null}, ${dbNow()})
      on conflict (application_id) do update set updated_at = b.updated_at
      returning id, user_id, (xmax = 0) as fresh
    )`,
      result: sql`select id from stored`
    })
  )
  if (!stored) throw notFound('application')
  return stored
}

export type BankAccountState = {
  status: string
  balance: Money | null
  accountNumberLast4: string | null
  routingNumberLast4: string | null
}

/** Stores status, balance and last digits from Jiko. @throws RequestError not_found. */
export async function saveBankAccountState(
  actor: Actor,
  id: string,
  state: BankAccountState
): Promise<void> {
  const { status, balance, accountNumberLast4, routingNumberLast4 } = state
  const next = sql`(${status}::text, ${balance?.minor ?? null}::numeric, ${balance?.currency ?? null}::text, ${accountNumberLast4}::text, ${routingNumberLast4}::text)`
  const stored = isUuid(id)
    ? await execute(
        actor,
        auditedChange(actor, sql`select id, user_id from stored where moved`, {
          action: 'bank_account.updated',
          subject: sql`id`,
          result: sql`select id from stored`,
          before: sql`before as (
        select id, (status, balance_minor, currency, account_number_last4, routing_number_last4) is distinct from ${next} as moved
        from ${bankAccounts} where id = ${id}::uuid and ${ownedBy(actor, sql`user_id`)}
      ), stored as (
        update ${bankAccounts} b set (status, balance_minor, currency, account_number_last4, routing_number_last4) = ${next}, balance_at = ${dbNow()}, updated_at = now()
        from before where b.id = before.id returning b.id, b.user_id, before.moved
      )`
        })
      )
    : null
  if (!stored) throw notFound('account')
}

const BANK_ACCOUNT = rowType({
  id: bankAccounts.id,
  name: bankAccounts.name,
  status: bankAccounts.status,
  minor: bankAccounts.balanceMinor,
  currency: bankAccounts.currency,
  balanceAt: bankAccounts.balanceAt,
  jikoPocketId: bankAccounts.jikoPocketId,
  jikoCustomerId: bankAccounts.jikoCustomerId,
  accountNumberLast4: bankAccounts.accountNumberLast4,
  routingNumberLast4: bankAccounts.routingNumberLast4
})

export async function findBankAccount(actor: UserActor): Promise<BankAccount | null> {
  const found = await readOne(
    actor,
    typed(
      BANK_ACCOUNT,
      sql`select id, name, status, balance_minor as minor, currency, balance_at as "balanceAt", jiko_pocket_id as "jikoPocketId",
        jiko_customer_id as "jikoCustomerId", account_number_last4 as "accountNumberLast4", routing_number_last4 as "routingNumberLast4"
      from ${bankAccounts} where user_id = ${actor.userId}`
    )
  )
  if (!found) return null
  const { minor, currency, ...rest } = found
  return { ...rest, balance: minor !== null && currency !== null ? { minor, currency } : null }
}

type PocketOwner = { id: string; userId: string; jikoPocketId: string }
const POCKET_OWNER = {
  id: bankAccounts.id,
  userId: bankAccounts.userId,
  jikoPocketId: bankAccounts.jikoPocketId
}

/** The account of a pocket, with its owner. */
export async function findBankAccountByPocket(jikoPocketId: string): Promise<PocketOwner | null> {
  const [found] = await build(system, (orm) =>
    orm.select(POCKET_OWNER).from(bankAccounts).where(eq(bankAccounts.jikoPocketId, jikoPocketId))
  )
  return found ?? null
}

/**
 * Accounts not checked since `before`, or since `unsettledBefore` while they are being opened. Jiko
 * sends no event when a pocket opens, freezes or closes.
 */
export async function listStaleBankAccounts({
  unsettledBefore,
  before,
  limit
}: {
  unsettledBefore: Date
  before: Date
  limit: number
}): Promise<PocketOwner[]> {
  return query(
    system,
    rowType(POCKET_OWNER),
    sql`select id, user_id as "userId", jiko_pocket_id as "jikoPocketId" from ${bankAccounts}
    where balance_at < case when status = 'PENDING' or account_number_last4 is null then ${timestamptz(unsettledBefore)} else ${timestamptz(before)} end
    order by balance_at limit ${limit}::int`
  )
}
