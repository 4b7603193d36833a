/** Transfers as people see them, and the step from what is shown to what is confirmed. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { bankAccounts, counterparties, transfers } from '../../../xata/schema'
import type { Person } from '../../domain/actor'
import type { Money } from '../../domain/money'
import type { Direction } from '../../domain/settlement'
import type { Transfer, TransferState } from '../../domain/transfer'
import { audit, bump, instant, isUuid, moment, notFound, span } from './fragments'
import { atomic, row, rows } from './storage'

type TransferRow = {
  id: string
  direction: Direction
  amount_minor: bigint
  currency: string
  state: TransferState
  return_code: string | null
  settles_on: string
  created_at: string
  confirmed_at: string | null
  settled_at: string | null
  institution_name: string | null
  mask: string | null
}

const view = (where: SQL, rest: SQL): SQL => sql`select t.id, t.direction, t.amount_minor, t.currency, t.state, t.return_code, t.settles_on::text as settles_on,
    t.created_at, t.confirmed_at, t.settled_at, c.institution_name, c.mask
  from ${transfers} t join ${counterparties} c on c.id = t.counterparty_id where ${where} ${rest}`

const toTransfer = (found: TransferRow): Transfer => ({
  id: found.id,
  direction: found.direction,
  amount: { minor: found.amount_minor, currency: found.currency },
  state: found.state,
  returnCode: found.return_code,
  settlesOn: found.settles_on,
  createdAt: found.created_at,
  confirmedAt: found.confirmed_at,
  settledAt: found.settled_at,
  bank: { name: found.institution_name, mask: found.mask }
})

/** @throws RequestError not_found. */
export async function getTransfer({ userId }: Person, id: string): Promise<Transfer> {
  const found = isUuid(id) ? await row<TransferRow>(view(sql`t.id = ${id}::uuid and t.user_id = ${userId}`, sql``)) : null
  if (!found) throw notFound('transfer')
  return toTransfer(found)
}

/** One page of what a person has confirmed, newest first. The cursor names the last row of the page before. */
export async function listTransfers(
  { userId }: Person,
  { cursor, limit }: { cursor?: string | undefined; limit: number }
): Promise<{ items: Transfer[]; next: string | null }> {
  const after =
    cursor && isUuid(cursor)
      ? sql`and (t.created_at, t.id) < (select created_at, id from ${transfers} where id = ${cursor}::uuid and user_id = ${userId})`
      : sql``
  const found = await rows<TransferRow>(
    view(sql`t.user_id = ${userId} and t.state <> 'draft' ${after}`, sql`order by t.created_at desc, t.id desc limit ${limit + 1}::int`)
  )
  const items = found.slice(0, limit).map(toTransfer)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** How much a person has sent on its way in one direction since, not counting what came to nothing. */
export async function sumTransfers({ userId }: Person, { direction, since }: { direction: Direction; since: Date }): Promise<bigint> {
  const found = await row<{ sum: bigint }>(sql`select coalesce(sum(amount_minor), 0)::numeric as sum from ${transfers}
    where user_id = ${userId} and direction = ${direction} and state not in ('draft', 'refused', 'not_sent', 'rejected', 'canceled') and confirmed_at > ${instant(since)}`)
  return found?.sum ?? 0n
}

export type Draft = { bankAccountId: string; counterpartyId: string; direction: Direction; amount: Money; settlesOn: string }

/** Keeps what a person is shown before they confirm. There is one at a time: another takes its place, also in another tab. */
export async function storeTransferDraft(person: Person, draft: Draft): Promise<{ id: string }> {
  const id = randomUUID()
  const { bankAccountId, counterpartyId, direction, amount, settlesOn } = draft
  const [, made] = (await atomic([
    sql`delete from ${transfers} where user_id = ${person.userId} and state = 'draft'`,
    sql`insert into ${transfers} (id, user_id, bank_account_id, counterparty_id, direction, amount_minor, currency, settles_on, created_at)
      select ${id}::uuid, c.user_id, a.id, c.id, ${direction}, ${amount.minor}::numeric, ${amount.currency}, ${settlesOn}::date, ${moment()}
      from ${counterparties} c join ${bankAccounts} a on a.id = c.bank_account_id
      where c.id = ${counterpartyId}::uuid and a.id = ${bankAccountId}::uuid and c.user_id = ${person.userId} returning id`
  ])) as [unknown, { id: string }[]]
  if (!made[0]) throw notFound('bank')
  return { id }
}

/** A confirmation may be thought over for this long; the dates shown are then still right enough. */
const DRAFT_LIVES_MS = 15 * 60_000

/**
 * The person's yes: the draft is on its way from here on, for the one who holds the token. Nobody gets a second yes out of it.
 * @returns null where there was no such draft any more, or another transfer of the account is just being sent.
 */
export async function confirmTransfer(person: Person, id: string, { leaseMs, settlesOn }: { leaseMs: number; settlesOn: string }): Promise<string | null> {
  if (!isUuid(id)) return null
  const token = randomUUID()
  const confirmed = await row(sql`with confirmed as (
      update ${transfers} t set state = 'sending', confirmed_at = ${moment()}, settles_on = ${settlesOn}::date, run_at = ${moment()}, attempts = 1,
        lease_token = ${token}::uuid, lease_until = ${moment()} + ${span(leaseMs)}, updated_at = now()
      where t.id = ${id}::uuid and t.user_id = ${person.userId} and t.state = 'draft' and t.created_at > ${moment()} - ${span(DRAFT_LIVES_MS)}
        and not exists (select 1 from ${transfers} o where o.bank_account_id = t.bank_account_id and o.state = 'sending')
      returning t.id, t.user_id, t.direction, t.amount_minor
    ), audited as (${audit(person, sql`confirmed`, {
      action: 'transfer.confirmed',
      subject: sql`id`,
      detail: sql`jsonb_build_object('direction', direction, 'minor', amount_minor::text)`
    })}), bumped as (${bump(sql`confirmed`)})
    select id from confirmed`)
  return confirmed ? token : null
}
