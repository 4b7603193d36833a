import 'server-only'
import { sql } from 'drizzle-orm'
import { currentBalance, type LinkedAccount } from '@/lib/domain/connections/linked-account'
import type { Money } from '@/lib/domain/money/money'
import type { UserActor } from '@/lib/domain/users/actor'
import { execute, query } from '@/lib/services/data/sql/query'
import {
  audit,
  bumpUserVersion,
  dbNow,
  isUuid,
  jsonb,
  notFound
} from '@/lib/services/data/sql/query-helpers'
import { bankConnections, institutions, linkedAccounts } from '@/xata/schema'

/** An account's balances as they are stored. */
export type Balances = {
  type: string
  currency: string | null
  current_minor: bigint | null
  available_minor: bigint | null
  limit_minor: bigint | null
}

type AccountRow = Balances & {
  id: string
  connection_id: string
  institution_name: string
  name: string
  bank_name: string
  hidden: boolean
  official_name: string | null
  mask: string | null
  subtype: string | null
  balances_at: string | null
}

const money = (minor: bigint | null, currency: string | null): Money | null =>
  minor !== null && currency !== null ? { minor, currency } : null

/** Banks may tell only what is available; the current balance follows from it. */
export function toBalances({
  type,
  currency,
  current_minor,
  available_minor,
  limit_minor
}: Balances): Pick<LinkedAccount, 'current' | 'available' | 'limit'> {
  const [available, limit] = [money(available_minor, currency), money(limit_minor, currency)]
  return {
    current: currentBalance({ type, current: money(current_minor, currency), available, limit }),
    available,
    limit
  }
}

/** The accounts at the person's linked banks, bank by bank; those the bank closed are left out, and so are hidden ones unless they are asked for. */
export async function listAccounts(
  actor: UserActor,
  { hidden = false } = {}
): Promise<(LinkedAccount & { institutionName: string })[]> {
  const found = await query<AccountRow>(sql`
    select l.id, l.connection_id, coalesce(i.name, c.institution_name) as institution_name, coalesce(l.display_name, l.name) as name, l.name as bank_name,
      l.hidden_at is not null as hidden, l.official_name, l.mask, l.type, l.subtype, l.currency,
      l.current_minor, l.available_minor, l.limit_minor, l.balances_at
    from ${linkedAccounts} l join ${bankConnections} c on c.id = l.connection_id left join ${institutions} i on i.id = c.institution_id
    where l.user_id = ${actor.userId} and l.closed_at is null and c.removed_at is null and (${hidden} or l.hidden_at is null)
    order by c.created_at, c.id, l.type, l.name, l.id`)
  return found.map((account) => ({
    id: account.id,
    connectionId: account.connection_id,
    institutionName: account.institution_name,
    name: account.name,
    bankName: account.bank_name,
    hidden: account.hidden,
    officialName: account.official_name,
    mask: account.mask,
    type: account.type,
    subtype: account.subtype,
    ...toBalances(account),
    balancesAt: account.balances_at
  }))
}

/** Null gives the bank's name back. */
export type AccountView = { name?: string | null | undefined; hidden?: boolean | undefined }

/** Keeps how the person wants to see one of their accounts; banks and relinks do not change it. @throws RequestError not_found. */
export async function saveAccountView(
  actor: UserActor,
  id: string,
  { name, hidden }: AccountView
): Promise<void> {
  const stored = isUuid(id)
    ? await execute(sql`with changed as (
        update ${linkedAccounts} l set updated_at = now(),
          display_name = ${name === undefined ? sql`display_name` : sql`${name}`},
          hidden_at = ${hidden === undefined ? sql`hidden_at` : hidden ? sql`coalesce(hidden_at, ${dbNow()})` : sql`null`}
        where l.id = ${id}::uuid and l.user_id = ${actor.userId} returning l.id, l.user_id
      ), audited as (${audit(actor, sql`changed`, { action: 'account.view_changed', subject: sql`id`, detail: jsonb({ renamed: name !== undefined, hidden: hidden ?? null }) })}),
      bumped as (${bumpUserVersion(sql`changed`)}) select id from changed`)
    : null
  if (!stored) throw notFound('account')
}
