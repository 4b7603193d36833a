/**
 * The figures of the built server for the guard: pages, downloads, webhooks, memory, the size of
 * scripts, and the start.
 */
import { type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { Figures } from '@/scripts/bench/guard'
import {
  type Account,
  createAccount,
  IDLE_MS,
  measureCrowd,
  measureDashboard,
  measureDownload
} from '@/scripts/bench/http'
import { measureBurst } from '@/scripts/bench/load/burst'
import { percentile } from '@/scripts/bench/load/open-model'
import { openSite, type Site } from '@/scripts/bench/load/site'
import { createReaders } from '@/scripts/bench/load/users'
import { median } from '@/scripts/bench/pages'
import { time, timeReference } from '@/scripts/bench/reference'

const SMALL = 1_000
const BULK = 20_000
const LARGE = 100_000
const READERS = 3
const SENDERS = 50
const BURST_SECONDS = 10
const REFERENCES = 5
const STARTS = 3
const START_PORTS = { PORT: '3700', SANDBOX_PORT: '4800' }

/** @returns times as multiples of the reference, and sizes in the unit that the name ends with. */
export async function measureApp(root: string): Promise<Figures> {
  const sizes: Figures = {}
  const times: Figures = {}
  console.log('\n| app | times the reference | ms |\n|---|---|---|')
  const site = await openSite(root)
  try {
    const add = adder(site, times)
    const memory = async (when: string) => {
      sizes[`memory ${when}, MB`] = Math.round(await site.memory())
    }
    await memory('at the start')
    const readers = await createReaders(site, READERS)
    for (const reader of readers) reader.stop()
    const accounts = {
      small: await createAccount(site, SMALL),
      bulk: await createAccount(site, BULK),
      large: await createAccount(site, LARGE)
    }
    await add(() => dashboards(site, accounts))
    await memory('after pages')
    await add(() => downloads(site, accounts))
    const items = readers.flatMap(({ itemIds }) => itemIds)
    await add(() => webhooks(site, items))
    await memory('after webhooks')
    await pause(IDLE_MS)
    await memory('15 seconds later')
    await add(() => warmStarts(root))
    sizes['scripts of a dashboard, KiB'] = await sizeOfScripts(site, accounts.small)
  } finally {
    await site.stop()
  }
  for (const [name, size] of Object.entries(sizes)) console.log(`| ${name} | ${size} | |`)
  return { ...times, ...sizes }
}

/** Measures some milliseconds between two looks at the reference. */
const adder = (site: Site, into: Figures) => async (measure: () => Promise<Figures>) => {
  const references: number[] = []
  const look = async () => {
    for (let n = 0; n < REFERENCES; n++) references.push(await timeReference(site.database))
  }
  await look()
  const measured = await measure()
  await look()
  for (const [name, ms] of Object.entries(measured)) {
    into[name] = Number((ms / median(references)).toPrecision(3))
    console.log(`| ${name} | ${into[name]} | ${ms.toFixed(1)} |`)
  }
}

async function dashboards(
  site: Site,
  { small, large }: Record<'small' | 'large', Account>
): Promise<Figures> {
  const few = await measureDashboard(site, small)
  const many = await measureDashboard(site, large)
  const { perSecond } = await measureCrowd(site, large)
  return {
    [`dashboard, ${SMALL} rows`]: few.p50,
    [`dashboard, ${LARGE} rows`]: many.p50,
    'dashboard after a change': many.changed,
    'CPU of a dashboard': many.cpu,
    'a dashboard of ten at once': 1_000 / perSecond
  }
}

async function downloads(
  site: Site,
  { bulk, large }: Record<'bulk' | 'large', Account>
): Promise<Figures> {
  const csv = await measureDownload(site, large, 'csv')
  const ndjson = await measureDownload(site, bulk, 'ndjson')
  return {
    [`CSV of ${LARGE} rows`]: csv.all,
    'first byte of CSV': csv.first,
    [`NDJSON of ${BULK} rows`]: ndjson.all
  }
}

async function webhooks(site: Site, items: string[]): Promise<Figures> {
  const options = { senders: SENDERS, seconds: BURST_SECONDS }
  const { perSecond, latencies } = await measureBurst(site, items, options)
  return {
    [`a webhook of ${SENDERS} senders`]: 1_000 / perSecond,
    [`p99 of ${SENDERS} senders`]: percentile(latencies, 0.99)
  }
}

/** `npm start` with a build, and with data of an earlier start. */
async function warmStarts(root: string): Promise<Figures> {
  const folder = mkdtempSync(join(root, '.data', 'bench-start-'))
  try {
    await startOnce(root, folder)
    const times: number[] = []
    for (let n = 0; n < STARTS; n++) times.push(await startOnce(root, folder))
    return { 'warm start': median(times) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns milliseconds until it is ready. @throws if it never is. */
async function startOnce(root: string, folder: string): Promise<number> {
  const env = { ...process.env, ...START_PORTS, PANGEA_DATA_DIR: folder }
  const stdio: StdioOptions = ['ignore', 'pipe', 'inherit']
  // npm itself would end before what it started.
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', 'start'], {
    cwd: root,
    env,
    stdio
  })
  const ended = once(child, 'exit')
  const ms = await time(async () => {
    if (child.stdout)
      for await (const line of createInterface(child.stdout))
        if (line.startsWith('Pangea is ready')) return
    throw new Error('npm start ended before it was ready.')
  })
  child.kill('SIGTERM')
  await ended
  return ms
}

/** Kibibytes on the wire of the scripts that the page names for browsers of today. */
async function sizeOfScripts(site: Site, { user }: Account): Promise<number> {
  const { body } = await site.client.send('/dashboard', { headers: await user.bearer() })
  const tags = [...body.matchAll(/<script[^>]+src="(\/_next\/[^"]+)"[^>]*>/g)]
  const paths = tags.flatMap(([tag, path = '']) => (/nomodule/i.test(tag) ? [] : path))
  let bytes = 0
  for (const path of new Set(paths)) {
    const response = await fetch(site.appUrl + path, { headers: { 'accept-encoding': 'br' } })
    bytes += Number(response.headers.get('content-length'))
    await response.body?.cancel()
  }
  return Math.round(bytes / 1_024)
}
