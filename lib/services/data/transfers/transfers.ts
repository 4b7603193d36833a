/** Transfers as the user sees them, from draft to confirmation. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Money } from '@/lib/domain/money/money'
import type { Direction } from '@/lib/domain/transfers/settlement'
import {
  type DraftProblem,
  MAX_TRANSFER_MINOR,
  MIN_TRANSFER_MINOR,
  type Transfer,
  type TransferState
} from '@/lib/domain/transfers/transfer'
import type { UserActor } from '@/lib/domain/users/actor'
import { started } from '@/lib/services/data/jobs/jobs'
import { query, queryOne, transaction } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  dbNow,
  interval,
  isUuid,
  notFound,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { unusableReturnCode } from '@/lib/services/data/transfers/counterparties'
import {
  COUNTS,
  dailyLimit,
  leftForNew,
  leftForOtherOwner,
  protectionProblems,
  withdrawableFrom
} from '@/lib/services/data/transfers/protection'
import { isInProgress, tellOfTransfer } from '@/lib/services/data/transfers/transfer-submissions'
import { hasDeletionRequest, lockUser } from '@/lib/services/data/users/deletion-pending'
import { bankAccounts, counterparties, transfers } from '@/xata/schema'

const TRANSFER = rowType({
  id: transfers.id,
  direction: column.textOf<Direction>(),
  minor: transfers.amountMinor,
  currency: transfers.currency,
  state: column.textOf<TransferState>(),
  returnCode: transfers.returnCode,
  jikoStatus: transfers.jikoStatus,
  settlesOn: transfers.settlesOn,
  createdAt: transfers.createdAt,
  confirmedAt: transfers.confirmedAt,
  settledAt: transfers.settledAt,
  name: counterparties.institutionName,
  mask: counterparties.mask
})

const selectTransfers = (
  where: SQL,
  rest: SQL
): SQL => sql`select t.id, t.direction, t.amount_minor as minor, t.currency, t.state, t.return_code as "returnCode", t.jiko_status as "jikoStatus",
    t.settles_on as "settlesOn", t.created_at as "createdAt", t.confirmed_at as "confirmedAt", t.settled_at as "settledAt", c.institution_name as name, c.mask
  from ${transfers} t join ${counterparties} c on c.id = t.counterparty_id where ${where} ${rest}`

const toTransfer = ({
  minor,
  currency,
  jikoStatus,
  name,
  mask,
  ...found
}: InferRow<typeof TRANSFER>): Transfer => ({
  ...found,
  amount: { minor, currency },
  refusedFor: found.state === 'refused' ? jikoStatus : null,
  bank: { name, mask }
})

/** @throws RequestError not_found. */
export async function getTransfer(actor: UserActor, id: string): Promise<Transfer> {
  const found = isUuid(id)
    ? await queryOne(
        actor,
        TRANSFER,
        selectTransfers(sql`t.id = ${id}::uuid and t.user_id = ${actor.userId}`, sql``)
      )
    : null
  if (!found) throw notFound('transfer')
  return toTransfer(found)
}

/**
 * One page of the user's confirmed transfers, newest first. The cursor is the id of the previous
 * page's last row.
 */
