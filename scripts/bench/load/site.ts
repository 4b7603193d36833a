/**
 * The site under load: the production build on a Postgres server that flushes its commits, with
 * the logins of a deployment, and the vendors' emulators.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Client, openClient } from '@/scripts/bench/load/client'
import { type Child, startChild } from '@/scripts/stack/children'
import { typescriptProcess } from '@/scripts/stack/emulators'
import { readEnvironment } from '@/scripts/stack/env-files'
import { type Stack, startStack } from '@/scripts/stack/stack'
import type { StackOptions } from '@/scripts/stack/stack-options'
import { UserError } from '@/scripts/stack/steps'
import { VENDOR_NAMES } from '@/scripts/stack/vendors'
import { openPostgres } from '@/scripts/suites/postgres'
import { stackForTests } from '@/scripts/suites/test-stack'
import { switchStack } from '@/tests/e2e/support/stack'
import { makeKey, type SigningKey } from '@/tests/support/plaid/webhook-signatures'
import { migrate } from '@/xata/migrate'

const PORTS = { PORT: '3600', SANDBOX_PORT: '4700' }
const METRICS_TOKEN = randomUUID()
const ROLES = { web: 'pangea_app', jobs: 'pangea_worker' }

export type Site = {
  appUrl: string
  client: Client
  /** The key that Plaid's emulator publishes. */
  key: SigningKey
  database: pg.Pool
  /** Its owner's address. */
  databaseUrl: string
  /** Resident megabytes of the process that serves requests. */
  memory(): Promise<number>
  /** Milliseconds of CPU that this process has used. */
  cpu(): Promise<number>
  stop(): Promise<void>
}

/** @param workerApart runs background jobs in a process of their own. @throws UserError. */
export async function openSite(root: string, { workerApart = false } = {}): Promise<Site> {
  const environment = readEnvironment(root)
  const server = await openPostgres(environment, { durable: true })
  if (!server) throw new UserError('There is no Postgres here; install the server.')
  const dataDir = mkdtempSync(join(root, '.data', 'load-'))
  const key = storeSigningKey(join(dataDir, 'plaid'))
  const options: StackOptions = {
    root,
    dataDir,
    env: { ...environment, ...PORTS, METRICS_TOKEN, ...(await createLogins(server.url)) },
    plan: { emulated: VENDOR_NAMES.filter((name) => name !== 'xata'), strict: false },
    onCrash: (why) => console.error(why)
  }
  const stopping: (() => Promise<unknown>)[] = [
    server.close,
    async () => rmSync(dataDir, { recursive: true, force: true })
  ]
  const stop = async () => {
    for (const step of stopping) await step()
  }
  try {
    if (workerApart) options.env = { ...options.env, WORKER: 'off' }
    const stack = await startStack(options)
    stopping.unshift(stack.stop)
    if (workerApart) stopping.unshift((await startWorker(options, stack)).stop)
    switchStack(JSON.parse(stackForTests({ root, dataDir, env: options.env }, stack)))
    const database = new pg.Pool({ connectionString: server.url, max: 2 })
    stopping.unshift(() => database.end())
    const client = openClient(stack.appUrl)
    stopping.unshift(async () => client.close())
    return {
      appUrl: stack.appUrl,
      client,
      key,
      database,
      databaseUrl: server.url,
      memory: async () =>
        (await readMetric(client, 'pangea_process_resident_memory_bytes')) / 2 ** 20,
      cpu: async () => (await readMetric(client, 'pangea_process_cpu_seconds_total')) * 1_000,
      stop
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Plaid's emulator signs with the key it finds, so that the load can sign its own webhooks. */
export function storeSigningKey(folder: string): SigningKey {
  const key = makeKey(randomUUID())
  const record = {
    id: key.kid,
    pem: key.privateKey.export({ format: 'pem', type: 'pkcs8' }),
    createdAt: Math.floor(Date.now() / 1_000),
    expiredAt: null
  }
  const keys = join(folder, 'webhook-keys')
  mkdirSync(keys, { recursive: true, mode: 0o700 })
  writeFileSync(join(keys, `${key.kid}.json`), JSON.stringify(record), { mode: 0o600 })
  return key
}

/** The logins of docs/operations.md, Database roles. */
export async function createLogins(ownerUrl: string): Promise<Record<string, string>> {
  await migrate(ownerUrl)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  for (const [name, role] of Object.entries(ROLES))
    await owner.query(`create role pangea_${name} login password 'pangea' in role ${role}`)
  await owner.end()
  const as = (name: keyof typeof ROLES) =>
    Object.assign(new URL(ownerUrl), { username: `pangea_${name}`, password: 'pangea' }).toString()
  return {
    DATABASE_URL: as('web'),
    WORKER_DATABASE_URL: as('jobs'),
    MIGRATE_DATABASE_URL: ownerUrl
  }
}

/** Background jobs in a process of their own. */
export const startWorker = (options: StackOptions, { env }: Stack): Promise<Child> =>
  startChild(
    { ...typescriptProcess(options, 'worker', 'scripts/worker.ts'), env: { ...env, WORKER: 'on' } },
    options.onCrash
  )

async function readMetric({ send }: Client, name: string): Promise<number> {
  const { body } = await send('/api/metrics', {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` }
  })
  return Number(new RegExp(`^${name} ([\\d.]+)`, 'm').exec(body)?.[1])
}
