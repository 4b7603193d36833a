/**
 * A real Postgres server for tests: TEST_DATABASE_URL, one started from installed binaries, or in
 * CI one from apt.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'
import { freePort } from '@/scripts/stack/ports'

/** `lasting`: the server existed before and stays, so databases created in it must be deleted. */
export type Postgres = { url: string; how: string; lasting: boolean; close(): Promise<void> }

export const APT_UPDATE = ['update', '-qq']
export const APT_INSTALL = ['install', '-y', '-qq', '--no-install-recommends']
const READY_WITHIN_MS = 30_000
const POLL_MS = 100
/** Without flushes, replication and background work, which take a sixth of the processor time. */
const NOT_DURABLE = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=4GB',
  'autovacuum=off'
]
/** Postgres refuses to run as root. */
const UNPRIVILEGED = ['postgres', 'nobody']

/**
 * `durable`: commits are flushed to disk as in production; tests do not need it. @returns null if
 * Postgres is not available.
 */
export async function openPostgres(
  env: NodeJS.Dict<string>,
  { durable = false } = {}
): Promise<Postgres | null> {
  if (env.TEST_DATABASE_URL)
    return {
      url: env.TEST_DATABASE_URL,
      how: 'TEST_DATABASE_URL',
      lasting: true,
      close: async () => {}
    }
  const installed = findBinaries(env)
  if (installed) return startServer(installed, durable)
  if (!canInstall(env)) return null
  installFromApt('postgresql')
  const fresh = findBinaries(env)
  return fresh ? startServer(fresh, durable) : null
}

/** Whether `openPostgres` will install a server. */
export const missesServer = (env: NodeJS.Dict<string>): boolean =>
  !env.TEST_DATABASE_URL && !findBinaries(env) && canInstall(env)

const canInstall = (env: NodeJS.Dict<string>): boolean =>
  env.CI === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** Whether `openPostgres` will find or install a server. */
export const canOpenPostgres = (env: NodeJS.Dict<string>): boolean =>
  Boolean(env.TEST_DATABASE_URL) || findBinaries(env) !== null || canInstall(env)

/**
 * The folder that has all of these programs. Debian keeps the server's binaries off the PATH. The
 * newest version wins.
 */
export function findBinaries(
  env: NodeJS.Dict<string>,
  programs: readonly string[] = ['initdb', 'postgres']
): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : []
  const folders = [
    ...(env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
    '/opt/homebrew/bin',
    '/usr/local/pgsql/bin'
  ]
  return (
    folders.find((folder) => folder && programs.every((name) => existsSync(join(folder, name)))) ??
    null
  )
}

async function startServer(binaries: string, durable: boolean): Promise<Postgres> {
  const dir = createServerDir('pangea-postgres-')
  const data = join(dir, 'data')
  const options = { cwd: dir, ...unprivilegedUser() }
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...options, stdio: 'pipe' }
  )
  const port = await freePort(54_320)
  const settings = [
    'listen_addresses=127.0.0.1',
    'max_connections=200',
    ...(durable ? [] : NOT_DURABLE)
  ].flatMap((setting) => ['-c', setting])
  const close = startGuarded(
    [join(binaries, 'postgres'), '-D', data, '-p', String(port), '-k', dir, ...settings],
    dir
  )
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`
  if (await waitUntilReady(url)) return { url, how: binaries, lasting: false, close }
  await close()
  throw new Error(`The Postgres server from ${binaries} did not become ready.`)
}

/**
 * Starts a server in `dir`, as another user if this one is root. @returns how to stop it, which
 * also deletes the folder.
 */
export function startGuarded(command: string[], dir: string): () => Promise<void> {
  // The shell reads its stdin, which closes when this process ends in any way, so neither the server
  // nor its folder is left behind. The folder is deleted in the background, which takes seconds.
  const guard =
    'dir=$1; shift; "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf -- "$dir" &'
  const child = spawn('/bin/sh', ['-c', guard, 'sh', dir, ...command], {
    cwd: dir,
    ...unprivilegedUser(),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return async () => {
    child.stdin?.end()
    if (child.exitCode === null) await ended
  }
}

export async function waitUntilReady(url: string): Promise<boolean> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; ) {
    const client = new pg.Client({ connectionString: url })
    const ready = await client.connect().then(
      () => true,
      () => false
    )
    await client.end().catch(() => {})
    if (ready) return true
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
  return false
}

/** A folder that the server's user may write to. */
export function createServerDir(prefix: string): string {
  const dir = mkdtempSync(join(tmpdir(), prefix))
  const user = unprivilegedUser()
  if (user) chownSync(dir, user.uid, user.gid)
  return dir
}

/** @returns null unless root, who needs an unprivileged user. */
export function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = UNPRIVILEGED.map((name) => lines.find((each) => each.startsWith(`${name}:`))).find(
    Boolean
  )
  if (!line) throw new Error('Postgres does not run as root, and there is no other user here.')
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

export function installFromApt(name: string): void {
  const options = {
    stdio: ['ignore', 2, 2] as ['ignore', number, number],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  }
  execFileSync('apt-get', APT_UPDATE, options)
  execFileSync('apt-get', [...APT_INSTALL, name], options)
}
