/**
 * `npm run bench`: the figures of docs/performance.md, times as multiples of a reference. Compared
 * with docs/performance.json; `npm run bench guard -- --save` replaces it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { createUser, median, VIEWS } from '@/scripts/bench/pages'
import { pair, type Run } from '@/scripts/bench/reference'
import { makeConnection, sync } from '@/scripts/bench/sync'
import { initialPages, updatePages } from '@/scripts/bench/sync-pages'
import { createItems, drain, store } from '@/scripts/bench/webhooks'

const FILE = 'docs/performance.json'
const ROWS = 100_000
const SYNCED_ROWS = 20_000
const ROUNDS = 5
/** Webhooks, and over how many Items. */
const HOOKS = 1_000
const ITEMS = 100
/** A larger growth of a ratio is a regression. */
const LIMIT = 1.15
/** Times as multiples of the reference, and sizes. */
export type Figures = Record<string, number>
/** By storage, or the app. */
export type Ratios = Record<string, Figures>
export type Regression = { figure: string; times: number }

/** The figures that are at least 15 % above the earlier result, the worst first. */
export function findRegressions(before: Ratios, now: Ratios): Regression[] {
  return Object.entries(now)
    .flatMap(([storage, figures]) =>
      Object.entries(figures).map(([name, ratio]) => ({
        figure: `${storage}: ${name}`,
        times: ratio / (before[storage]?.[name] ?? ratio)
      }))
    )
    .filter(({ times }) => times > LIMIT)
    .toSorted((a, b) => b.times - a.times)
}

/**
 * Measures once more where something seems slower, and keeps the lower figures: of sixty, a few are
 * above the limit by chance.
 */
export async function measureUntilSure(
  name: string,
  before: Ratios,
  measure: () => Promise<Figures>
): Promise<Figures> {
  const first = await measure()
  const found = findRegressions(before, { [name]: first })
  if (found.length === 0) return first
  console.log(`\nMeasuring again: ${found.map(({ figure }) => figure).join(', ')}`)
  const second = await measure()
  return Object.fromEntries(
    Object.entries(first).map(([figure, value]) => [
      figure,
      Math.min(value, second[figure] ?? value)
    ])
  )
}

/** Measures a figure. @param prepare is not counted. */
type Add = (name: string, rounds: number, prepare: () => Promise<Run>) => Promise<void>

/** Measures one storage. */
export async function measureStorage(storage: string, databaseUrl: string): Promise<Figures> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const actor = await createUser(databaseUrl, ROWS)
  const figures: Figures = {}
  console.log(`\n| ${storage} | times the reference | ms |\n|---|---|---|`)
  const add: Add = async (name, rounds, prepare) => {
    const warmUp = rounds < ROUNDS ? 0 : 1
    const { ratio, ms } = await pair(client, { rounds, warmUp }, prepare)
    figures[name] = Number(ratio.toPrecision(3))
    console.log(`| ${name} | ${figures[name]} | ${ms.toFixed(1)} |`)
  }
  for (const [name, view] of VIEWS)
    await add(name, ROUNDS, async () => async () => void (await view(actor)))
  const synced: string[] = []
  const logged: number[] = []
  await add(`first sync of ${SYNCED_ROWS} rows`, 3, async () => {
    const { connectionId } = await makeConnection()
    synced.push(connectionId)
    await client.query(`delete from sync_runs where status = 'pending'`)
    return async () => {
      const before = await logPosition(client)
      await sync(connectionId, initialPages(SYNCED_ROWS))
      logged.push((await logPosition(client)) - before)
    }
  })
  await add('500 changed, 200 removed', synced.length, async () => {
    const connectionId = synced.pop() ?? ''
    return async () => void (await sync(connectionId, updatePages()))
  })
  if (storage === 'Postgres') {
    figures['log of a first sync, MiB'] = Math.round(median(logged) / 2 ** 20)
    await measureWebhooks(add)
  }
  await client.end()
  return figures
}

async function measureWebhooks(add: Add): Promise<void> {
  const items = await createItems(ITEMS)
  await add(`${HOOKS} webhooks stored`, ROUNDS, async () => {
    await drain()
    return async () => void (await store(HOOKS, items))
  })
  await add(`${HOOKS} webhooks worked off`, ROUNDS, async () => {
    await store(HOOKS, items)
    return drain
  })
}

/** Bytes of the write-ahead log so far. */
async function logPosition(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bytes`
  )
  return Number(rows[0]?.bytes)
}

/** The committed result; empty if there is none, or if it is to be replaced. */
export function readResult(root: string, save: boolean): Ratios {
  const file = join(root, FILE)
  return save || !existsSync(file) ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Ratios)
}

/** Prints the regressions, or stores the result. @returns whether there are none. */
export function finishGuard(root: string, now: Ratios, save: boolean): boolean {
  mkdirSync(join(root, '.data'), { recursive: true })
  writeFileSync(
    save ? join(root, FILE) : join(root, '.data', 'bench.json'),
    `${JSON.stringify(now, null, 2)}\n`
  )
  if (save) return true
  const found = findRegressions(readResult(root, false), now)
  for (const { figure, times } of found)
    console.log(`✗ ${figure} takes ${times.toFixed(2)} times as long as in ${FILE}`)
  if (found.length === 0) console.log(`✓ nothing takes more than ${LIMIT} times as long`)
  return found.length === 0
}
