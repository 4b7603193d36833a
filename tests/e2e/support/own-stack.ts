/**
 * A separate `npm start` with its own ports and data, for tests that kill its processes or change
 * its keys.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'
import type { Stack } from '@/tests/e2e/support/stack'

export type OwnStack = {
  stack: Stack
  /** All printed output. */
  output(): string
  /** Its child processes by name: emulators, app, console. */
  children(): Record<string, number>
  stop(): Promise<void>
}

const EXCLUDED_VARIABLES =
  /^(E2E_|PLAYWRIGHT_|NODE_OPTIONS$|NODE_ENV$|APP_URL$|DATABASE_URL$|TEST_WORKER_INDEX$|FORCE_COLOR$)/

/** Starts it and waits for the ready message. @param env variables as in .env */
export async function startOwnStack(env: Record<string, string>, port: number): Promise<OwnStack> {
  const dataDir = mkdtempSync(join(process.cwd(), '.data', 'own-'))
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !EXCLUDED_VARIABLES.test(name))
  )
  const settings = {
    PORT: String(port),
    SANDBOX_PORT: String(port + 1_000),
    PANGEA_DATA_DIR: dataDir,
    NEXT_TELEMETRY_DISABLED: '1'
  }
  const child = spawn(process.execPath, [...SOURCE_ARGS, 'scripts/start.ts'], {
    cwd: process.cwd(),
    env: { ...inherited, ...settings, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', keep)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await expect
      .poll(() => output, { timeout: 120_000, message: 'the start' })
      .toMatch(/Pangea is ready: http|did not start|failed/)
    expect(output).toContain('Pangea is ready')
  } catch (error) {
    await stop()
    throw error
  }
  const children = () =>
    (
      JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as {
        children: Record<string, number>
      }
    ).children
  return { stack: stackOf(output, dataDir, port + 1_000), output: () => output, children, stop }
}

function stackOf(output: string, dataDir: string, base: number): Stack {
  const secrets = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Record<
    string,
    string
  >
  const appUrl = /Pangea is ready: (\S+)/.exec(output)?.[1] ?? ''
  // The ports may differ when the default ones are in use.
  const from = Number(/localhost:(\d+)\s+\(approve/.exec(output)?.[1] ?? base)
  const at = (offset: number) => `http://127.0.0.1:${from + offset}`
  const {
    clerkSecretKey = '',
    clerkWebhookSecret = '',
    plaidClientId = '',
    plaidSecret = ''
  } = secrets
  return {
    appUrl,
    bareUrl: appUrl,
    clerkUrl: at(10),
    plaidUrl: at(20),
    mailUrl: at(48),
    jikoUrl: at(30),
    databaseUrl: `postgresql://postgres:postgres@127.0.0.1:${from + 40}/postgres`,
    logs: join(dataDir, 'logs'),
    clerkSecretKey,
    plaidClientId,
    plaidSecret,
    secrets: { CLERK_WEBHOOK_SIGNING_SECRET: clerkWebhookSecret }
  }
}
