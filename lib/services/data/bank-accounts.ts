import 'server-only'
import type { Actor, Person, System } from '../../domain/actor'
import type { Money } from '../../domain/money'
import type { ApplicationRecord } from './application-rows'
import { atomic, audit, changed, instant, iso, row, sql, uuid } from './query'

/** The person's own account at the bank, as last read. */
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

type BankAccountRow = {
  id: string
  name: string
  status: string
  balance_minor: string | null
  currency: string | null
  balance_at: string | null
  jiko_pocket_id: string
  jiko_customer_id: string
  account_number_last4: string | null
  routing_number_last4: string | null
}

export async function findBankAccount(person: Person): Promise<BankAccount | null> {
  const found = await row<BankAccountRow>(sql`select id, name, status, balance_minor, currency, balance_at, jiko_pocket_id, jiko_customer_id,
    account_number_last4, routing_number_last4 from bank_accounts where user_id = ${person.userId}`)
  return (
    found && {
      id: found.id,
      name: found.name,
      status: found.status,
      balance: toMoneyOrNull(found.balance_minor, found.currency),
      balanceAt: iso(found.balance_at),
      jikoPocketId: found.jiko_pocket_id,
      jikoCustomerId: found.jiko_customer_id,
      accountNumberLast4: found.account_number_last4,
      routingNumberLast4: found.routing_number_last4
    }
  )
}

export const toMoneyOrNull = (minor: string | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor: BigInt(minor), currency }

/** Whose pocket it is, for events that only name the pocket. */
export async function findBankAccountByPocket(_system: System, jikoPocketId: string): Promise<{ id: string; userId: string; jikoPocketId: string } | null> {
  const found = await row<{ id: string; user_id: string }>(sql`select id, user_id from bank_accounts where jiko_pocket_id = ${jikoPocketId}`)
  return found && { id: found.id, userId: found.user_id, jikoPocketId }
}

type NewBankAccount = { application: ApplicationRecord; jikoPocketId: string; name: string; status: string; balance: Money | null }

/** Keeps the opened pocket, once; with it goes the record that onboarding is completed. @returns our id of the account. */
export async function storeBankAccount(actor: Actor, account: NewBankAccount): Promise<{ id: string }> {
  const { application, jikoPocketId, name, status, balance } = account
  const id = uuid()
  const [, , , found] = await atomic([
    sql`insert into bank_accounts (id, user_id, application_id, jiko_pocket_id, jiko_customer_id, name, status, balance_minor, currency, balance_at, created_at, updated_at)
      values (${id}::uuid, ${application.userId}, ${application.id}::uuid, ${jikoPocketId}, ${application.jikoCustomerId ?? ''}, ${name}, ${status},
        ${balance ? balance.minor.toString() : null}::bigint, ${balance?.currency ?? null}, ${instant()}, ${instant()}, ${instant()})
      on conflict do nothing`,
    audit(
      actor,
      'onboarding.completed',
      { userId: application.userId, subject: id, detail: { bankAccountId: id } },
      sql`exists (select 1 from bank_accounts where id = ${id}::uuid)`
    ),
    changed(application.userId),
    sql`select id from bank_accounts where application_id = ${application.id}::uuid`
  ])
  return { id: String(found?.[0]?.id ?? id) }
}

type BankAccountState = { status: string; balance: Money | null; accountNumberLast4: string | null; routingNumberLast4: string | null }

/** What the bank says of the pocket now. */
export async function storeBankAccountState(_actor: Actor, id: string, state: BankAccountState): Promise<void> {
  const { status, balance, accountNumberLast4, routingNumberLast4 } = state
  await atomic([
    sql`update bank_accounts set status = ${status}, balance_minor = ${balance ? balance.minor.toString() : null}::bigint, currency = ${balance?.currency ?? null},
      balance_at = ${instant()}, account_number_last4 = ${accountNumberLast4}, routing_number_last4 = ${routingNumberLast4}, updated_at = ${instant()}
      where id = ${id}::uuid`,
    changed(sql`(select user_id from bank_accounts where id = ${id}::uuid)`)
  ])
}
