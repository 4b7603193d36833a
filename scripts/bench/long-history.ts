/** A user with a long history: 10 connections, 40 accounts and any number of transactions. */
import pg from 'pg'

const CONNECTIONS = 10
const ACCOUNTS = 40
/** Other users in the database: with one user alone, Postgres plans differently. */
const OTHERS = 300
/** The date of the newest transaction. */
export const TODAY = '2026-03-21'

/** Inserts that many rows over two years, bypassing the sync: only reads are measured. */
export async function fillHistory(
  databaseUrl: string,
  userId: string,
  size: number
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await fillOthers(client)
  await client.query('insert into users (id) values ($1) on conflict do nothing', [userId])
  await client.query(
    `insert into bank_connections (id, user_id, plaid_item_id, institution_name, webhook_url, public_token_hash, history, last_synced_at)
     select gen_random_uuid(), $1, $1 || n, 'Bank ' || n, 'http://localhost', $1 || n, 'HISTORICAL_UPDATE_COMPLETE', now() from generate_series(1, $2::int) n`,
    [userId, CONNECTIONS]
  )
  // Without a recent sync the worker would start one, and each of its steps changes the user's version.
  await client.query(
    `insert into sync_runs (id, user_id, connection_id, trigger, status, finished_at)
     select gen_random_uuid(), user_id, id, 'link', 'completed', now() from bank_connections where user_id = $1`,
    [userId]
  )
  await client.query(
    `insert into linked_accounts (id, user_id, connection_id, plaid_account_id, name, type, currency, current_minor, balances_at)
     select gen_random_uuid(), $1, c.id, c.plaid_item_id || n, 'Account ' || n, (array['depository','credit','depository','loan'])[n], 'USD', 10000 * n, now()
     from bank_connections c, generate_series(1, $2::int) n where c.user_id = $1`,
    [userId, ACCOUNTS / CONNECTIONS]
  )
  await client.query(
    `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, merchant_name, category_primary, category_detailed, pending)
     select gen_random_uuid(), $1, a.connection_id, a.id, $1 || n, (n * 7919) % 20000 - 15000, 'USD', $3::date - (n % 730), w.word || ' ' || n, w.word || ' ' || n % 400,
       (array['FOOD_AND_DRINK','GENERAL_MERCHANDISE','INCOME','TRANSFER_OUT','TRAVEL','MEDICAL'])[n % 6 + 1], null, n % 97 = 0
     from generate_series(1, $2::int) n
     join (select id, connection_id, row_number() over (order by id) - 1 as i from linked_accounts where user_id = $1) a on a.i = n % ${ACCOUNTS}
     join lateral (select (array['Coffee','Groceries','Train','Pharmacy','Salary','Bookshop','Cinema'])[n % 7 + 1] as word) w on true`,
    [userId, size, TODAY]
  )
  await say(client, userId)
  await client.query('analyze')
  await client.end()
}

/** Users with a bank, three accounts and thirty transactions each; once for each database. */
async function fillOthers(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `insert into users (id) select 'other_' || n from generate_series(1, $1::int) n on conflict do nothing`,
    [OTHERS]
  )
  if (rowCount === 0) return
  await client.query(
    `insert into bank_connections (id, user_id, plaid_item_id, institution_name, webhook_url, public_token_hash, history, last_synced_at)
     select gen_random_uuid(), id, id, 'Bank', 'http://localhost', id, 'HISTORICAL_UPDATE_COMPLETE', now() from users where id like 'other_%'`
  )
  await client.query(
    `insert into sync_runs (id, user_id, connection_id, trigger, status, finished_at)
     select gen_random_uuid(), user_id, id, 'link', 'completed', now() from bank_connections where user_id like 'other_%'`
  )
  await client.query(
    `insert into linked_accounts (id, user_id, connection_id, plaid_account_id, name, type, currency, current_minor, balances_at)
     select gen_random_uuid(), user_id, id, user_id || n, 'Account ' || n, 'depository', 'USD', 10000, now()
     from bank_connections, generate_series(1, 3) n where user_id like 'other_%'`
  )
  await client.query(
    `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, pending)
     select gen_random_uuid(), user_id, connection_id, id, plaid_account_id || '-' || n, -100 * n, 'USD', $1::date - n * 20, 'Kiosk', false
     from linked_accounts, generate_series(1, 10) n where user_id like 'other_%'`,
    [TODAY]
  )
}

/**
 * Typical edits: of every twenty rows one edited and two matched by a rule, of every hundred one
 * split.
 */
async function say(client: pg.Client, userId: string): Promise<void> {
  await client.query(
    `insert into transaction_edits (transaction_id, user_id, category, note, tags, is_excluded, rule_category, parts_minor)
     select id, $1, case when n % 20 = 0 then 'MEDICAL' end, case when n % 40 = 0 then 'A note on it' end, case when n % 40 = 0 then '["trip"]'::jsonb else '[]' end,
       case when n % 200 = 0 then true end, case when n % 20 <> 0 then 'TRAVEL' end, case when n % 100 = 0 then -100 end
     from (select id, row_number() over (order by id) as n from transactions where user_id = $1) t where n % 20 in (0, 7, 13)`,
    [userId]
  )
  await client.query(
    `insert into transaction_parts (transaction_id, n, user_id, amount_minor, category)
     select transaction_id, g, $1, case when g = 2 then -100 end, case when g = 2 then 'MEDICAL' end
     from transaction_edits, generate_series(1, 2) g where user_id = $1 and parts_minor is not null`,
    [userId]
  )
}
