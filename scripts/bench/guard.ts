/**
 * `npm run bench`: the figures of docs/performance.md as ratios to a reference that is measured in
 * turn with each, so that a slow or busy machine changes both. Compared with docs/performance.json;
 * `npm run bench guard -- --save` replaces it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { createUser, median, VIEWS } from '@/scripts/bench/pages'
import { makeConnection, sync } from '@/scripts/bench/sync'
import { initialPages, updatePages } from '@/scripts/bench/sync-pages'

const FILE = 'docs/performance.json'
const ROWS = 100_000
const SYNCED_ROWS = 20_000
const ROUNDS = 5
/** A larger growth of a ratio is a regression. */
const LIMIT = 1.15
/** Work that none of our code changes. */
const REFERENCE = 'select sum(length(md5(n::text))) from generate_series(1, 50000) n'

/** Times as multiples of the reference, by storage and figure. */
export type Ratios = Record<string, Record<string, number>>
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

/** Measures one storage. @param into receives its ratios. */
export async function measureRatios(
  storage: string,
  databaseUrl: string,
  into: Ratios
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const actor = await createUser(databaseUrl, ROWS)
  const figures: Record<string, number> = {}
  console.log(`\n| ${storage} | times the reference | ms |\n|---|---|---|`)
  const add = async (name: string, rounds: number, prepare: () => Promise<Run>) => {
    const { ratio, ms } = await pair(client, rounds, prepare)
    figures[name] = Number(ratio.toPrecision(3))
    console.log(`| ${name} | ${figures[name]} | ${ms.toFixed(1)} |`)
  }
  for (const [name, view] of VIEWS)
    await add(name, ROUNDS, async () => async () => void (await view(actor)))
  const synced: string[] = []
  await add(`first sync of ${SYNCED_ROWS} rows`, 3, async () => {
    const { connectionId } = await makeConnection()
    synced.push(connectionId)
    await client.query(`delete from sync_runs where status = 'pending'`)
    return async () => void (await sync(connectionId, initialPages(SYNCED_ROWS)))
  })
  await add('500 changed, 200 removed', synced.length, async () => {
    const connectionId = synced.pop() ?? ''
    return async () => void (await sync(connectionId, updatePages()))
  })
  into[storage] = figures
  await client.end()
}

type Run = () => Promise<void>

/** The reference and the figure in turn: the median of their ratios, after one round to warm up. */
async function pair(
  client: pg.Client,
  rounds: number,
  prepare: () => Promise<Run>
): Promise<{ ratio: number; ms: number }> {
  const taken: { ratio: number; ms: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const run = await prepare()
    const reference = await time(async () => void (await client.query(REFERENCE)))
    const ms = await time(run)
    if (round > 0 || rounds < ROUNDS) taken.push({ ratio: ms / reference, ms })
  }
  return {
    ratio: median(taken.map(({ ratio }) => ratio)),
    ms: median(taken.map(({ ms }) => ms))
  }
}

async function time(run: Run): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** Prints the regressions, or stores the result. @returns whether there are none. */
export function finishGuard(root: string, now: Ratios, save: boolean): boolean {
  const file = join(root, FILE)
  mkdirSync(join(root, '.data'), { recursive: true })
  writeFileSync(
    save ? file : join(root, '.data', 'bench.json'),
    `${JSON.stringify(now, null, 2)}\n`
  )
  if (save || !existsSync(file)) return true
  const found = findRegressions(JSON.parse(readFileSync(file, 'utf8')) as Ratios, now)
  for (const { figure, times } of found)
    console.log(`✗ ${figure} takes ${times.toFixed(2)} times as long as in ${FILE}`)
  if (found.length === 0) console.log(`✓ nothing takes more than ${LIMIT} times as long`)
  return found.length === 0
}
