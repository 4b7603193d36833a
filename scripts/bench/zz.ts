/** `npm run bench sync`: measured on a real Postgres server, where there is one, and on PGlite. */
import { sql } from 'drizzle-orm'
import { startXata } from '@/sandbox/xata'
import { database } from '@/xata/client'
import { migrate } from '@/xata/migrate'
import { openPostgres } from '../postgres'
import { type Figures, measure } from './sync'

const SIZES = (process.env.SIZES ?? '1000,5000,20000').split(',').map(Number)
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

if (process.argv[2] !== 'sync') {
  console.error('There is one benchmark: npm run bench sync')
  process.exit(1)
}
const server = await openPostgres()
if (server && process.env.PGL !== '1') await report('Postgres', server.url)
else console.log('There is no Postgres here; set TEST_DATABASE_URL or install the server.')
await server?.close()
if (process.env.PGL === '0') process.exit(0)
const xata = await startXata({ port: 0, dataDir: null })
await report('PGlite', xata.databaseUrl)
await xata.close()
process.exit(0)

async function report(storage: string, databaseUrl: string): Promise<void> {
  Object.assign(process.env, SETTINGS, { DATABASE_URL: databaseUrl })
  for (const name of ['env', 'database']) Reflect.deleteProperty(globalThis, Symbol.for(`pangea.${name}`))
  await migrate(databaseUrl)
  await measure(databaseUrl, 500)
  if (process.env.SQL) await database().rows(sql.raw(process.env.SQL))
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
