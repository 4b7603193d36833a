/**
 * What the browser tests run on: the app with its own emulators, database and ports, the same app
 * without proxy.ts, and a second app with emulators of its own for the tests that break a vendor for
 * everyone, so that they run beside the others.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, startChild } from '@/scripts/stack/children'
import type { Environment } from '@/scripts/stack/env-files'
import { NEXT } from '@/scripts/stack/next-bin'
import { freePort } from '@/scripts/stack/ports'
import type { Stack } from '@/scripts/stack/stack'
import { openPostgres } from '@/scripts/suites/postgres'
import type { SuiteContext } from '@/scripts/suites/suite'
import {
  APP_PORT,
  loopbackPreload,
  SANDBOX_PORT,
  stackForTests,
  startTestStack
} from '@/scripts/suites/test-stack'
import { FAULT_SPECS } from '@/tests/e2e/support/stack'

type Stacks = {
  /** The variables that name them to the tests. */
  forTests: Environment
  logDirs: string[]
  stop(): Promise<void>
}
type OnCrash = (why: string) => void

/** The files that `next start` reads besides the build. */
const APP_FILES = ['public', 'next.config.mjs', 'package.json']

/** Both stacks start at once, so they do not look for ports in the same place. */
const FAULT_PORTS = { PORT: String(APP_PORT + 50), SANDBOX_PORT: String(SANDBOX_PORT + 500) }

const noProxyRoot = ({ root }: SuiteContext) => join(root, '.data', 'bare')
const logsOf = ({ dataDir }: SuiteContext) => join(dataDir, 'logs')

/** Starts what these files need. @param specs names of test files; none means all. */
export async function startStacks(
  context: SuiteContext,
  specs: string[],
  onCrash: OnCrash
): Promise<Stacks> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const each of stops.reverse()) await each()
  }
  const start = async (settings: SuiteContext, variables: Environment) => {
    const stack = await startTestStack(settings, onCrash, variables)
    stops.push(() => stack.stop())
    return stack
  }
  const needs = (names: string[]) =>
    !specs.length || specs.some((spec) => names.includes(spec.split('/').at(-1) ?? ''))
  const faults = { ...context, dataDir: join(context.dataDir, 'faults') }
  try {
    const database = await openDatabase(context, stops)
    const second = needs(FAULT_SPECS) ? await openSecondDatabase(context, stops) : null
    const [stack, faultStack] = await Promise.all([
      start(context, database),
      second && start(faults, { ...FAULT_PORTS, ...second })
    ])
    const bare = needs(['ownership']) ? await startWithoutProxy(context, stack, onCrash) : null
    if (bare) stops.push(() => bare.child.stop())
    return {
      forTests: {
        E2E_STACK: stackForTests(context, stack, bare?.url),
        ...(faultStack ? { E2E_FAULT_STACK: stackForTests(faults, faultStack) } : {})
      },
      logDirs: [context, ...(faultStack ? [faults] : [])].map(logsOf),
      stop
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** On Postgres if there is a server, else on the emulator's PGlite. */
async function openDatabase(
  { env }: SuiteContext,
  stops: (() => Promise<void>)[]
): Promise<Environment> {
  const server = await openPostgres(env)
  if (server) stops.push(() => server.close())
  return server ? { DATABASE_URL: server.url } : {}
}

/** A given server has one database for tests, so the other is the emulator's PGlite. */
const openSecondDatabase = async (context: SuiteContext, stops: (() => Promise<void>)[]) =>
  context.env.TEST_DATABASE_URL ? {} : openDatabase(context, stops)

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

async function startWithoutProxy(
  context: SuiteContext,
  stack: Stack,
  onCrash: OnCrash
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
    logDir: logsOf(context),
    healthUrl: `http://127.0.0.1:${port}/api/health/live`
  }
  return { url, child: await startChild(options, onCrash) }
}
