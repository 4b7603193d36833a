/**
 * Processes of a build that was copied to another folder: as a user who can write nowhere, without
 * this project's packages.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const { DELIVERY_DIST, TEST_DATABASE_URL } = process.env
/** null unless the delivery suite made one. */
export const DIST = DELIVERY_DIST ?? null

const UNPRIVILEGED_ID = 65_534
/** Nothing listens there: vendors are down, which must not matter here. */
const CLOSED = 'http://127.0.0.1:9'
const secret = () => randomBytes(24).toString('base64url')

const SETTINGS: Record<string, string> = {
  HOST: '127.0.0.1',
  DATABASE_URL: TEST_DATABASE_URL ?? '',
  CLERK_SECRET_KEY: `sk_test_${secret()}`,
  CLERK_WEBHOOK_SIGNING_SECRET: `whsec_${randomBytes(24).toString('base64')}`,
  CLERK_API_URL: CLOSED,
  CLERK_FAPI_URL: CLOSED,
  PLAID_CLIENT_ID: 'client',
  PLAID_SECRET: secret(),
  PLAID_BASE_URL: CLOSED,
  JIKO_BASE_URL: CLOSED,
  JIKO_USERNAME: 'pangea',
  JIKO_PASSWORD: secret(),
  JIKO_SHARED_SECRET: secret(),
  JIKO_WEBHOOK_SECRETS: secret(),
  ENCRYPTION_KEYS: `main:${randomBytes(32).toString('base64')}`,
  AUDIT_KEYS: `main:${randomBytes(32).toString('base64')}`,
  CRON_SECRET: secret()
}
const addressOf = (port: number) => ({ PORT: String(port), APP_URL: `http://localhost:${port}` })

/** Node's binary beside the build, which the other user can reach. Nothing there can be written. */
export function prepare(dist: string): void {
  const top = join(dist, '..')
  copyFileSync(process.execPath, join(top, 'node'))
  chmodSync(join(top, 'node'), 0o555)
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o555)
  for (const folder of [dist, top]) chmodSync(folder, 0o555)
}

/** A listening socket that outlives the processes that accept from it, as systemd holds one. */
export type Held = { port: number; descriptor: number }

/** A handle that is collected closes its socket. */
const held: object[] = []

export function holdSocket(port: number): Held {
  type Handle = { bind(address: string, port: number): number; fd: number }
  type Binding = { TCP: new (type: number) => Handle; constants: { SERVER: number } }
  // Node has no public way to open a socket without accepting its connections.
  const { TCP, constants } = (process as unknown as { binding(name: string): Binding }).binding(
    'tcp_wrap'
  )
  const handle = new TCP(constants.SERVER)
  if (handle.bind('127.0.0.1', port) !== 0) throw new Error(`port ${port} is taken`)
  held.push(handle)
  return { port, descriptor: handle.fd }
}

export type Served = {
  port: number
  output(): string
  signal(name: NodeJS.Signals): void
  /** The exit code. */
  ended: Promise<number | null>
}

/** Passes descriptor 3 on as systemd does. */
const PASS_ON = ['/bin/sh', '-c', 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$@"']

/** Runs a command of the build, on a port or a socket. */
export function run(dist: string, command: string, at: number | Held, env = {}): Served {
  const root = process.getuid?.() === 0
  const { port, descriptor = null } = typeof at === 'number' ? { port: at } : at
  const node = [join(dist, '..', 'node'), `commands/${command}.mjs`]
  const [program = '', ...args] = descriptor === null ? node : [...PASS_ON, ...node]
  const child: ChildProcess = spawn(program, args, {
    cwd: dist,
    env: {
      ...SETTINGS,
      ...addressOf(port),
      TMPDIR: '/nonexistent',
      ...env
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe', ...(descriptor === null ? [] : [descriptor])],
    ...(root ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {})
  })
  started.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += chunk
    })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { port, output: () => output, signal: (name) => child.kill(name), ended }
}

const started: ChildProcess[] = []
export const killAll = (): void => {
  for (const child of started) child.kill('SIGKILL')
}

export const statusOf = (port: number, path: string): Promise<number | null> =>
  fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.status
    },
    () => null
  )

const READY_WITHIN_MS = 90_000
const POLL_MS = 100

/** @throws with what it printed if it does not become ready. */
export async function serve(dist: string, at: number | Held, env = {}): Promise<Served> {
  const served = run(dist, 'serve', at, env)
  // Another process may answer at the same socket, so its own log has to say that it started.
  const isReady = async () =>
    served.output().includes('server.started') &&
    (await statusOf(served.port, '/api/health/ready')) === 200
  let over = false
  void served.ended.then(() => {
    over = true
  })
  for (const deadline = Date.now() + READY_WITHIN_MS; !over && Date.now() < deadline; ) {
    if (await isReady()) return served
    await pause(POLL_MS)
  }
  throw new Error(`not ready:\n${served.output()}`)
}
