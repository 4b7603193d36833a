/**
 * `npm run bench http`: the dashboard and downloads of whole histories over HTTP, on the production
 * build, and the memory of the process that serves them.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '@/scripts/bench/load/open-model'
import { openSite, type Site } from '@/scripts/bench/load/site'
import { fillHistory, TODAY } from '@/scripts/bench/long-history'
import { createTestUser, type TestUser } from '@/tests/e2e/support/users'

const SIZES = [1_000, 20_000, 100_000]
const DOWNLOADS = 3
const ROUNDS = 40
const CHANGES = 8
const AT_ONCE = 10
const SECONDS = 10
/** The garbage collector gives memory back after this time without requests. */
export const IDLE_MS = 15_000

export type Account = { rows: number; user: TestUser }

export async function reportHttp(): Promise<void> {
  const site = await openSite(process.cwd())
  try {
    const memory = [await site.memory()]
    const accounts: Account[] = []
    for (const rows of SIZES) accounts.push(await createAccount(site, rows))
    console.log(
      '\n| rows | first, ms | p50, ms | p50 after a change, ms | CPU each, ms |\n|---|---|---|---|---|'
    )
    for (const account of accounts) console.log(await row(site, account))
    memory.push(await site.memory())
    for (const account of accounts) console.log(await crowd(site, account))
    memory.push(await site.memory())
    console.log('\n| download | rows | first byte, ms | all, ms |\n|---|---|---|---|')
    for (const format of ['csv', 'ndjson'])
      for (const account of accounts) console.log(await download(site, account, format))
    memory.push(await site.memory())
    await pause(IDLE_MS)
    memory.push(await site.memory())
    const shown = memory.map((mb) => mb.toFixed(0)).join(' / ')
    console.log(
      `Memory at the start / after single pages / after load / after downloads / ${IDLE_MS / 1_000} s later, MB: ${shown}`
    )
  } finally {
    await site.stop()
  }
}

/** A user with such a history up to today. */
export async function createAccount(
  { database, databaseUrl }: Site,
  rows: number
): Promise<Account> {
  const user = await createTestUser()
  await fillHistory(databaseUrl, user.userId, rows)
  await database.query(
    'update transactions set booked_on = booked_on + (current_date - $2::date) where user_id = $1',
    [user.userId, TODAY]
  )
  await database.query('vacuum analyze transactions')
  return { rows, user }
}

/** @returns milliseconds. @throws unless the page is shown. */
async function open({ client }: Site, user: TestUser): Promise<number> {
  // A session token is valid for a minute.
  const headers = await user.bearer()
  const start = performance.now()
  const { status } = await client.send('/dashboard', {
    headers: { ...headers, 'accept-encoding': 'gzip' }
  })
  if (status !== 200) throw new Error(`/dashboard answered ${status}`)
  return performance.now() - start
}

type Dashboard = { first: number; p50: number; changed: number; cpu: number }

/** Milliseconds: the first page, the median, the median after a change, and CPU for each page. */
export async function measureDashboard(site: Site, { user }: Account): Promise<Dashboard> {
  const first = await open(site, user)
  const cpu = await site.cpu()
  const times: number[] = []
  for (let n = 0; n < ROUNDS; n++) times.push(await open(site, user))
  const each = ((await site.cpu()) - cpu) / ROUNDS
  const changed: number[] = []
  for (let n = 0; n < CHANGES; n++) {
    await site.database.query(
      `insert into user_changes (user_id, version) values ($1, 1)
       on conflict (user_id) do update set version = user_changes.version + 1`,
      [user.userId]
    )
    changed.push(await open(site, user))
  }
  return { first, p50: percentile(times, 0.5), changed: percentile(changed, 0.5), cpu: each }
}

async function row(site: Site, account: Account): Promise<string> {
  const { first, p50, changed, cpu } = await measureDashboard(site, account)
  return `| ${account.rows} | ${[first, p50, changed, cpu].map((ms) => ms.toFixed(0)).join(' | ')} |`
}

/** Ten browsers that open the page again and again. @returns pages per second, and milliseconds. */
export async function measureCrowd(site: Site, { user }: Account) {
  await open(site, user)
  const until = performance.now() + SECONDS * 1_000
  const times: number[] = []
  const browser = async () => {
    while (performance.now() < until) times.push(await open(site, user))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, browser))
  return { perSecond: times.length / SECONDS, p95: percentile(times, 0.95) }
}

async function crowd(site: Site, account: Account): Promise<string> {
  const { perSecond, p95 } = await measureCrowd(site, account)
  return `${account.rows} rows, ${AT_ONCE} at once: ${perSecond.toFixed(1)} pages/s, p95 ${p95.toFixed(0)} ms`
}

/**
 * The median of some downloads, each with the reverification that they need.
 * @returns milliseconds to the first byte and to the last.
 */
export async function measureDownload(site: Site, { user }: Account, format: string) {
  const firsts: number[] = []
  const totals: number[] = []
  for (let n = 0; n < DOWNLOADS; n++) {
    const headers = await user.freshBearer()
    const start = performance.now()
    const { ok, status, body } = await fetch(
      `${site.appUrl}/api/v1/transactions/export?format=${format}`,
      { headers }
    )
    if (!ok || !body) throw new Error(`The export answered ${status}.`)
    const times: number[] = []
    for await (const _ of body) times.push(performance.now() - start)
    firsts.push(times[0] ?? Number.NaN)
    totals.push(times.at(-1) ?? Number.NaN)
  }
  return { first: percentile(firsts, 0.5), all: percentile(totals, 0.5) }
}

async function download(site: Site, account: Account, format: string): Promise<string> {
  const { first, all } = await measureDownload(site, account, format)
  return `| ${format} | ${account.rows} | ${first.toFixed(0)} | ${all.toFixed(0)} |`
}
