/** A fresh, migrated database for one test file, on the storage that TEST_STORAGE names: pglite (default), postgres, or http. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { startXata } from '@/sandbox/xata'
import { startGateway } from '@/sandbox/xata/gateway'
import { storage } from '@/xata/client'
import { migrate } from '@/xata/migrate'

export type TestStorage = {
  databaseUrl: string
  /** Looks into the tables from outside the app. */
  rows<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<T[]>
  close(): Promise<void>
}

/** Fills in every variable the app insists on; a test that needs a real one sets it afterwards. */
const DUMMIES = {
  APP_URL: 'http://127.0.0.1:3999',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_bG9jYWwtc2FuZGJveC0wLmNsZXJrLmFjY291bnRzLmRldiQ',
  CLERK_SECRET_KEY: 'sk_test_flow',
  CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_ZmxvdwAAAAAAAAAAAAAAAAAAAAA=',
  PLAID_CLIENT_ID: 'flow',
  PLAID_SECRET: 'flow',
  PLAID_BASE_URL: 'http://127.0.0.1:9',
  JIKO_BASE_URL: 'http://127.0.0.1:9',
  JIKO_USERNAME: 'flow',
  JIKO_PASSWORD: 'flow',
  JIKO_SHARED_SECRET: 'flow',
  JIKO_WEBHOOK_SECRETS: 'flow-webhook-secret-0001',
  ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  CRON_SECRET: 'flow-cron'
}

export async function openTestStorage(): Promise<TestStorage> {
  const target = process.env.TEST_STORAGE ?? 'pglite'
  const database = target === 'postgres' ? await createDatabase(process.env.TEST_DATABASE_URL ?? '') : await startDatabase()
  await migrate(database.url)
  const gateway = target === 'http' ? await startGateway({ port: 0, databaseUrl: database.url }) : null
  Object.assign(process.env, DUMMIES, {
    DATABASE_URL: database.url,
    XATA_TRANSPORT: gateway ? 'http' : 'tcp',
    ...(gateway ? { XATA_GATEWAY_URL: gateway.url } : {})
  })
  const outside = new pg.Pool({ connectionString: database.url, max: 2 })
  return {
    databaseUrl: database.url,
    rows: async <T>(text: string, params: unknown[] = []) => (await outside.query(text, params)).rows as T[],
    async close() {
      await outside.end()
      await storage().close()
      await gateway?.close()
      await database.close()
    }
  }
}

async function startDatabase() {
  const { databaseUrl, close } = await startXata({ port: 0, dataDir: null })
  return { url: databaseUrl, close }
}

async function createDatabase(adminUrl: string) {
  const name = `flow_${randomBytes(6).toString('hex')}`
  const run = async (text: string) => {
    const admin = new pg.Client({ connectionString: adminUrl })
    await admin.connect()
    await admin.query(text)
    await admin.end()
  }
  await run(`create database ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { url: url.toString(), close: () => run(`drop database ${name} with (force)`) }
}
