import 'server-only'
import { sql } from 'drizzle-orm'
import { currentBalance, type LinkedAccount } from '@/lib/domain/connections/linked-account'
import { type Exact, nothingElse } from '@/lib/domain/exact'
import type { Money } from '@/lib/domain/money/money'
import type { UserActor } from '@/lib/domain/users/actor'
import {
  LIABILITY,
  selectLiability,
  toLiability
} from '@/lib/services/data/connections/liabilities'
import { execute } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  dbNow,
  isUuid,
  jsonb,
  notFound
} from '@/lib/services/data/sql/query-helpers'
import { column, type RowOf, rowType, typed } from '@/lib/services/data/sql/row-type'
import { read } from '@/lib/services/data/sql/short-reads'
import { bankConnections, institutions, liabilities, linkedAccounts } from '@/xata/schema'

/** The columns of an account's balances. */
export const BALANCES = {
  type: linkedAccounts.type,
  currency: linkedAccounts.currency,
  currentMinor: linkedAccounts.currentMinor,
  availableMinor: linkedAccounts.availableMinor,
  limitMinor: linkedAccounts.limitMinor
}

/** `BALANCES` of the account `l`. */
export const selectBalances = sql`l.type, l.currency, l.current_minor as "currentMinor", l.available_minor as "availableMinor", l.limit_minor as "limitMinor"`

const ACCOUNT = rowType({
  id: linkedAccounts.id,
  connectionId: linkedAccounts.connectionId,
  institutionName: column.text,
  name: column.text,
  bankName: linkedAccounts.name,
  hidden: column.bool,
  officialName: linkedAccounts.officialName,
  mask: linkedAccounts.mask,
  subtype: linkedAccounts.subtype,
  balancesAt: linkedAccounts.balancesAt,
  ...BALANCES,
  ...LIABILITY
})

const money = (minor: bigint | null, currency: string | null): Money | null =>
  minor !== null && currency !== null ? { minor, currency } : null

/**
 * The row with its balances as money. If a bank reports only the available balance, the current one
 * is derived from it.
 */
export function toBalances<R extends RowOf<typeof BALANCES>>({
  currency,
  currentMinor,
  availableMinor,
  limitMinor,
  ...rest
}: R) {
  const [available, limit] = [money(availableMinor, currency), money(limitMinor, currency)]
  const current = currentBalance({
    type: rest.type,
    current: money(currentMinor, currency),
    available,
    limit
  })
  return { ...rest, current, available, limit }
}

/** The user's open linked accounts, ordered by connection; hidden ones only on request. */
export async function listAccounts(
  actor: UserActor,
  { hidden = false } = {}
): Promise<(LinkedAccount & { institutionName: string })[]> {
  const found = await read(
    actor,
    typed(
      ACCOUNT,
      sql`select l.id, l.connection_id as "connectionId", coalesce(i.name, c.institution_name) as "institutionName", coalesce(l.display_name, l.name) as name,
      l.name as "bankName", l.hidden_at is not null as hidden, l.official_name as "officialName", l.mask, l.subtype, l.balances_at as "balancesAt", ${selectBalances}, ${selectLiability}
    from ${linkedAccounts} l join ${bankConnections} c on c.id = l.connection_id left join ${institutions} i on i.id = c.institution_id
      left join ${liabilities} d on d.account_id = l.id and d.user_id = l.user_id
    where l.user_id = ${actor.userId} and l.closed_at is null and c.removed_at is null and (${hidden} or l.hidden_at is null)
    order by c.created_at, c.id, l.type, l.name, l.id`
    )
  )
  return found.map((row) => toLiability(toBalances(row)))
}

/** null restores the bank’s name. */
export type AccountView = { name?: string | null | undefined; hidden?: boolean | undefined }

/**
 * Stores the user's name for an account and whether it is hidden; syncs and relinks do not change
 * either.
 * @throws RequestError not_found.
 */
export async function saveAccountView<V extends AccountView>(
  actor: UserActor,
  id: string,
  input: Exact<AccountView, V>
): Promise<void> {
  const { name, hidden, ...rest }: AccountView = input
  nothingElse(rest)
  const stored = isUuid(id)
    ? await execute(
        actor,
        auditedChange(
          actor,
          sql`update ${linkedAccounts} l set updated_at = now(),
          display_name = ${name === undefined ? sql`display_name` : sql`${name}`},
          hidden_at = ${hidden === undefined ? sql`hidden_at` : hidden ? sql`coalesce(hidden_at, ${dbNow()})` : sql`null`}
        where l.id = ${id}::uuid and l.user_id = ${actor.userId} returning l.id, l.user_id`,
          {
            action: 'account.view_changed',
            subject: sql`id`,
            detail: jsonb({ renamed: name !== undefined, hidden: hidden ?? null })
          }
        )
      )
    : null
  if (!stored) throw notFound('account')
}