export async function listTransfers(
  actor: UserActor,
  { cursor, limit }: { cursor?: string | undefined; limit: number }
): Promise<{ items: Transfer[]; next: string | null }> {
  const after =
    cursor && isUuid(cursor)
      ? sql`and (t.created_at, t.id) < (select created_at, id from ${transfers} where id = ${cursor}::uuid and user_id = ${actor.userId})`
      : sql``
  const found = await query(
    actor,
    TRANSFER,
    selectTransfers(
      sql`t.user_id = ${actor.userId} and t.confirmed_at is not null ${after}`,
      sql`order by t.created_at desc, t.id desc limit ${limit + 1}::int`
    )
  )
  const items = found.slice(0, limit).map(toTransfer)
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Transfers that count towards the daily limit: not failed or returned ones. */
const sentSince = (
  userId: SQL,
  direction: SQL,
  since: SQL
): SQL => sql`(select coalesce(sum(s.amount_minor), 0)::numeric from ${transfers} s
  where s.user_id = ${userId} and s.direction = ${direction} and s.confirmed_at > ${since} and ${COUNTS})`

/** The amount sent in one direction since a time, without failed or returned transfers. */
export async function sumTransfers(
  actor: UserActor,
  { direction, since }: { direction: Direction; since: Date }
): Promise<bigint> {
  const found = await queryOne(
    actor,
    rowType({ sum: column.minor }),
    sql`select ${sentSince(sql`${actor.userId}`, sql`${direction}`, timestamptz(since))} as sum`
  )
  return found?.sum ?? 0n
}

export type TransferDraft = {
  bankAccountId: string
  counterpartyId: string
  direction: Direction
  amount: Money
  settlesOn: string
}

/**
 * Stores the draft shown for confirmation. A user has one: another draft replaces it, also from
 * another tab.
 */
export async function saveTransferDraft(
  actor: UserActor,
  draft: TransferDraft
): Promise<{ id: string }> {
  const id = randomUUID()
  const { bankAccountId, counterpartyId, direction, amount, settlesOn } = draft
  const mine = sql`${transfers} where user_id = ${actor.userId}`
  const [, , , [made]] = await transaction(actor, [
    lockUser(actor.userId),
    sql`delete from ${mine} and state in ('draft', 'replaced') and created_at < ${dbNow()} - ${interval(DAY_MS)}`,
    sql`update ${transfers} set state = 'replaced', updated_at = now() where user_id = ${actor.userId} and state = 'draft'`,
    sql`insert into ${transfers} (id, user_id, bank_account_id, counterparty_id, direction, amount_minor, currency, settles_on, created_at)
      select ${id}::uuid, c.user_id, a.id, c.id, ${direction}, ${amount.minor}::numeric, ${amount.currency}, ${settlesOn}::date, ${dbNow()}
      from ${counterparties} c join ${bankAccounts} a on a.id = c.bank_account_id
      where c.id = ${counterpartyId}::uuid and a.id = ${bankAccountId}::uuid and c.user_id = ${actor.userId} returning id`
  ])
  if (!made) throw notFound('bank')
  return { id }
}

const DAY_MS = 24 * 3_600_000
/** A draft can be confirmed for this long; its dates are still accurate enough. */
const DRAFT_TTL_MS = 15 * 60_000

const VALIDATION = rowType({
  id: transfers.id,
  leftMinor: column.minor,
  leftForNewMinor: column.minor,
  leftForOtherOwnerMinor: column.minor,
  withdrawableFrom: nullable(column.timestamptz),
  problem: nullable(column.textOf<DraftProblem>())
})

/**
 * A draft with the facts that decide whether it can be confirmed. `problem` is the first obstacle,
 * or null.
 */
const validateDraft = (
  { userId }: UserActor,
  id: string
): SQL => sql`select t.id, ${remainingToday()} as "leftMinor", ${leftForNew()} as "leftForNewMinor",
    ${leftForOtherOwner()} as "leftForOtherOwnerMinor", ${withdrawableFrom()} as "withdrawableFrom", case
    when t.state = 'replaced' then 'replaced'
    when t.state <> 'draft' then 'confirmed'
    when t.created_at <= ${dbNow()} - ${interval(DRAFT_TTL_MS)} then 'expired'
    when exists (select 1 from ${transfers} o where o.bank_account_id = t.bank_account_id and o.state = 'sending') then 'sending'
    when a.status <> 'OPEN' then 'account'
    when c.status <> 'VERIFIED' or c.replaced_at is not null or ${unusableReturnCode(sql`c.id`)} is not null then 'bank'
    when ${hasDeletionRequest(userId)} and t.direction = 'in' and t.amount_minor > ${shortfall} then 'deletion'
    ${protectionProblems()}
    when t.amount_minor > ${MAX_TRANSFER_MINOR}::numeric then 'limit'
    when t.amount_minor < ${MIN_TRANSFER_MINOR}::numeric and (t.direction = 'in' or t.amount_minor is distinct from a.balance_minor) then 'limit'
    when t.amount_minor > ${remainingToday()} then 'limit'
  end as problem
  from ${transfers} t join ${bankAccounts} a on a.id = t.bank_account_id join ${counterparties} c on c.id = t.counterparty_id
  where t.id = ${id}::uuid and t.user_id = ${userId}`

const remainingToday = (): SQL =>
  sql`(${dailyLimit()} - ${sentSince(sql`t.user_id`, sql`t.direction`, sql`${dbNow()} - ${interval(DAY_MS)}`)})`
/**
 * The amount missing from an overdrawn account beyond deposits in progress: the most that can still
 * be deposited while a deletion waits.
 */
const shortfall = sql`(-coalesce(a.balance_minor, 0) - (select coalesce(sum(w.amount_minor), 0) from ${transfers} w
  where w.bank_account_id = a.id and w.direction = 'in' and ${isInProgress(sql`w.state`)}))`

/**
 * Confirms a draft and leases it to the token’s holder. Idempotent: a draft can be confirmed once.
 * All limits are checked here, one confirmation of a user at a time. @returns null if it cannot be
 * confirmed; `findDraftProblem` gives the reason.
 */
export async function confirmTransfer(
  actor: UserActor,
  id: string,
  { leaseMs, settlesOn }: { leaseMs: number; settlesOn: string }
): Promise<string | null> {
  if (!isUuid(id)) return null
  const token = randomUUID()
  const [, confirmed] = await transaction(actor, [
    lockUser(actor.userId),
    auditedChange(
      actor,
      sql`update ${transfers} t set state = 'sending', confirmed_at = ${dbNow()}, settles_on = ${settlesOn}::date, run_at = ${dbNow()}, attempts = 1,
          ${started(token, leaseMs)}, updated_at = now()
        from judged j where t.id = j.id and t.state = 'draft' and j.problem is null returning t.id, t.user_id, t.direction, t.amount_minor, t.currency, t.counterparty_id`,
      {
        action: 'transfer.confirmed',
        subject: sql`id`,
        detail: sql`jsonb_build_object('direction', direction, 'minor', amount_minor::text)`,
        before: sql`judged as (${validateDraft(actor, id)})`,
        also: tellOfTransfer('transfer_sent', sql`changed`)
      }
    )
  ])
  return confirmed.length > 0 ? token : null
}

export type DraftCheck = {
  problem: DraftProblem
  /** How much can still be sent today. */
  leftMinor: bigint
  /** How much of it new counterparties can still receive. */
  leftForNewMinor: bigint
  /** How much of it accounts of owners with another name can still move. */
  leftForOtherOwnerMinor: bigint
  /** When the counterparty can receive its first withdrawal; null if it can. */
  withdrawableFrom: string | null
}

/** Why a draft cannot be confirmed now; null if nothing prevents it. */
export async function findDraftProblem(actor: UserActor, id: string): Promise<DraftCheck | null> {
  const found = isUuid(id) ? await queryOne(actor, VALIDATION, validateDraft(actor, id)) : null
  return found?.problem ? { ...found, problem: found.problem } : null
}
