/**
 * The whole site as the documents deploy it: nginx, three app processes and a worker, PgBouncer, a
 * primary and a standby, with the vendors' emulators. Everything is real but the vendors.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Client, openClient } from '@/scripts/bench/load/client'
import { createLogins, startWorker, storeSigningKey } from '@/scripts/bench/load/site'
import { type Server, startPrimary, startStandby } from '@/scripts/drill/failover/cluster'
import { type Pooler, startPooler } from '@/scripts/drill/failover/pooler'
import { startChild } from '@/scripts/stack/children'
import { readEnvironment } from '@/scripts/stack/env-files'
import { NEXT } from '@/scripts/stack/next-bin'
import { freePort } from '@/scripts/stack/ports'
import { type Stack, startStack } from '@/scripts/stack/stack'
import type { StackOptions } from '@/scripts/stack/stack-options'
import { UserError } from '@/scripts/stack/steps'
import { VENDOR_NAMES } from '@/scripts/stack/vendors'
import { findBinaries } from '@/scripts/suites/postgres'
import { stackForTests } from '@/scripts/suites/test-stack'
import { findNginx, type Nginx, startNginx } from '@/tests/delivery/support/nginx'
import { switchStack } from '@/tests/e2e/support/stack'
import type { SigningKey } from '@/tests/support/plaid/webhook-signatures'

const PROGRAMS = ['initdb', 'postgres', 'pg_basebackup', 'pg_ctl']
const PROCESSES = 3
const FIRST_PORT = 3_650
const SANDBOX_PORT = '4800'

export type Site = {
  binaries: string
  primary: Server
  standby: Server
  pooler: Pooler
  key: SigningKey
  /** Through nginx to all processes. */
  client: Client
  /** By the number of processes behind it. */
  clients: Client[]
  database: pg.Pool
  stop(): Promise<void>
}

/** @throws UserError that names what is not installed. */
export async function openFailoverSite(root: string): Promise<Site> {
  const environment = readEnvironment(root)
  const binaries = findBinaries(environment, PROGRAMS)
  if (!binaries)
    throw new UserError(
      `The drill needs ${PROGRAMS.join(', ')} of Postgres in one folder; install the server.`
    )
  const nginx = findNginx()
  if (!nginx) throw new UserError('The drill needs nginx, which is not installed.')
  const stopping: Stopping = []
  const stop = async () => {
    for (const step of stopping.toReversed()) await step()
  }
  try {
    const servers = await startServers(binaries, stopping)
    const ports = await appPorts()
    const fronts = await startFronts(nginx, ports)
    stopping.push(...fronts.map((front) => front.stop))
    const { options, key } = await stackOptions(root, environment, { ...servers, ports, fronts })
    stopping.push(() => rmSync(options.dataDir, { recursive: true, force: true }))
    await startProcesses(options, ports, stopping)
    const clients = fronts.map((front) =>
      openClient(`https://localhost:${front.httpsPort}`, front.certificate)
    )
    for (const each of clients) stopping.push(each.close)
    const database = new pg.Pool({ connectionString: servers.primary.url, max: 2 })
    database.on('error', () => {})
    stopping.push(() => database.end())
    return { binaries, ...servers, key, client: clients.at(-1) as Client, clients, database, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The processes to stop, the last one first. */
type Stopping = (() => Promise<unknown> | unknown)[]

async function startServers(binaries: string, stopping: Stopping) {
  const primary = await startPrimary(binaries)
  stopping.push(primary.close)
  const standby = await startStandby(binaries, primary)
  stopping.push(standby.close)
  const pooler = await startPooler(primary.url)
  if (!pooler) throw new UserError('The drill needs PgBouncer, which is not installed.')
  stopping.push(pooler.close)
  return { primary, standby, pooler }
}

/** The emulators, the app's processes and a worker. */
async function startProcesses(
  options: StackOptions,
  ports: number[],
  stopping: Stopping
): Promise<void> {
  const { root, dataDir } = options
  const stack = await startStack(options)
  stopping.push(stack.stop)
  for (const port of ports.slice(1)) stopping.push((await startApp(options, stack, port)).stop)
  stopping.push((await startWorker(options, stack)).stop)
  const tests = JSON.parse(stackForTests({ root, dataDir, env: {} }, stack))
  // Users are prepared without nginx, whose certificate `fetch` does not know.
  switchStack({ ...tests, appUrl: `http://localhost:${ports[0]}` })
}

async function appPorts(): Promise<number[]> {
  const ports: number[] = []
  for (let n = 0; n < PROCESSES; n++) ports.push(await freePort((ports.at(-1) ?? FIRST_PORT) + 1))
  return ports
}

/** One nginx for each number of processes behind it. The last one is the site's address. */
async function startFronts(binary: string, ports: number[]): Promise<Nginx[]> {
  const fronts: Nginx[] = []
  for (let n = 1; n <= ports.length; n++) fronts.push(await startNginx(binary, ports.slice(0, n)))
  return fronts
}

type Parts = { primary: Server; pooler: Pooler; ports: number[]; fronts: Nginx[] }

async function stackOptions(
  root: string,
  environment: NodeJS.Dict<string>,
  { primary, pooler, ports, fronts }: Parts
): Promise<{ options: StackOptions; key: SigningKey }> {
  const front = fronts.at(-1)
  const logins = await createLogins(primary.url)
  const dataDir = mkdtempSync(join(root, '.data', 'failover-'))
  const certificate = join(dataDir, 'certificate.pem')
  writeFileSync(certificate, front?.certificate ?? '')
  const env = {
    ...environment,
    PORT: String(ports[0]),
    SANDBOX_PORT,
    APP_URL: `https://localhost:${front?.httpsPort}`,
    NODE_EXTRA_CA_CERTS: certificate,
    WORKER: 'off',
    MIGRATE_DATABASE_URL: primary.url,
    DATABASE_URL: pooler.through(logins.DATABASE_URL ?? ''),
    WORKER_DATABASE_URL: pooler.through(logins.WORKER_DATABASE_URL ?? '')
  }
  const plan = { emulated: VENDOR_NAMES.filter((name) => name !== 'xata'), strict: false }
  const options: StackOptions = {
    root,
    dataDir,
    env,
    plan,
    onCrash: (why) => console.error(why)
  }
  return { options, key: storeSigningKey(join(dataDir, 'plaid')) }
}

const startApp = (options: StackOptions, { env }: Stack, port: number) =>
  startChild(
    {
      name: `app-${port}`,
      args: ['--dns-result-order=ipv4first', NEXT, 'start', '-p', String(port), '-H', 'localhost'],
      cwd: options.root,
      env: { ...env, PORT: String(port) },
      logDir: join(options.dataDir, 'logs'),
      healthUrl: `http://127.0.0.1:${port}/api/health/live`
    },
    options.onCrash
  )
