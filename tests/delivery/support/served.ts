/**
 * Processes of a build that was copied to another folder: as a user who can write nowhere, without
 * this project's packages.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'

const { DELIVERY_DIST, TEST_DATABASE_URL } = process.env
/** null unless the delivery suite made one. */
export const DIST = DELIVERY_DIST ?? null

const NOBODY = 65_534
/** Nothing listens there: vendors are down, which must not matter here. */
const CLOSED = 'http://127.0.0.1:9'
const secret = () => randomBytes(24).toString('base64url')

const settings = (port: number): Record<string, string> => ({
  PORT: String(port),
  HOST: '127.0.0.1',
  APP_URL: `http://localhost:${port}`,
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
})

/** Node's binary beside the build, which the other user can reach. Nothing there can be written. */
export function prepare(dist: string): void {
  const top = join(dist, '..')
  const node = join(top, 'node')
  if (!existsSync(node)) copyFileSync(process.execPath, node)
  chmodSync(node, 0o555)
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o555)
  for (const folder of [dist, top]) chmodSync(folder, 0o555)
}

export type Served = {
  port: number
  output(): string
  signal(name: NodeJS.Signals): void
  /** The exit code. */
  ended: Promise<number | null>
}

/** Runs a command of the build. */
export function run(dist: string, command: string, port: number, env = {}): Served {
  const root = process.getuid?.() === 0
  const child: ChildProcess = spawn(join(dist, '..', 'node'), [`commands/${command}.mjs`], {
    cwd: dist,
    env: { ...settings(port), TMPDIR: '/nonexistent', ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(root ? { uid: NOBODY, gid: NOBODY } : {})
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

/** @throws with what it printed if it does not become ready. */
export async function serve(dist: string, port: number, env = {}): Promise<Served> {
  const served = run(dist, 'serve', port, env)
  await vi.waitFor(
    async () => {
      const status = await statusOf(port, '/api/health/ready')
      if (status !== 200) throw new Error(`not ready (${status}):\n${served.output()}`)
    },
    { timeout: 60_000, interval: 100 }
  )
  return served
}
