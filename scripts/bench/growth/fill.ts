/** Fills a database with many users who have linked banks, faster than their syncs would. */
import pg from 'pg'

const BANKS = 3
const ACCOUNTS_PER_BANK = 3
/** Users per statement: a long statement reports nothing. */
const BATCH = 250

export type Size = { users: number; transactions: number }

/** @param size users, and transactions of each. @param report is told how many users there are. */
export async function fillUsers(
  databaseUrl: string,
  { users, transactions }: Size,
  report: (users: number) => void
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    // Rows are consistent by construction, and indexes are built faster when the rows are there.
    await client.query(`set session_replication_role = replica`)
    await client.query(`set synchronous_commit = off`)
    await client.query(`set maintenance_work_mem = '256MB'`)
    const rebuild = await dropIndexes(client)
    for (let from = 1; from <= users; from += BATCH) {
      const to = Math.min(users, from + BATCH - 1)
      for (const statement of STATEMENTS) await client.query(statement(from, to, transactions))
      report(to)
    }
    for (const statement of rebuild) await client.query(statement)
    await client.query('vacuum analyze')
    // Otherwise the server still writes these rows while reads are timed.
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

/** Drops the indexes of transactions that no constraint needs. @returns how to build them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = 'transactions'::regclass
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

type Statement = (from: number, to: number, transactions: number) => string

const user = `'grown_' || u`
const STATEMENTS: Statement[] = [
  (from, to) =>
    `insert into users (id) select ${user} from generate_series(${from}, ${to}) u on conflict do nothing`,
  (from, to) =>
    `insert into bank_connections (id, user_id, plaid_item_id, institution_name, webhook_url, public_token_hash)
     select md5('c' || u || '-' || b)::uuid, ${user}, 'grown_' || u || '-' || b, 'Bank ' || b, 'http://localhost', 'grown_' || u || '-' || b
     from generate_series(${from}, ${to}) u, generate_series(1, ${BANKS}) b`,
  (from, to) =>
    `insert into linked_accounts (id, user_id, connection_id, plaid_account_id, name, type, currency, current_minor, balances_at)
     select md5('a' || u || '-' || b || '-' || a)::uuid, ${user}, md5('c' || u || '-' || b)::uuid, 'grown_' || u || '-' || b || '-' || a,
       'Account ' || a, (array['depository','credit','depository'])[a], 'USD', 10000 * a, now()
     from generate_series(${from}, ${to}) u, generate_series(1, ${BANKS}) b, generate_series(1, ${ACCOUNTS_PER_BANK}) a`,
  (from, to, transactions) =>
    `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, merchant_name, category_primary, pending)
     select gen_random_uuid(), ${user}, md5('c' || u || '-' || n % ${BANKS} + 1)::uuid,
       md5('a' || u || '-' || n % ${BANKS} + 1 || '-' || n / ${BANKS} % ${ACCOUNTS_PER_BANK} + 1)::uuid, 'grown_' || u || '-' || n,
       (n * 7919) % 20000 - 15000, 'USD', date '2026-03-21' - (n % 730),
       (array['Coffee','Groceries','Train','Pharmacy','Salary','Bookshop','Cinema'])[n % 7 + 1] || ' ' || n,
       (array['Coffee','Groceries','Train','Pharmacy','Salary','Bookshop','Cinema'])[n % 7 + 1] || ' ' || n % 400,
       (array['FOOD_AND_DRINK','GENERAL_MERCHANDISE','INCOME','TRANSFER_OUT','TRAVEL','MEDICAL'])[n % 6 + 1], n % 97 = 0
     from generate_series(${from}, ${to}) u, generate_series(1, ${transactions}) n`
]
