/**
 * `npm run bench load -- --rates=50,100,200,400 --seconds=30 [--worker=apart] [--senders=50]`: many
 * users at once on the production build. Webhooks over 30 Items, readers and sign-ups arrive at
 * planned times; `--senders` first sends as many webhooks as are accepted.
 */
import { parseArgs } from 'node:util'
import { BURST_HEADER, burstRow, measureBurst } from '@/scripts/bench/load/burst'
import {
  failures,
  histogram,
  type Latencies,
  percentile,
  plannedArrivals,
  runOpenModel
} from '@/scripts/bench/load/open-model'
import { openSite, type Site } from '@/scripts/bench/load/site'
import {
  createReaders,
  isPage,
  type Reader,
  read,
  signUp,
  untilSynced,
  warmUp
} from '@/scripts/bench/load/users'
import { readSyncLag, type SyncLag, sendWebhook } from '@/scripts/bench/load/webhooks'
import { callControl } from '@/tests/e2e/support/vendors'

const USERS = 10
/** Each of the ten readers opens a page or calls the API every five seconds. */
const READS_PER_SECOND = USERS / 5
const SIGN_UPS_PER_SECOND = 0.1
/** Some webhooks have news; most at this rate are repeats. */
const NEWS_PER_SECOND = 1
const MEMORY_SAMPLES = 10
const DRAINED_WITHIN_MS = 60_000

/** @param args after `load`. @throws UserError. */
export async function reportLoad(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      rates: { type: 'string', default: '0,50,100,200,400' },
      seconds: { type: 'string', default: '30' },
      worker: { type: 'string', default: 'within' },
      senders: { type: 'string', default: '' }
    }
  })
  const site = await openSite(process.cwd(), { workerApart: values.worker === 'apart' })
  try {
    const readers = await createReaders(site, USERS)
    const seconds = Number(values.seconds)
    const items = readers.flatMap(({ itemIds }) => itemIds)
    if (values.senders) console.log(BURST_HEADER)
    for (const senders of numbers(values.senders))
      console.log(burstRow(await measureBurst(site, items, { senders, seconds })))
    await warmUp(site, readers)
    if (values.rates) console.log(HEADER)
    for (const rate of numbers(values.rates))
      console.log(row(await measure(site, readers, { rate, seconds })))
    for (const reader of readers) reader.stop()
  } finally {
    await site.stop()
  }
}

const numbers = (list: string): number[] => (list ? list.split(',').map(Number) : [])

type Figures = {
  rate: number
  webhooks: Latencies
  pages: Latencies
  api: Latencies
  signUps: Latencies
  lag: SyncLag
  memory: number[]
  /** Milliseconds of CPU of the process that serves requests, per second. */
  cpu: number
  drained: string
}

async function measure(
  site: Site,
  readers: Reader[],
  { rate, seconds }: { rate: number; seconds: number }
): Promise<Figures> {
  const items = readers.flatMap(({ itemIds }) => itemIds)
  const arrivals = (perSecond: number, seed: number) => plannedArrivals(perSecond, seconds, seed)
  const reads = arrivals(READS_PER_SECOND, 2)
  const numbered = (page: boolean) =>
    reads.flatMap((at, n) => (isPage(n) === page ? [{ at, n }] : []))
  const readAll = (planned: { at: number; n: number }[]) =>
    runOpenModel(
      planned.map(({ at }) => at),
      (i) => read(site, readers, planned[i]?.n ?? 0)
    )
  const { rows } = await site.database.query<{ now: Date }>('select now()')
  const from = rows[0]?.now ?? new Date()
  const begun = performance.now()
  const cpuBefore = await site.cpu()
  const memory: number[] = []
  const sampling = runOpenModel(
    Array.from({ length: MEMORY_SAMPLES + 1 }, (_, n) => (n * seconds * 1_000) / MEMORY_SAMPLES),
    async () => void memory.push(await site.memory())
  )
  const news = runOpenModel(arrivals(rate && NEWS_PER_SECOND, 4), (n) =>
    callControl('plaid', `/items/${items[n % items.length]}/transactions`, { count: 1 })
  )
  const [webhooks, pages, api, signUps] = await Promise.all([
    runOpenModel(arrivals(rate, 1), (n) => sendWebhook(site, items[n % items.length] ?? '')),
    readAll(numbered(true)),
    readAll(numbered(false)),
    runOpenModel(arrivals(SIGN_UPS_PER_SECOND, 3), () => signUp(site)),
    sampling,
    news
  ])
  const ended = performance.now()
  const cpu = ((await site.cpu()) - cpuBefore) / ((ended - begun) / 1_000)
  const drained = (await untilSynced(site, DRAINED_WITHIN_MS))
    ? ((performance.now() - ended) / 1_000).toFixed(1)
    : `> ${DRAINED_WITHIN_MS / 1_000}`
  const lag = await readSyncLag(site, from)
  return { rate, webhooks, pages, api, signUps, lag, memory, cpu, drained }
}

const HEADER = `
| webhooks/s | sent | not 200 | ack p50 / p95 / p99, ms | sync lag p50 / p95, s | syncs | page p50 / p95 / p99, ms | API p50 / p95 / p99, ms | failed reads | sign-ups: done, failed, p95 s | memory, MB | drained after, s |
|---|---|---|---|---|---|---|---|---|---|---|---|`

function row({ rate, webhooks, pages, api, signUps, lag, memory, cpu, drained }: Figures): string {
  const cells = [
    rate,
    webhooks.done.length + failures(webhooks),
    failures(webhooks),
    three(webhooks),
    `${lag.p50.toFixed(1)} / ${lag.p95.toFixed(1)}${lag.unsynced ? ` (${lag.unsynced} not yet)` : ''}`,
    lag.syncs,
    three(pages),
    three(api),
    failures(pages) + failures(api),
    `${signUps.done.length}, ${failures(signUps)}, ${(percentile(signUps.done, 0.95) / 1_000).toFixed(1)}`,
    memory.map((mb) => mb.toFixed(0)).join(' '),
    drained
  ]
  const details = [
    `CPU of the server: ${cpu.toFixed(0)} ms/s`,
    `webhooks, ms: ${histogram(webhooks.done)}`,
    `pages, ms: ${histogram(pages.done)}`,
    `API, ms: ${histogram(api.done)}`,
    ...[webhooks, pages, api, signUps].flatMap(({ failed }) =>
      [...failed].map(([fault, times]) => `failed: ${fault} (${times})`)
    )
  ]
  for (const line of details) console.error(`  ${line}`)
  return `| ${cells.join(' | ')} |`
}

const three = ({ done }: Latencies): string =>
  [0.5, 0.95, 0.99].map((share) => percentile(done, share).toFixed(0)).join(' / ')
