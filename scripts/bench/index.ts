/** `npm run bench sync`: measured on a real Postgres server, where there is one, and on PGlite. */
import { startXata } from '@/sandbox/xata'
import { database } from '@/xata/client'
import { migrate } from '@/xata/migrate'
import { openPostgres } from '../postgres'
import { benchBrowser } from './browser'
import { type Figures, measure } from './sync'

const SIZES = [1_000, 5_000, 20_000]
/** What lib/platform/env asks for; nothing here calls a vendor. */
const SETTINGS = {
  APP_URL: 'http://localhost:3000',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_none',
  CLERK_SECRET_KEY: 'sk_test_none',
  CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_none',
  PLAID_CLIENT_ID: 'none',
  PLAID_SECRET: 'none',
  JIKO_BASE_URL: 'http://127.0.0.1:1',
  JIKO_USERNAME: 'none',
  JIKO_PASSWORD: 'none',
  JIKO_SHARED_SECRET: 'none',
  JIKO_WEBHOOK_SECRETS: 'none-none-none-none',
  ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 7).toString('base64')}`,
  CRON_SECRET: 'none',
  XATA_TRANSPORT: 'tcp'
}

const [, , name = ''] = process.argv
if (name === 'pages') await import('./pages')
if (name === 'browser') {
  await benchBrowser(process.cwd())
  process.exit(0)
}
if (name !== 'sync') {
  console.error('There are three benchmarks: npm run bench sync, npm run bench pages, npm run bench browser')
  process.exit(1)
}
const server = await openPostgres()
if (server) await report('Postgres', server.url)
else console.log('There is no Postgres here; set TEST_DATABASE_URL or install the server.')
await server?.close()
const xata = await startXata({ port: 0, dataDir: null })
await report('PGlite', xata.databaseUrl)
await xata.close()
process.exit(0)

async function report(storage: string, databaseUrl: string): Promise<void> {
  Object.assign(process.env, SETTINGS, { DATABASE_URL: databaseUrl })
  for (const name of ['env', 'database']) Reflect.deleteProperty(globalThis, Symbol.for(`pangea.${name}`))
  await migrate(databaseUrl)
  await measure(databaseUrl, 500)
  console.log(`\n| ${storage} | sync, s | row by row, s | times as fast | statements (pages) | row by row | memory, MB |\n|---|---|---|---|---|---|---|`)
  for (const size of SIZES) {
    const { initial, update } = await measure(databaseUrl, size)
    print(`first ${size.toLocaleString('en')}`, initial)
    print(`500 changed, 200 removed, of ${size.toLocaleString('en')}`, update)
  }
  await database().close()
}

function print(what: string, { ours, baseline, statements, pages, baselineStatements, peakMb }: Figures): void {
  const ratio = (baseline / ours).toFixed(1)
  console.log(`| ${what} | ${ours.toFixed(2)} | ${baseline.toFixed(2)} | ${ratio} | ${statements} (${pages}) | ${baselineStatements} | ${peakMb.toFixed(0)} |`)
}
