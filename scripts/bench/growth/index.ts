/**
 * `npm run bench growth -- --users=1000 --transactions=1000`: page queries of one user who is alone in
 * a database, and of one among many with that many transactions each, in turn.
 */
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { UserActor } from '@/lib/domain/users/actor'
import { fillUsers, type Size } from '@/scripts/bench/growth/fill'
import { growthTable } from '@/scripts/bench/growth/model'
import { createUser, median, VIEWS } from '@/scripts/bench/pages'
import { type Database, database } from '@/xata/client'
import { migrate } from '@/xata/migrate'

const ROUNDS = 25
/** Changes would differ from round to round. */
const READS = VIEWS.filter(([name]) => !/edit|rule|own transfers|export/.test(name))
const DATABASE = Symbol.for('pangea.database')
const shared = globalThis as unknown as Record<symbol, Database | undefined>

/** A database, and a user in it whose reads are measured. */
type Side = { actor: UserActor; database: Database }

/** @param databaseUrl an empty database; another one is created beside it. @param args after `growth`. */
export async function reportGrowth(databaseUrl: string, args: string[]): Promise<void> {
  const size = readSize(args)
  const alone = await openSide(await createDatabase(databaseUrl), size)
  const among = await openSide(databaseUrl, size)
  const begun = performance.now()
  await fillUsers(databaseUrl, size, (users) => {
    if (users % 1_000 === 0 || users === size.users) console.error(`· ${users} users`)
  })
  console.error(`· filled in ${((performance.now() - begun) / 1_000).toFixed(0)} s`)
  const rows = (size.users * size.transactions).toLocaleString('en')
  console.log(`
| one user with ${size.transactions.toLocaleString('en')} transactions | alone, ms | among ${size.users.toLocaleString('en')} users and ${rows} transactions, ms | times |
|---|---|---|---|`)
  for (const [name, view] of READS) {
    const { aloneMs, amongMs, times } = await compare(view, alone, among)
    console.log(`| ${name} | ${aloneMs.toFixed(1)} | ${amongMs.toFixed(1)} | ${times.toFixed(2)} |`)
  }
  await reportTables(databaseUrl)
  await alone.database.close()
}

async function createDatabase(beside: string): Promise<string> {
  const client = new pg.Client({ connectionString: beside })
  await client.connect()
  await client.query('create database alone')
  await client.end()
  return Object.assign(new URL(beside), { pathname: '/alone' }).toString()
}

async function openSide(url: string, { transactions }: Size): Promise<Side> {
  process.env.DATABASE_URL = url
  for (const symbol of [DATABASE, Symbol.for('pangea.env')])
    Reflect.deleteProperty(globalThis, symbol)
  await migrate(url)
  const actor = await createUser(url, transactions)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
  return { actor, database: database() }
}

/** Medians, and the median of the ratios of two reads in a row: a busy machine slows both. */
async function compare(
  view: (actor: UserActor) => Promise<unknown>,
  alone: Side,
  among: Side
): Promise<{ aloneMs: number; amongMs: number; times: number }> {
  const taken: { alone: number; among: number }[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const first = round % 2 ? await time(view, alone) : null
    const amongMs = await time(view, among)
    taken.push({ alone: first ?? (await time(view, alone)), among: amongMs })
  }
  // The first round warms up.
  const rounds = taken.slice(1)
  return {
    aloneMs: median(rounds.map((one) => one.alone)),
    amongMs: median(rounds.map((one) => one.among)),
    times: median(rounds.map((one) => one.among / one.alone))
  }
}

async function time(view: (actor: UserActor) => Promise<unknown>, side: Side): Promise<number> {
  shared[DATABASE] = side.database
  const begun = performance.now()
  await view(side.actor)
  return performance.now() - begun
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
