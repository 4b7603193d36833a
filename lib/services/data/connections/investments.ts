/** Holdings and transactions of investment accounts, replaced by every sync that could read them. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import {
  CASH_FLOW_KINDS,
  type InvestmentTransaction,
  type SecurityHolding,
  type SyncedHolding,
  type SyncedInvestmentTransaction
} from '@/lib/domain/connections/investment'
import type { CalendarDate } from '@/lib/domain/dates'
import type { UserActor } from '@/lib/domain/users/actor'
import { query, queryOne } from '@/lib/services/data/sql/query'
import { isUuid, jsonb, notFound } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import {
  bankConnections,
  investmentTransactions,
  linkedAccounts,
  securityHoldings
} from '@/xata/schema'

const openAccounts = (from: SQL) =>
  sql`${from} f join ${linkedAccounts} l on l.connection_id = f.connection_id and l.closed_at is null`

/**
 * CTEs: stores the holdings of open accounts of the connection of the CTE `from` (connection_id,
 * user_id) and deletes those that are no longer held. null: they could not be read and stay.
 */
export function saveHoldings(from: SQL, given: readonly SyncedHolding[] | null): SQL {
  const rows = (given ?? []).map(({ value, cost, ...one }) => ({
    ...one,
    value: value?.minor ?? null,
    cost: cost?.minor ?? null
  }))
  return sql`held_now as (
      select l.id as account_id, f.user_id, g.* from ${openAccounts(from)}
      join jsonb_to_recordset(${jsonb(rows)}) as g("plaidAccountId" text, "plaidSecurityId" text, name text, ticker text, type text, quantity text, price text, "pricedOn" date,
        value numeric, cost numeric, currency text) on g."plaidAccountId" = l.plaid_account_id
    ), sold as (
      delete from ${securityHoldings} h using ${from} f, ${linkedAccounts} l
      where l.connection_id = f.connection_id and h.account_id = l.id and ${given !== null}::boolean
        and (h.account_id, h.plaid_security_id) not in (select account_id, "plaidSecurityId" from held_now)
    ), kept as (
      insert into ${securityHoldings} as h (account_id, plaid_security_id, user_id, name, ticker, type, quantity, price, priced_on, value_minor, cost_minor, currency)
      select account_id, "plaidSecurityId", user_id, name, ticker, type, quantity, price, "pricedOn", value, cost, currency from held_now
      on conflict (account_id, plaid_security_id) do update set name = excluded.name, ticker = excluded.ticker, type = excluded.type, quantity = excluded.quantity,
        price = excluded.price, priced_on = excluded.priced_on, value_minor = excluded.value_minor, cost_minor = excluded.cost_minor, currency = excluded.currency, updated_at = now()
    ) select 1`
}

const CONTENT = sql.raw(
  'booked_on, name, kind, subtype, amount_minor, fees_minor, currency, quantity, price, ticker'
)
const excluded = sql.raw(
  'excluded.booked_on, excluded.name, excluded.kind, excluded.subtype, excluded.amount_minor, excluded.fees_minor, excluded.currency, excluded.quantity, excluded.price, excluded.ticker'
)

/**
 * CTEs: stores the investment transactions of open accounts and deletes those since `from` that the
 * institution no longer lists. Older ones stay: Plaid's history is limited, ours is not.
 */
export function saveInvestmentTransactions(
  from: SQL,
  given: { rows: readonly SyncedInvestmentTransaction[]; from: CalendarDate } | null
): SQL {
  const rows = (given?.rows ?? []).map(({ amount, fees, ...one }) => ({
    ...one,
    id: randomUUID(),
    amount: amount.minor,
    currency: amount.currency,
    fees: fees?.minor ?? null
  }))
  return sql`booked as (
      select l.id as account_id, f.user_id, g.* from ${openAccounts(from)}
      join jsonb_to_recordset(${jsonb(rows)}) as g(id uuid, "plaidAccountId" text, "plaidTransactionId" text, date date, name text, kind text, subtype text, amount numeric,
        fees numeric, currency text, quantity text, price text, ticker text) on g."plaidAccountId" = l.plaid_account_id
    ), withdrawn as (
      delete from ${investmentTransactions} v using ${openAccounts(from)}
      where v.account_id = l.id and v.booked_on >= ${given?.from ?? null}::date
        and (v.account_id, v.plaid_transaction_id) not in (select account_id, "plaidTransactionId" from booked)
    ), kept as (
      insert into ${investmentTransactions} as v (id, user_id, account_id, plaid_transaction_id, ${CONTENT})
      select id, user_id, account_id, "plaidTransactionId", date, name, kind, subtype, amount, fees, currency, quantity, price, ticker from booked
      on conflict (account_id, plaid_transaction_id) do update set (${CONTENT}) = (${excluded}), updated_at = now()
      where (v.booked_on, v.name, v.kind, v.subtype, v.amount_minor, v.fees_minor, v.currency, v.quantity, v.price, v.ticker) is distinct from (${excluded})
    ) select 1`
}

