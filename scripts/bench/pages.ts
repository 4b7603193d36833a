/**
 * What the queries of the dashboard, the list, the search and the export take for a person with a thousand and with a hundred thousand
 * transactions: `npm run bench pages`.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Person, person } from '@/lib/domain/actor'
import { monthPeriods, monthsUntil } from '@/lib/domain/periods'
import * as DataService from '@/lib/services/data'
import { onStatement } from '@/xata/client'

const SIZES = [1_000, 100_000]
const CONNECTIONS = 10
const ACCOUNTS = 40
const TODAY = '2026-03-21'
const ROUNDS = 3
const periods = monthPeriods('2026-03', TODAY)
const first = (who: Person, query: object) => DataService.listTransactions(who, { limit: 50, ...query })

const VIEWS: [string, (who: Person) => Promise<unknown>][] = [
  ['net worth', (who) => DataService.getNetWorth(who, TODAY)],
  ['net worth, all of its history', (who) => DataService.getNetWorthHistory(who, { range: 'all', timeZone: 'UTC' })],
  ['cash flow, 12 months', (who) => DataService.getCashFlow(who, monthsUntil('2026-03', 12))],
  ['spending, 2 periods', (who) => DataService.getSpending(who, periods)],
  ['top merchants', (who) => DataService.listTopMerchants(who, { period: periods.current, currency: 'USD', limit: 6 })],
  ['recurring', (who) => DataService.listRecurring(who, TODAY)],
  ['list, first page', (who) => first(who, {})],
  ['list, page 20', (who) => page20(who)],
  ['list, largest first', (who) => first(who, { sort: 'largest' })],
  ['search, common word', (who) => first(who, { q: 'coffee' })],
  ['search, no match', (who) => first(who, { q: 'zanzibar' })],
  ['one tag', (who) => first(who, { tag: 'trip' })],
  ['a month’s category', (who) => first(who, { category: 'FOOD_AND_DRINK', from: '2026-03-01', to: '2026-03-31' })],
  ['sum of that', (who) => DataService.summarizeTransactions(who, { category: 'FOOD_AND_DRINK', from: '2026-03-01', to: '2026-03-31' })],
  ['export, all', (who) => exportAll(who)],
  [
    'bulk edit of a category',
    (who) => DataService.storeEdit(who, { filter: { category: 'INCOME' } }, { change: { addTags: ['seen'] }, changeId: randomUUID() })
  ],
  ['a rule, stored and applied', (who) => DataService.storeRule(who, { id: randomUUID(), isNew: true }, RULE)]
]

const RULE = { match: 'contains', text: 'cinema', accountId: null, flow: null, category: 'ENTERTAINMENT', merchant: null, excluded: null } as const

async function page20(who: Person): Promise<void> {
  let cursor: string | undefined
  for (let n = 0; n < 20; n++) cursor = (await first(who, { cursor })).next ?? undefined
}

async function exportAll(who: Person): Promise<number> {
  let rows = 0
  for await (const items of DataService.streamTransactions(who, {})) rows += items.length
  return rows
}

/** Server time and statements of each view, for a short and a long history. */
export async function reportPages(storage: string, databaseUrl: string): Promise<void> {
  const people = []
  for (const size of SIZES) people.push(await fill(databaseUrl, size))
  console.log(
    `\n| ${storage} | ${SIZES.map((size) => `${size.toLocaleString('en')} rows, ms (statements)`).join(' | ')} |\n|---|${'---|'.repeat(SIZES.length)}`
  )
  for (const [name, view] of VIEWS) {
    const cells = []
    for (const who of people) cells.push(await time(() => view(who)))
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

/** The middle of a few rounds, after one that warms up. */
async function time(view: () => Promise<unknown>): Promise<string> {
  let statements = 0
  const stop = onStatement(() => statements++)
  await view()
  stop()
  const taken = []
  for (let n = 0; n < ROUNDS; n++) {
    const start = performance.now()
    await view()
    taken.push(performance.now() - start)
  }
  return `${taken.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]?.toFixed(1)} (${statements})`
}

/** A person with that many rows, over two years, written past the sync: reading is what is measured. */
async function fill(databaseUrl: string, size: number): Promise<Person> {
  const who = person(`bench_${randomUUID()}`)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('insert into users (id) values ($1)', [who.userId])
  await client.query(
    `insert into bank_connections (id, user_id, plaid_item_id, institution_name, webhook_url, public_token_hash)
     select gen_random_uuid(), $1, $1 || n, 'Bank ' || n, 'http://localhost', $1 || n from generate_series(1, $2::int) n`,
    [who.userId, CONNECTIONS]
  )
  await client.query(
    `insert into linked_accounts (id, user_id, connection_id, plaid_account_id, name, type, currency, current_minor, balances_at)
     select gen_random_uuid(), $1, c.id, c.plaid_item_id || n, 'Account ' || n, (array['depository','credit','depository','loan'])[n], 'USD', 10000 * n, now()
     from bank_connections c, generate_series(1, $2::int) n where c.user_id = $1`,
    [who.userId, ACCOUNTS / CONNECTIONS]
  )
  await client.query(
    `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, name, merchant_name, category_primary, category_detailed, pending)
     select gen_random_uuid(), $1, a.connection_id, a.id, $1 || n, (n * 7919) % 20000 - 15000, 'USD', $3::date - (n % 730), w.word || ' ' || n, w.word || ' ' || n % 400,
       (array['FOOD_AND_DRINK','GENERAL_MERCHANDISE','INCOME','TRANSFER_OUT','TRAVEL','MEDICAL'])[n % 6 + 1], null, n % 97 = 0
     from generate_series(1, $2::int) n
     join (select id, connection_id, row_number() over (order by id) - 1 as i from linked_accounts where user_id = $1) a on a.i = n % ${ACCOUNTS}
     join lateral (select (array['Coffee','Groceries','Train','Pharmacy','Salary','Bookshop','Cinema'])[n % 7 + 1] as word) w on true`,
    [who.userId, size, TODAY]
  )
  await say(client, who)
  await client.query('analyze')
  await client.end()
  return who
}

/** What a busy person says: of every twenty rows one edited, two ruled, and of every hundred one split. */
async function say(client: pg.Client, { userId }: Person): Promise<void> {
  await client.query(
    `insert into transaction_edits (transaction_id, user_id, category, note, tags, excluded, rule_category, parts_minor)
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
