/**
 * The production build and the browser tests on it, with their own emulators, database and ports.
 */

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '@/scripts/chromium.mjs'
import { type Child, startChild } from '@/scripts/stack/children'
import { NEXT } from '@/scripts/stack/next-bin'
import { freePort } from '@/scripts/stack/ports'
import { buildOnce } from '@/scripts/stack/production-build'
import type { Stack } from '@/scripts/stack/stack'
import { openPostgres } from '@/scripts/suites/postgres'
import {
  type Counts,
  fromPlaywright,
  runNode,
  type Suite,
  type SuiteContext
} from '@/scripts/suites/suite'
import {
  APP_PORT,
  loopbackPreload,
  publicEnv,
  stackForTests,
  startTestStack
} from '@/scripts/suites/test-stack'

/** The files that `next start` reads besides the build. */
const APP_FILES = ['public', 'next.config.mjs', 'package.json']
const LOOPBACK_REFUSAL = '[loopback-only] refused'

const noProxyRoot = ({ root }: SuiteContext) => join(root, '.data', 'bare')

async function build(context: SuiteContext): Promise<Counts> {
  try {
    await buildOnce(context.root, publicEnv(context.env), context.dataDir)
    return { passed: 1, failed: 0, output: '' }
  } catch (error) {
    return { passed: 0, failed: 1, output: String(error instanceof Error ? error.message : error) }
  }
}

/** The files named by `--only`; empty means all. */
const selectedSpecs = ({ env }: SuiteContext): string[] => env.E2E_ONLY?.split(',') ?? []
const needsNoProxyCopy = (context: SuiteContext) =>
  selectedSpecs(context).length === 0 || selectedSpecs(context).includes('ownership')

/**
 * The build without proxy.ts, which shows that no access decision lives there: a copy whose
 * manifest does not name the proxy. It is inside the project, so that packages resolve.
 */
function copyWithoutProxy(context: SuiteContext): void {
  const copy = noProxyRoot(context)
  rmSync(copy, { recursive: true, force: true })
  for (const name of ['.next', ...APP_FILES])
    cpSync(join(context.root, name), join(copy, name), {
      recursive: true,
      filter: (path) => path !== join(context.root, '.next', 'cache')
    })
  const manifest = join(copy, '.next', 'server', 'functions-config-manifest.json')
  const { functions, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    functions: Record<string, unknown>
  }
  if (!functions['/_middleware']) throw new Error(`${manifest} names no proxy`)
  delete functions['/_middleware']
  writeFileSync(manifest, JSON.stringify({ ...rest, functions }))
}

async function e2e(context: SuiteContext): Promise<Counts> {
  const built = await build(context)
  if (built.failed) return built
  const browser = await findChromium(context.env)
  if (!browser)
    return {
      passed: 0,
      failed: 1,
      output: 'There is no Chromium here and none could be had. Set CHROMIUM_PATH.'
    }
  let died = ''
  const onDead = (why: string) => {
    died = why
  }
  // Tests that start their own stack use the emulator's PGlite, as `npm start` does.
  const server = await openPostgres(context.env)
  const stack = await startTestStack(context, onDead, server ? { DATABASE_URL: server.url } : {})
  const bare = needsNoProxyCopy(context) ? await startWithoutProxy(context, stack, onDead) : null
  try {
    const counts = await playwright(context, stack, bare?.url ?? stack.appUrl, browser)
    const leaks = refusedConnections(join(context.dataDir, 'logs'))
    const trouble = [died, ...leaks].filter(Boolean)
    return {
      ...counts,
      failed: counts.failed + trouble.length,
      output: [counts.output, ...trouble].join('\n')
    }
  } finally {
    await bare?.child.stop()
    await stack.stop()
    await server?.close()
  }
}

async function startWithoutProxy(
  context: SuiteContext,
  stack: Stack,
  onDead: (why: string) => void
): Promise<{ url: string; child: Child }> {
  copyWithoutProxy(context)
  const port = await freePort(APP_PORT + 1)
  const url = `http://localhost:${port}`
  const args = [
    '--import',
    loopbackPreload(context),
    '--dns-result-order=ipv4first',
    NEXT,
    'start',
    '-p',
    String(port),
    '-H',
    'localhost'
  ]
  const env = { ...stack.env, PORT: String(port) }
  const options = {
    name: 'app-without-proxy',
    args,
    cwd: noProxyRoot(context),
    env,
    logDir: join(context.dataDir, 'logs'),
    healthUrl: `http://127.0.0.1:${port}/api/health/live`
  }
  return { url, child: await startChild(options, onDead) }
}

/** Runs the selected browser tests against a stack. */
export async function playwright(
  context: SuiteContext,
  stack: Stack,
  bareUrl: string,
  browser: object
): Promise<Counts> {
  const report = join(context.dataDir, 'e2e.json')
  const cli = join(context.root, 'node_modules', '@playwright', 'test', 'cli.js')
  const extra = {
    E2E_STACK: stackForTests(context, stack, bareUrl),
    E2E_CHROMIUM: JSON.stringify(browser),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report
  }
  return fromPlaywright(
    report,
    await runNode(
      context,
      'e2e',
      [
        cli,
        'test',
        '--reporter=line,json',
        ...(selectedSpecs(context).length > 0 ? ['--no-deps'] : []),
        ...selectedSpecs(context).map((name) => `/${name}.spec`)
      ],
      extra
    )
  )
}

/** Server processes report refused internet connections in their log. */
function refusedConnections(logs: string): string[] {
  const lines = readdirSync(logs).flatMap((name) =>
    readFileSync(join(logs, name), 'utf8')
      .split('\n')
      .map((line) => ({ name, line }))
  )
  return lines
    .filter(({ line }) => line.includes(LOOPBACK_REFUSAL))
    .map(({ name, line }) => `${name}: ${line}`)
}

export const E2E_SUITES: Suite[] = [
  { name: 'build', budgetSeconds: 120, run: build },
  { name: 'e2e', budgetSeconds: 720, run: e2e }
]
