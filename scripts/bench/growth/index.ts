/**
 * `npm run bench growth -- --users=1000 --transactions=1000`: page queries of one user while the
 * database has no others, and among that many with that many transactions each.
 */
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { UserActor } from '@/lib/domain/users/actor'
import { fillUsers, type Size } from '@/scripts/bench/growth/fill'
import { growthTable } from '@/scripts/bench/growth/model'
import { createUser, median, VIEWS } from '@/scripts/bench/pages'

const ROUNDS = 15
/** Changes would differ from round to round. */
const READS = VIEWS.filter(([name]) => !/edit|rule|own transfers|export/.test(name))

/** @param args after `growth`. */
export async function reportGrowth(databaseUrl: string, args: string[]): Promise<void> {
  const size = readSize(args)
  const actor = await createUser(databaseUrl, size.transactions)
  const before = await timeReads(actor)
  const begun = performance.now()
  await fillUsers(databaseUrl, size, (users) => {
    if (users % 1_000 === 0 || users === size.users) console.error(`· ${users} users`)
  })
  console.error(`· filled in ${((performance.now() - begun) / 1_000).toFixed(0)} s`)
  const after = await timeReads(actor)
  const rows = (size.users * size.transactions).toLocaleString('en')
  console.log(`
| one user with ${size.transactions.toLocaleString('en')} transactions | alone, ms | among ${size.users.toLocaleString('en')} users and ${rows} transactions, ms |
|---|---|---|`)
  for (const [n, [name]] of READS.entries())
    console.log(`| ${name} | ${before[n]?.toFixed(1)} | ${after[n]?.toFixed(1)} |`)
  await reportTables(databaseUrl)
}

function readSize(args: string[]): Size {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      users: { type: 'string', default: '1000' },
      transactions: { type: 'string', default: '1000' }
    }
  })
  return { users: Number(values.users), transactions: Number(values.transactions) }
}

/** The median of each read in milliseconds, after a first round that is not counted. */
async function timeReads(actor: UserActor): Promise<number[]> {
  const medians: number[] = []
  for (const [, view] of READS) await view(actor)
  for (const [, view] of READS) {
    const taken: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now()
      await view(actor)
      taken.push(performance.now() - begun)
    }
    medians.push(median(taken))
  }
  return medians
}

async function reportTables(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string; rows: string; table: string; all: string }>(
    `select relname as name, n_live_tup as rows, round(pg_table_size(relid) / greatest(n_live_tup, 1)::numeric) as table,
       round(pg_total_relation_size(relid) / greatest(n_live_tup, 1)::numeric) as all
     from pg_stat_user_tables where n_live_tup > 1000 order by pg_total_relation_size(relid) desc limit 6`
  )
  await client.end()
  console.log(`
| table | rows | bytes per row | with indexes |
|---|---|---|---|`)
  for (const row of rows)
    console.log(
      `| ${row.name} | ${Number(row.rows).toLocaleString('en')} | ${row.table} | ${row.all} |`
    )
  const transactions = rows.find(({ name }) => name === 'transactions')
  console.log(`\n${growthTable(Number(transactions?.all))}`)
}
