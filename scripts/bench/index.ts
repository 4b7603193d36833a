/** `npm run bench sync`, `pages`, `browser`, `recurring` or `pairs`. */
import { benchBrowser } from './browser'
import { reportPages } from './pages'
import { reportPairs } from './pairs'
import { reportRecurring } from './recurring'
import { onEachStorage } from './storages'
import { reportSync } from './sync-report'

const BENCHMARKS: Record<string, () => Promise<void> | void> = {
  sync: () => onEachStorage(reportSync),
  pages: () => onEachStorage(reportPages),
  browser: () => benchBrowser(process.cwd()),
  pairs: () => onEachStorage((storage) => reportPairs(storage, process.argv.slice(3)), ['PGlite']),
  recurring: () => reportRecurring(process.argv.slice(3))
}

const bench = BENCHMARKS[process.argv[2] ?? '']
if (!bench) {
  console.error(
    `There are these benchmarks: ${Object.keys(BENCHMARKS).join(', ')}. For example: npm run bench sync`
  )
  process.exit(1)
}
await bench()
process.exit(0)
