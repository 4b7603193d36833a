/** Submissions of transfers to Jiko, and Jiko's status of each. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Money } from '@/lib/domain/money/money'
import type { Direction } from '@/lib/domain/transfers/settlement'
import { statesThatCanBecome, type TransferState } from '@/lib/domain/transfers/transfer'
import { type Actor, type SystemActor, systemActor } from '@/lib/domain/users/actor'
import { claimJob, completed, type Job } from '@/lib/services/data/jobs/jobs'
import { told } from '@/lib/services/data/messages/messages'
import { execute, query, queryOne } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  dbNow,
  jsonb,
  ownedBy,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, rowType } from '@/lib/services/data/sql/row-type'
import { bankAccounts, counterparties, transfers } from '@/xata/schema'

const system = systemActor('transfers')

/** In progress: at Jiko or being sent to Jiko. */
export const isInProgress = (state: SQL): SQL =>
  sql`${state} in ('sending', 'submitted', 'on_its_way')`

/** A confirmed transfer with everything that Jiko needs. */
export type TransferSubmission = {
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

const SUBMISSION = rowType({
  id: transfers.id,
  userId: transfers.userId,
  bankAccountId: transfers.bankAccountId,
  counterpartyId: transfers.counterpartyId,
  jikoPocketId: bankAccounts.jikoPocketId,
  jikoCustomerId: bankAccounts.jikoCustomerId,
  jikoCounterpartyId: counterparties.jikoCounterpartyId,
  direction: column.textOf<Direction>(),
  minor: transfers.amountMinor,
  currency: transfers.currency,
  state: column.textOf<TransferState>(),
  jikoTransferId: transfers.jikoTransferId,
  /** Submissions are confirmed transfers. */
  confirmedAt: column.timestamptz,
  attempts: transfers.attempts
})

const selectSubmissions = (
  where: SQL
): SQL => sql`select t.id, t.user_id as "userId", t.bank_account_id as "bankAccountId", t.counterparty_id as "counterpartyId",
    a.jiko_pocket_id as "jikoPocketId", a.jiko_customer_id as "jikoCustomerId", c.jiko_counterparty_id as "jikoCounterpartyId", t.direction,
    t.amount_minor as minor, t.currency, t.state, t.jiko_transfer_id as "jikoTransferId", t.confirmed_at as "confirmedAt", t.attempts
  from ${transfers} t join ${bankAccounts} a on a.id = t.bank_account_id join ${counterparties} c on c.id = t.counterparty_id where ${where}`

const toSubmission = ({
  minor,
  currency,
  ...found
}: InferRow<typeof SUBMISSION>): TransferSubmission => ({ ...found, amount: { minor, currency } })

/** The submission leased under this token; null if the lease was lost. */
export async function findSubmission(leaseToken: string): Promise<TransferSubmission | null> {
  const found = await queryOne(
    system,
    SUBMISSION,
    selectSubmissions(sql`t.lease_token = ${leaseToken}::uuid and t.state = 'sending'`)
  )
  return found && toSubmission(found)
}

/** The confirmed transfer that has waited longest for its submission; null if none is due. */
export const claimSubmission = (
  app: SystemActor,
  { leaseMs }: { leaseMs: number }
): Promise<Job<'transfer'> | null> => claimJob(app, 'transfer', { leaseMs })

/** The CTEs that tell the owners of the transfers in `from`. */
export const tellOfTransfer = (
  kind: 'transfer_sent' | 'transfer_returned' | 'deposit_arrived',
  from: SQL
): SQL =>
  told(
    sql`(select t.id, t.user_id, t.direction, t.amount_minor, t.currency, c.institution_name from ${from} t join ${counterparties} c on c.id = t.counterparty_id)`,
    {
      kind,
      key: sql`f.id`,
      data: sql`jsonb_build_object('direction', f.direction, 'bank', f.institution_name, 'amounts',
        jsonb_build_array(jsonb_build_object('label', 'amount', 'minor', f.amount_minor::text, 'currency', f.currency)))`
    }
  )

/** The transfer was confirmed and accepted, and its money does not arrive. */
const RETURNED: TransferState[] = ['returned', 'rejected', 'canceled']

const FAILED: TransferState[] = [...RETURNED, 'refused', 'not_sent']

/** Jiko's status, or ours where Jiko has none. */
export type TransferStatusUpdate = {
  state: TransferState
  jikoTransferId?: string | null
  jikoStatus?: string | null
  returnCode?: string | null
}

function tellOfOutcome(state: TransferState): { also: SQL } | undefined {
  const moved = sql`(select * from stored where moved)`
  if (RETURNED.includes(state)) return { also: tellOfTransfer('transfer_returned', moved) }
  if (state !== 'settled') return undefined
  return {
    also: tellOfTransfer(
      'deposit_arrived',
      sql`(select * from ${moved} m where m.direction = 'in')`
    )
  }
}

/** Stores a status that moves the transfer forward; ignores any other. */
export async function applyStatusUpdate(
  actor: Actor,
  id: string,
  { state, jikoTransferId = null, jikoStatus = null, returnCode = null }: TransferStatusUpdate
): Promise<void> {
  await execute(
    actor,
    auditedChange(actor, sql`select id, user_id from stored where moved`, {
      action: 'transfer.moved',
      subject: sql`id`,
      detail: jsonb({ state, returnCode }),
      outcome: FAILED.includes(state) ? 'failure' : 'success',
      before: sql`before as (
      select id, state <> ${state} as moved from ${transfers} where id = ${id}::uuid and ${ownedBy(actor, sql`user_id`)}
        and (state in (select jsonb_array_elements_text(${jsonb(statesThatCanBecome(state))})) or (state = ${state} and jiko_status is distinct from ${jikoStatus}::text))
        and (jiko_transfer_id is null or ${jikoTransferId}::text is null or jiko_transfer_id = ${jikoTransferId}::text)
    ), stored as (
      update ${transfers} t set state = ${state}, jiko_transfer_id = coalesce(t.jiko_transfer_id, ${jikoTransferId}::text), jiko_status = ${jikoStatus}::text,
        return_code = coalesce(${returnCode}::text, t.return_code), settled_at = case when ${state} = 'settled' then ${dbNow()} else t.settled_at end,
        checked_at = ${dbNow()}, ${completed()}
      from before b where t.id = b.id returning t.*, b.moved
    )`,
      ...tellOfOutcome(state)
    })
  )
}

/** All confirmed transfers of an account, to compare with Jiko’s list. */
export async function listSubmissions(bankAccountId: string): Promise<TransferSubmission[]> {
  return (
    await query(
      system,
      SUBMISSION,
      selectSubmissions(
        sql`t.bank_account_id = ${bankAccountId}::uuid and t.confirmed_at is not null`
      )
    )
  ).map(toSubmission)
}

/** The given Jiko ids that already belong to one of our transfers. */
export async function listKnownTransferIds(jikoTransferIds: string[]): Promise<Set<string>> {
  if (jikoTransferIds.length === 0) return new Set()
  const found = await query(
    system,
    rowType({ id: column.text }),
    sql`select jiko_transfer_id as id from ${transfers} where jiko_transfer_id in (select jsonb_array_elements_text(${jsonb(jikoTransferIds)}))`
  )
  return new Set(found.map(({ id }) => id))
}

/** Records that the account’s transfers were just compared with Jiko’s list. */
export async function recordReconciled(bankAccountId: string): Promise<void> {
  await execute(
    system,
    sql`update ${transfers} set checked_at = ${dbNow()} where bank_account_id = ${bankAccountId}::uuid and confirmed_at is not null`
  )
}

/**
 * Accounts with a transfer in progress not checked since `openBefore`, or with any transfer not
 * checked since `before`.
 */
export async function listAccountsToReconcile({
  openBefore,
  before,
  limit
}: {
  openBefore: Date
  before: Date
  limit: number
}): Promise<{ id: string; userId: string; jikoPocketId: string }[]> {
  return query(
    system,
    rowType({
      id: bankAccounts.id,
      userId: bankAccounts.userId,
      jikoPocketId: bankAccounts.jikoPocketId
    }),
    sql`select a.id, a.user_id as "userId", a.jiko_pocket_id as "jikoPocketId" from ${bankAccounts} a
    join ${transfers} t on t.bank_account_id = a.id
    where t.state not in ('draft', 'replaced', 'sending') and t.checked_at < case when t.state in ('submitted', 'on_its_way') then ${timestamptz(openBefore)} else ${timestamptz(before)} end
    group by a.id order by min(t.checked_at) limit ${limit}::int`
  )
}
