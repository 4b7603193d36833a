/** `npm run bench sync`, `pages`, `browser` or `recurring`. */
import { benchBrowser } from './browser'
import { reportPages } from './pages'
import { reportRecurring } from './recurring'
import { onEachStorage } from './storages'
import { reportSync } from './sync-report'

const BENCHMARKS: Record<string, () => Promise<void> | void> = {
  sync: () => onEachStorage(reportSync),
  pages: () => onEachStorage(reportPages),
  browser: () => benchBrowser(process.cwd()),
  recurring: () => reportRecurring(process.argv.slice(3))
}

const bench = BENCHMARKS[process.argv[2] ?? '']
if (!bench) {
  console.error(`There are these benchmarks: ${Object.keys(BENCHMARKS).join(', ')}. For example: npm run bench sync`)
  process.exit(1)
}
await bench()
process.exit(0)
