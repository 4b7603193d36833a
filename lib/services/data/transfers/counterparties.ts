/** The user's accounts at other banks for transfers. Only Jiko has their account numbers. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import {
  type Counterparty,
  counterpartyState,
  UNUSABLE_RETURN_CODES
} from '@/lib/domain/transfers/transfer'
import { type Actor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import { told } from '@/lib/services/data/messages/messages'
import { execute, query, queryOne, transaction } from '@/lib/services/data/sql/query'
import {
  audit,
  auditedChange,
  bumpUserVersion,
  dbNow,
  isUuid,
  jsonb,
  ownedBy,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { enqueueOwnerComparisons } from '@/lib/services/data/transfers/owner-comparison'
import { ownerDiffers, withdrawableFrom } from '@/lib/services/data/transfers/protection'
import {
  deletionPendingError,
  hasDeletionRequest,
  lockUser
} from '@/lib/services/data/users/deletion-pending'
import { bankAccounts, counterparties, transfers } from '@/xata/schema'

const system = systemActor('transfers')

export type CounterpartyInput = {
  jikoCounterpartyId: string
  institutionName: string | null
  mask: string | null
  accountType: string | null
  status: string
  verification: string | null
}

/** With Jiko's ids. */
export type CounterpartyRecord = Counterparty & {
  userId: string
  jikoCounterpartyId: string
  jikoCustomerId: string
}

const COUNTERPARTY = rowType({
  id: counterparties.id,
  userId: counterparties.userId,
  jikoCounterpartyId: counterparties.jikoCounterpartyId,
  jikoCustomerId: bankAccounts.jikoCustomerId,
  institutionName: counterparties.institutionName,
  mask: counterparties.mask,
  accountType: counterparties.accountType,
  status: counterparties.status,
  verification: counterparties.verification,
  returnCode: nullable(column.text),
  withdrawableFrom: nullable(column.timestamptz),
  ownerDiffers: column.bool
})

/**
 * The return code of a transfer that was returned because of the account itself; null if none was.
 */
export const unusableReturnCode = (
  counterpartyId: SQL
): SQL => sql`(select min(r.return_code) from ${transfers} r
  where r.counterparty_id = ${counterpartyId} and r.state = 'returned' and r.return_code in (select jsonb_array_elements_text(${jsonb(UNUSABLE_RETURN_CODES)})))`

const columns =
  (): SQL => sql`c.id, c.user_id as "userId", c.jiko_counterparty_id as "jikoCounterpartyId", a.jiko_customer_id as "jikoCustomerId",
  c.institution_name as "institutionName", c.mask, c.account_type as "accountType", c.status, c.verification, ${unusableReturnCode(sql`c.id`)} as "returnCode", ${withdrawableFrom()} as "withdrawableFrom",
  ${ownerDiffers(sql`c`)} as "ownerDiffers"`
const SOURCE = sql`${counterparties} c join ${bankAccounts} a on a.id = c.bank_account_id`

const toRecord = ({
  status,
  verification,
  returnCode,
  ...found
}: InferRow<typeof COUNTERPARTY>): CounterpartyRecord => ({
  ...found,
  state: counterpartyState(status, verification, returnCode)
})

/** An account that was linked again replaces earlier rows, once it can be used or they cannot. */
const replaceEarlier = (from: SQL): SQL => sql`replaced as (
      update ${counterparties} c set replaced_at = ${dbNow()}, updated_at = now() from ${from} s
      where c.user_id = s.user_id and c.id <> s.id and c.replaced_at is null and c.created_at <= s.created_at
        and c.mask = s.mask and c.institution_name = s.institution_name and c.account_type is not distinct from s.account_type
        and (s.status = 'VERIFIED' or c.status <> 'VERIFIED'))`

/**
 * Stores the counterparties of a completed Link session at Jiko. An account that is linked again
 * replaces the previous one.
 * @throws RequestError conflict while a deletion is pending, unless money must still be moved out.
 */
