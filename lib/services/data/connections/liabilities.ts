/** The terms of cards and loans, replaced by every sync that could read them. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type {
  InterestRate,
  Liability,
  LiabilityKind,
  SyncedLiability
} from '@/lib/domain/connections/liability'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, type RowOf } from '@/lib/services/data/sql/row-type'
import { liabilities, linkedAccounts } from '@/xata/schema'

/**
 * Stores the terms of open accounts of the connection of the CTE `from` (connection_id, user_id)
 * and deletes those that are no longer reported. null: they could not be read and stay as they are.
 */
export function saveLiabilities(from: SQL, given: readonly SyncedLiability[] | null): SQL {
  const rows = (given ?? []).map((one) => ({
    plaid: one.plaidAccountId,
    kind: one.kind,
    rates: one.rates,
    currency: one.currency,
    minimum: one.minimum?.minor ?? null,
    due: one.dueOn,
    overdue: one.overdue,
    statement: one.statement?.minor ?? null,
    issued: one.statementOn
  }))
  return sql`target as (
      select l.id, f.user_id, g.* from ${from} f join ${linkedAccounts} l on l.connection_id = f.connection_id and l.closed_at is null
      join jsonb_to_recordset(${jsonb(rows)}) as g(plaid text, kind text, rates jsonb, currency text, minimum numeric, due date, overdue boolean, statement numeric, issued date)
        on g.plaid = l.plaid_account_id
    ), ended as (
      delete from ${liabilities} d using ${from} f, ${linkedAccounts} l
      where l.connection_id = f.connection_id and d.account_id = l.id and ${given !== null}::boolean and d.account_id not in (select id from target)
    ), stored as (
      insert into ${liabilities} as d (account_id, user_id, kind, rates, currency, minimum_minor, due_on, overdue, statement_minor, statement_on)
      select id, user_id, kind, rates, currency, minimum, due, overdue, statement, issued from target
      on conflict (account_id) do update set kind = excluded.kind, rates = excluded.rates, currency = excluded.currency, minimum_minor = excluded.minimum_minor,
        due_on = excluded.due_on, overdue = excluded.overdue, statement_minor = excluded.statement_minor, statement_on = excluded.statement_on, updated_at = now()
    ) select 1`
}

/** The columns of the terms `d`, joined with their account. */
export const LIABILITY = {
  liabilityKind: nullable(column.textOf<LiabilityKind>()),
  rates: nullable(column.jsonb<InterestRate[]>()),
  liabilityCurrency: nullable(column.text),
  minimumMinor: liabilities.minimumMinor,
  dueOn: liabilities.dueOn,
  overdue: liabilities.overdue,
  statementMinor: liabilities.statementMinor,
  statementOn: liabilities.statementOn
}

export const selectLiability = sql`d.kind as "liabilityKind", d.rates, d.currency as "liabilityCurrency", d.minimum_minor as "minimumMinor", d.due_on as "dueOn", d.overdue,
  d.statement_minor as "statementMinor", d.statement_on as "statementOn"`

/** The row with its terms as one value. */
export function toLiability<R extends RowOf<typeof LIABILITY>>({
  liabilityKind,
  rates,
  liabilityCurrency,
  minimumMinor,
  dueOn,
  overdue,
  statementMinor,
  statementOn,
  ...rest
}: R) {
  const money = (minor: bigint | null) =>
    minor === null ? null : { minor, currency: liabilityCurrency ?? 'XXX' }
  const liability: Liability | null = liabilityKind && {
    kind: liabilityKind,
    rates: rates ?? [],
    minimum: money(minimumMinor),
    dueOn,
    overdue,
    statement: money(statementMinor),
    statementOn
  }
  return { ...rest, liability }
}
