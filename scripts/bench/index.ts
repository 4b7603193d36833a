/**
 * `npm run bench`: `guard`. Or `npm run bench sync`, `pages`, `policies`, `browser`, `load`, `growth`, `recurring`, `pairs`,
 * `metrics`, `webhooks`, `http` or `anomalies`.
 */
import { reportAnomalies } from '@/scripts/bench/anomalies'
import { benchBrowser } from '@/scripts/bench/browser'
import { reportGrowth } from '@/scripts/bench/growth'
import {
  finishGuard,
  measureStorage,
  measureUntilSure,
  type Ratios,
  readResult
} from '@/scripts/bench/guard'
import { measureApp } from '@/scripts/bench/guard-app'
import { reportPairs } from '@/scripts/bench/households/pairs'
import { reportHttp } from '@/scripts/bench/http'
import { reportLoad } from '@/scripts/bench/load'
import { reportMetrics } from '@/scripts/bench/metrics'
import { reportPages } from '@/scripts/bench/pages'
import { reportPolicies } from '@/scripts/bench/policies'
import { reportRecurring } from '@/scripts/bench/recurring'
import { onEachStorage } from '@/scripts/bench/storages'
import { reportSync } from '@/scripts/bench/sync-report'
import { reportWebhooks } from '@/scripts/bench/webhooks'

async function guard(): Promise<void> {
  const root = process.cwd()
  const save = process.argv.includes('--save')
  const before = readResult(root, save)
  // First, because the storages set the environment of this process.
  const ratios: Ratios = { App: await measureUntilSure('App', before, () => measureApp(root)) }
  await onEachStorage(async (storage, url) => {
    ratios[storage] = await measureUntilSure(storage, before, () => measureStorage(storage, url))
  })
  if (!finishGuard(root, ratios, save)) process.exit(1)
}

const BENCHMARKS: Record<string, () => Promise<void> | void> = {
  guard,
  sync: () => onEachStorage(reportSync),
  pages: () => onEachStorage(reportPages),
  policies: () => onEachStorage(reportPolicies),
  metrics: () => onEachStorage(reportMetrics, ['PGlite']),
  browser: () => benchBrowser(process.cwd()),
  growth: () => onEachStorage((_, url) => reportGrowth(url, process.argv.slice(3)), ['Postgres']),
  load: () => reportLoad(process.argv.slice(3)),
  pairs: () => onEachStorage((storage) => reportPairs(storage, process.argv.slice(3)), ['PGlite']),
  anomalies: () => reportAnomalies(process.argv.slice(3)),
  http: reportHttp,
  webhooks: () => onEachStorage(reportWebhooks, ['Postgres']),
  recurring: () => reportRecurring(process.argv.slice(3))
}

const bench = BENCHMARKS[process.argv[2] ?? 'guard']
if (!bench) {
  console.error(
    `There are these benchmarks: ${Object.keys(BENCHMARKS).join(', ')}. For example: npm run bench sync`
  )
  process.exit(1)
}
await bench()
process.exit(0)