export async function saveCounterparties(
  actor: UserActor,
  bankAccountId: string,
  facts: CounterpartyInput[]
): Promise<void> {
  const given = facts.map((fact) => ({ ...fact, id: randomUUID() }))
  const allowed = sql`(not ${hasDeletionRequest(actor.userId)} or coalesce(a.balance_minor, 0) <> 0)`
  const [, , , [account]] = await transaction(actor, [
    lockUser(actor.userId),
    sql`with given as (
      select * from jsonb_to_recordset(${jsonb(given)}) as g(id uuid, "jikoCounterpartyId" text, "institutionName" text, mask text, "accountType" text, status text, verification text)
    ), stored as (
      insert into ${counterparties} as c (id, user_id, bank_account_id, jiko_counterparty_id, institution_name, mask, account_type, status, verification, checked_at, created_at)
      select g.id, a.user_id, a.id, g."jikoCounterpartyId", g."institutionName", g.mask, g."accountType", g.status, g.verification, ${dbNow()}, ${dbNow()}
      from given g join ${bankAccounts} a on a.id = ${bankAccountId}::uuid and a.user_id = ${actor.userId} and ${allowed}
      on conflict (jiko_counterparty_id) do nothing
      returning c.*
    ), ${replaceEarlier(sql`stored`)}, ${audit(actor, sql`stored`, { action: 'counterparty.linked', subject: sql`id` })}, bumped as (${bumpUserVersion(sql`stored`)}),
    ${told(sql`stored`, { kind: 'counterparty_added', key: sql`f.id`, data: sql`jsonb_build_object('bank', f.institution_name)` })}
    select id from stored`,
    enqueueOwnerComparisons(actor.userId),
    typed(
      rowType({ allowed: column.bool }),
      sql`select ${allowed} as allowed from ${bankAccounts} a where a.id = ${bankAccountId}::uuid and a.user_id = ${actor.userId}`
    )
  ])
  if (account?.allowed === false) throw deletionPendingError()
}

/** The user's counterparties, newest first. */
export async function listCounterparties(actor: UserActor): Promise<CounterpartyRecord[]> {
  const found = await query(
    actor,
    COUNTERPARTY,
    sql`select ${columns()} from ${SOURCE} where c.user_id = ${actor.userId} and c.replaced_at is null order by c.created_at desc, c.id limit 50`
  )
  return found.map(toRecord)
}

export async function findCounterparty(
  actor: UserActor,
  id: string
): Promise<CounterpartyRecord | null> {
  if (!isUuid(id)) return null
  const found = await queryOne(
    actor,
    COUNTERPARTY,
    sql`select ${columns()} from ${SOURCE} where c.id = ${id}::uuid and c.user_id = ${actor.userId} and c.replaced_at is null`
  )
  return found && toRecord(found)
}

/** Counterparties with an unfinished verification that were not checked recently. */
export async function listUnverifiedCounterparties({
  checkedBefore,
  limit
}: {
  checkedBefore: Date
  limit: number
}): Promise<CounterpartyRecord[]> {
  const found = await query(
    system,
    COUNTERPARTY,
    sql`select ${columns()} from ${SOURCE}
    where c.status not in ('VERIFIED', 'FAILED') and c.replaced_at is null and c.checked_at < ${timestamptz(checkedBefore)} order by c.checked_at limit ${limit}::int`
  )
  return found.map(toRecord)
}

/** Stores Jiko's verification status. A late event does not overwrite a final one. */
export async function saveCounterpartyState(
  actor: Actor,
  id: string,
  { status, verification }: { status: string; verification: string | null }
): Promise<void> {
  await execute(
    actor,
    auditedChange(actor, sql`select id, user_id from stored where moved`, {
      action: 'counterparty.updated',
      subject: sql`id`,
      detail: jsonb({ status }),
      before: sql`before as (
      select id, (status, verification) is distinct from (${status}::text, ${verification}::text) as moved
      from ${counterparties} where id = ${id}::uuid and ${ownedBy(actor, sql`user_id`)} and (status not in ('VERIFIED', 'FAILED') or ${status} in ('VERIFIED', 'FAILED'))
    ), stored as (
      update ${counterparties} c set status = ${status}, verification = ${verification}::text, checked_at = ${dbNow()}, updated_at = now()
      from before b where c.id = b.id returning c.*, b.moved
    )`,
      also: replaceEarlier(sql`(select * from stored where moved)`)
    })
  )
}
