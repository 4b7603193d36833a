/** Stored rows of a user, read without any app code. */

import type { StoredAccount, StoredRow } from '@/tests/model/simulation/reference'
import type { BankLogin } from '@/tests/model/simulation/vendor-model'

export type StoredTransaction = StoredRow & {
  id: string
  connectionId: string
  removed: boolean
  /** Its account was closed and has not come back with it. */
  detached: boolean
}

export type Connection = {
  id: string
  itemId: string
  status: string
  leaving: boolean
  removed: boolean
  erased: boolean
  hasToken: boolean
}

/** Every transaction row, by Plaid's id. */
export const transactionsOf = (login: BankLogin) =>
  login.storage.rows<StoredTransaction>(ROWS, [login.owner.userId])
/** Every connection ever, oldest first. */
export const connectionsOf = (login: BankLogin) =>
  login.storage.rows<Connection>(CONNECTIONS, [login.owner.userId])
/** The open accounts of a connection. */
export const accountsOf = (login: BankLogin, connectionId: string) =>
  login.storage.rows<StoredAccount>(ACCOUNTS, [connectionId])

/** Waiting and running jobs, and pages that were not applied. */
export async function countUnfinishedWork({ storage, owner }: BankLogin): Promise<number> {
  return (await storage.rows<{ n: number }>(UNFINISHED_WORK, [owner.userId]))[0]?.n ?? 0
}

/**
 * Resets a connection's sync: its rows and its cursor are removed together (docs/operations.md).
 */
export const resetConnection = ({ storage }: BankLogin, connectionId: string) =>
  storage.rows(
    'with gone as (delete from transactions where connection_id = $1) update bank_connections set cursor = null where id = $1',
    [connectionId]
  )

const ROWS = `select t.id, t.connection_id as "connectionId", t.removed_at is not null as removed, t.detached_at is not null as detached,
    t.plaid_transaction_id as "plaidId", l.plaid_account_id as account, t.amount_minor::text as amount, t.currency, t.booked_on::text as "bookedOn",
    t.authorized_on::text as "authorizedOn", t.name, t.merchant_name as merchant, t.category_primary || ' ' || t.category_detailed as category,
    t.payment_channel as channel, t.pending
  from transactions t join linked_accounts l on l.id = t.account_id where t.user_id = $1 order by t.plaid_transaction_id collate "C"`
const CONNECTIONS = `select id, plaid_item_id as "itemId", status, leaving_at is not null as leaving, removed_at is not null as removed,
    history_erased_at is not null as erased, exists (select 1 from connection_secrets s where s.connection_id = c.id) as "hasToken"
  from bank_connections c where user_id = $1 order by created_at, id`
const ACCOUNTS = `select plaid_account_id as "plaidId", name, mask, current_minor::text as current from linked_accounts
  where connection_id = $1 and closed_at is null order by plaid_account_id collate "C"`
const UNFINISHED_WORK = `select ((select count(*) from sync_pages p join sync_runs r on r.id = p.run_id where r.user_id = $1)
  + (select count(*) from sync_runs where user_id = $1 and status in ('pending', 'in_progress'))
  + (select count(*) from connection_tasks where user_id = $1 and status in ('pending', 'in_progress'))
  + (select count(*) from webhook_deliveries where status in ('pending', 'in_progress')))::int as n`