/** Deletes what is held at a bank that is disconnected; its transactions are history. */
export const deleteHoldings = (connections: SQL): SQL =>
  sql`delete from ${securityHoldings} h using ${connections}, ${linkedAccounts} l where l.connection_id = changed.id and h.account_id = l.id`

const money = (minor: bigint | null, currency: string) =>
  minor === null ? null : { minor, currency }

const ownAccount = (actor: UserActor, id: string) =>
  sql`l.id = ${id}::uuid and l.user_id = ${actor.userId} and c.removed_at is null`
const accounts = sql`${linkedAccounts} l join ${bankConnections} c on c.id = l.connection_id`

/** The holdings of one account, the largest first, and its newest transactions. */
export async function getAccountInvestments(
  actor: UserActor,
  accountId: string,
  { limit }: { limit: number }
): Promise<{
  holdings: SecurityHolding[]
  transactions: (InvestmentTransaction & { id: string })[]
}> {
  const found = isUuid(accountId)
    ? await queryOne(
        actor,
        rowType({ id: linkedAccounts.id }),
        sql`select l.id from ${accounts} where ${ownAccount(actor, accountId)}`
      )
    : null
  if (!found) throw notFound('account')
  const [holdings, transactions] = await Promise.all([
    listHoldings(actor, accountId),
    listTransactions(actor, accountId, limit)
  ])
  return { holdings, transactions }
}

async function listHoldings(actor: UserActor, accountId: string): Promise<SecurityHolding[]> {
  const found = await query(
    actor,
    rowType({
      name: securityHoldings.name,
      ticker: securityHoldings.ticker,
      type: securityHoldings.type,
      quantity: securityHoldings.quantity,
      price: securityHoldings.price,
      pricedOn: securityHoldings.pricedOn,
      valueMinor: securityHoldings.valueMinor,
      costMinor: securityHoldings.costMinor,
      currency: securityHoldings.currency
    }),
    sql`select h.name, h.ticker, h.type, h.quantity, h.price, h.priced_on as "pricedOn", h.value_minor as "valueMinor", h.cost_minor as "costMinor", h.currency
    from ${securityHoldings} h where h.account_id = ${accountId}::uuid and h.user_id = ${actor.userId} order by h.value_minor desc nulls last, h.name, h.plaid_security_id`
  )
  return found.map(({ valueMinor, costMinor, ...one }) => ({
    ...one,
    value: money(valueMinor, one.currency),
    cost: money(costMinor, one.currency)
  }))
}

async function listTransactions(actor: UserActor, accountId: string, limit: number) {
  const found = await query(
    actor,
    rowType({
      id: investmentTransactions.id,
      date: investmentTransactions.bookedOn,
      name: investmentTransactions.name,
      kind: investmentTransactions.kind,
      subtype: investmentTransactions.subtype,
      amountMinor: investmentTransactions.amountMinor,
      feesMinor: investmentTransactions.feesMinor,
      currency: investmentTransactions.currency,
      quantity: investmentTransactions.quantity,
      price: investmentTransactions.price,
      ticker: investmentTransactions.ticker
    }),
    sql`select v.id, v.booked_on as date, v.name, v.kind, v.subtype, v.amount_minor as "amountMinor", v.fees_minor as "feesMinor", v.currency, v.quantity, v.price, v.ticker
    from ${investmentTransactions} v where v.account_id = ${accountId}::uuid and v.user_id = ${actor.userId} order by v.booked_on desc, v.id desc limit ${limit}::int`
  )
  return found.map(({ amountMinor, feesMinor, currency, ...one }) => ({
    ...one,
    amount: { minor: amountMinor, currency },
    fees: money(feesMinor, currency)
  }))
}

const flowKinds = sql`(${sql.join(
  CASH_FLOW_KINDS.map((kind) => sql`${kind}`),
  sql`, `
)})`

/** Money that came into or left investment accounts, per account and day. */
export const listInvestmentFlows = (
  actor: UserActor,
  { from, to }: { from: CalendarDate; to: CalendarDate }
) =>
  query(
    actor,
    rowType({
      accountId: investmentTransactions.accountId,
      on: investmentTransactions.bookedOn,
      minor: column.minor
    }),
    sql`select v.account_id as "accountId", v.booked_on as on, sum(v.amount_minor) as minor
    from ${investmentTransactions} v join ${linkedAccounts} l on l.id = v.account_id and l.currency = v.currency
    where v.user_id = ${actor.userId} and v.kind in ${flowKinds} and v.booked_on > ${from}::date and v.booked_on <= ${to}::date group by v.account_id, v.booked_on`
  )
