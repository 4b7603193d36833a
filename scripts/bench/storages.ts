/** Runs every benchmark on a real Postgres server, if available, and on PGlite. */
import { startXata } from '@/sandbox/xata'
import { readEnvironment } from '@/scripts/stack/env-files'
import { openPostgres } from '@/scripts/suites/postgres'
import { database } from '@/xata/client'
import { migrate } from '@/xata/migrate'
import { SESSION_SETTINGS, saveSessionSettings } from '@/xata/session-settings'

/** The variables that lib/platform/env requires; no vendor is called. */
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
  AUDIT_KEYS: `audit:${Buffer.alloc(32, 8).toString('base64')}`,
  CRON_SECRET: 'none',
  XATA_TRANSPORT: 'tcp'
}

type Report = (storage: string, databaseUrl: string) => Promise<void>

/**
 * Writes a report per storage, on a migrated empty database. Benchmarks that count instead of
 * timing need only one.
 */
export async function onEachStorage(
  report: Report,
  storages: readonly string[] = ['Postgres', 'PGlite']
): Promise<void> {
  const server = storages.includes('Postgres')
    ? await openPostgres(readEnvironment(process.cwd()), { durable: true })
    : null
  if (server) await runOn('Postgres', server.url, report)
  else if (storages.includes('Postgres'))
    console.log('There is no Postgres here; set TEST_DATABASE_URL or install the server.')
  await server?.close()
  if (!storages.includes('PGlite')) return
  const xata = await startXata({ port: 0, dataDir: null })
  await runOn('PGlite', xata.databaseUrl, report)
  await xata.close()
}

async function runOn(storage: string, databaseUrl: string, report: Report): Promise<void> {
  Object.assign(process.env, SETTINGS, { DATABASE_URL: databaseUrl })
  for (const name of ['env', 'database'])
    Reflect.deleteProperty(globalThis, Symbol.for(`pangea.${name}`))
  await migrate(databaseUrl)
  await saveSessionSettings(databaseUrl, SESSION_SETTINGS.pangea_worker, {
    over: 'tcp',
    gatewayUrl: null
  })
  await report(storage, databaseUrl)
  await database().close()
}
