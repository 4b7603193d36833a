/** The rows that an older dump lacks, found by a comparison with the vendors after its restore. */
import 'server-only'
import { sql } from 'drizzle-orm'
import type { Money } from '@/lib/domain/money/money'
import type { Direction } from '@/lib/domain/transfers/settlement'
import type { TransferState } from '@/lib/domain/transfers/transfer'
import { type SystemActor, systemActor } from '@/lib/domain/users/actor'
import { randomId } from '@/lib/platform/crypto'
import { query, queryOne } from '@/lib/services/data/sql/query'
import { auditedChange, dbNow, isUuid, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { bankAccounts, bankConnections, counterparties, transfers, users } from '@/xata/schema'

const system = systemActor('restore')

/** One page of the users and their Jiko accounts, in the order of their ids. */
export async function listRestoredUsers(
  app: SystemActor,
  { after, limit }: { after: string; limit: number }
): Promise<{ userId: string; bankAccountId: string | null; jikoPocketId: string | null }[]> {
  return query(
    app,
    rowType({
      userId: users.id,
      bankAccountId: nullable(column.uuid),
      jikoPocketId: nullable(column.text)
    }),
    sql`select u.id as "userId", a.id as "bankAccountId", a.jiko_pocket_id as "jikoPocketId" from ${users} u
    left join ${bankAccounts} a on a.user_id = u.id where u.id > ${after} order by u.id limit ${limit}::int`
  )
}

/** A transfer that Jiko has and the database lacks. */
export type LostTransfer = {
  jikoTransferId: string
  jikoCounterpartyId: string
  direction: Direction
  amount: Money
  state: TransferState
  status: string
  returnCode: string | null
  reference: string | null
  createdAt: string
}

/**
 * Stores the transfer as its user's again, under the id that was sent to Jiko as reference, so that
 * limits count it. @returns false where its counterparty is unknown, which means linked after the
 * dump, or where it is stored already.
 */
export async function restoreTransfer(
  app: SystemActor,
  bankAccountId: string,
  lost: LostTransfer
): Promise<boolean> {
  const id = lost.reference && isUuid(lost.reference) ? lost.reference : randomId()
  const stored = await queryOne(
    app,
    rowType({ id: transfers.id }),
    auditedChange(
      app,
      sql`insert into ${transfers} (id, user_id, bank_account_id, counterparty_id, direction, amount_minor, currency, state, jiko_transfer_id, jiko_status, return_code,
        settles_on, confirmed_at, settled_at, checked_at, created_at, status, finished_at)
      select ${id}::uuid, c.user_id, c.bank_account_id, c.id, ${lost.direction}, ${lost.amount.minor}::numeric, ${lost.amount.currency}, ${lost.state}, ${lost.jikoTransferId}, ${lost.status},
        ${lost.returnCode}::text, ${lost.createdAt}::timestamptz::date, ${lost.createdAt}::timestamptz, case when ${lost.state} = 'settled' then ${dbNow()} end, ${dbNow()},
        ${lost.createdAt}::timestamptz, 'completed', ${dbNow()}
      from ${counterparties} c where c.bank_account_id = ${bankAccountId}::uuid and c.jiko_counterparty_id = ${lost.jikoCounterpartyId}
      on conflict do nothing returning id, user_id`,
      {
        action: 'transfer.restored',
        subject: sql`id`,
        detail: jsonb({ state: lost.state }),
        result: sql`select id from changed`
      }
    )
  )
  return stored !== null
}

/** Whether a connection of any state has this Item. */
export async function isKnownItem(plaidItemId: string): Promise<boolean> {
  const found = await queryOne(
    system,
    rowType({ id: bankConnections.id }),
    sql`select id from ${bankConnections} where plaid_item_id = ${plaidItemId}`
  )
  return found !== null
}
