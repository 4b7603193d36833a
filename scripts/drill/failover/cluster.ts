/** A primary and a standby that confirms every commit, and how the standby takes over. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '@/scripts/stack/ports'
import {
  createServerDir,
  startGuarded,
  unprivilegedUser,
  waitUntilReady
} from '@/scripts/suites/postgres'

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  wal_level: 'replica',
  hot_standby: 'on',
  max_wal_senders: '5'
}
const STANDBY = 'standby'
const POLL_MS = 100
const ATTACHED_WITHIN_MS = 30_000

export type Server = { port: number; url: string; data: string; close(): Promise<void> }

const run = (binaries: string, dir: string, program: string, args: string[]) =>
  execFileSync(join(binaries, program), args, { cwd: dir, stdio: 'pipe', ...unprivilegedUser() })

async function startServer(binaries: string, dir: string): Promise<Server> {
  const data = join(dir, 'data')
  const port = await freePort(54_400)
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [join(binaries, 'postgres'), '-D', data, '-p', String(port), '-k', dir]
  const close = startGuarded([...command, ...settings], dir)
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`
  if (await waitUntilReady(url)) return { port, url, data, close }
  await close()
  throw new Error('The Postgres server did not become ready.')
}

export async function startPrimary(binaries: string): Promise<Server> {
  const dir = createServerDir('pangea-primary-')
  const how = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale']
  run(binaries, dir, 'initdb', ['-D', join(dir, 'data'), ...how])
  return startServer(binaries, dir)
}

/** Copies the primary, follows it, and from then on confirms each of its commits. */
export async function startStandby(binaries: string, primary: Server): Promise<Server> {
  const dir = createServerDir('pangea-standby-')
  const from = `host=127.0.0.1 port=${primary.port} user=postgres application_name=${STANDBY}`
  const how = ['-X', 'stream', '-c', 'fast', '-R']
  run(binaries, dir, 'pg_basebackup', ['-D', join(dir, 'data'), '-d', from, ...how])
  const standby = await startServer(binaries, dir)
  await runStatement(primary.url, `alter system set synchronous_standby_names = '${STANDBY}'`)
  await runStatement(primary.url, 'select pg_reload_conf()')
  const isSynchronous = `select from pg_stat_replication where sync_state = 'sync'`
  for (const deadline = Date.now() + ATTACHED_WITHIN_MS; Date.now() < deadline; ) {
    if ((await runStatement(primary.url, isSynchronous)).rowCount) return standby
    await pause(POLL_MS)
  }
  throw new Error('The standby did not attach.')
}

/** Kills the server and its backends at once, as a power failure does. */
export function killServer({ data }: Server): void {
  const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const backends = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], {
    encoding: 'utf8'
  })
  for (const pid of [postmaster, ...backends.split('\n').map(Number).filter(Boolean)]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended with the postmaster.
    }
  }
}

/** Makes the standby the primary. Returns once it accepts writes. */
export const promote = (binaries: string, { data }: Server): void =>
  void run(binaries, data, 'pg_ctl', ['promote', '-D', data, '-w'])

export const isAlive = ({ url }: Server): Promise<boolean> =>
  runStatement(url, 'select 1').then(
    () => true,
    () => false
  )

/** Runs one statement on a separate connection. */
export async function runStatement(
  url: string,
  text: string,
  values?: unknown[]
): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  client.on('error', () => {})
  await client.connect()
  // PgBouncer's console knows only the simple protocol.
  return (values ? client.query(text, values) : client.query(text)).finally(() => client.end())
}
