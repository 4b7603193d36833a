/**
 * The complete stack: the planned emulators, the migrated database, the app and the console. For
 * `npm start` and the tests.
 */
import { join } from 'node:path'
import { heapLimit } from '@/scripts/heap-limit.mjs'
import { type Child, type ChildOptions, startChild } from '@/scripts/stack/children'
import { buildEnv, CLERK_PAGES, type EmulatorUrls, emulatorEnv } from '@/scripts/stack/emulator-env'
import { SANDBOX_PORT, startConsole, startEmulators } from '@/scripts/stack/emulators'
import type { Environment } from '@/scripts/stack/env-files'
import { NEXT } from '@/scripts/stack/next-bin'
import { freeBlock, freePort, isFree } from '@/scripts/stack/ports'
import { buildOnce, needsBuild } from '@/scripts/stack/production-build'
import { appEnv, openSecrets } from '@/scripts/stack/secrets'
import { listenName, preloadOf, type StackOptions } from '@/scripts/stack/stack-options'
import { printLine, step, UserError } from '@/scripts/stack/steps'

export type Stack = {
  appUrl: string
  consoleUrl: string | null
  urls: Partial<EmulatorUrls>
  /** The app's environment. */
  env: Environment
  pids(): Record<string, number>
  stop(): Promise<void>
}

const DEFAULT_PORT = 3000

/**
 * Starts everything in order, with one progress line each. @throws UserError with a sentence; what
 * had started is stopped.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const children: Child[] = []
  const stop = async () => {
    // The app first, while the services it still needs are running.
    await Promise.all(children.filter(({ name }) => name === 'app').map((child) => child.stop()))
    await Promise.all(children.map((child) => child.stop()))
  }
  try {
    const started = await startAll(options, async (child) => {
      children.push(await startChild(child, options.onCrash))
      options.onChildren?.(pids())
    })
    return { ...started, stop, pids }
  } catch (error) {
    await stop()
    throw error
  }
  function pids() {
    return Object.fromEntries(
      children.flatMap((child) => {
        const pid = child.pid()
        return pid === undefined ? [] : [[child.name, pid]]
      })
    )
  }
}

async function startAll(options: StackOptions, start: (child: ChildOptions) => Promise<void>) {
  const { root, dataDir, plan, dev } = options
  const ports = await freeBlock(Number(options.env.SANDBOX_PORT ?? SANDBOX_PORT))
  const port = await appPort(options)
  const appUrl = options.env.APP_URL ?? `http://${hostOf(options) ?? 'localhost'}:${port}`
  const secrets = plan.strict ? null : openSecrets(dataDir)
  const base = baseEnv(options, secrets)
  if (!dev && needsBuild(root, base))
    await step('building the app', () => buildOnce(root, base, join(dataDir, 'logs')))

  const envFor = (urls: Partial<EmulatorUrls>): Environment => ({
    ...base,
    ...(secrets ? emulatorEnv(plan.emulated, { ...urls, app: appUrl }, secrets) : {}),
    APP_URL: appUrl,
    PORT: String(port),
    NODE_ENV: dev ? 'development' : 'production',
    // The app stops in its own order (instrumentation.node.ts).
    NEXT_MANUAL_SIG_HANDLE: 'true',
    NEXT_TELEMETRY_DISABLED: '1'
  })
  const prepareDatabase = (urls: Partial<EmulatorUrls>) => migrate(envFor(urls))
  const urls =
    secrets && plan.emulated.length
      ? await startEmulators(options, { ports, appUrl, secrets, start, prepareDatabase })
      : {}
  if (!plan.emulated.length) await step('preparing the database', () => prepareDatabase(urls))
  const env = envFor(urls)
  const [consoleUrl] = await step(dev ? 'starting the app (next dev)' : 'starting the app', () =>
    Promise.all([
      plan.emulated.length ? startConsole(options, { ports, appUrl, urls, start }) : null,
      start(appChild(options, env, port))
    ])
  )
  return { appUrl, consoleUrl, urls, env }
}

/** In this process, which has nothing else to do while the emulators start. */
async function migrate(env: Environment): Promise<void> {
  const { migrateDatabase } = await import('@/scripts/stack/migration')
  await migrateDatabase(env, printLine)
}

/** The app's environment without the addresses of the emulators. */
function baseEnv(
  { plan, dataDir, env }: StackOptions,
  secrets: ReturnType<typeof openSecrets> | null
): Environment {
  return {
    ...CLERK_PAGES,
    // No load balancer in front of a laptop's app has to notice the shutdown first.
    ...(plan.strict ? {} : { SHUTDOWN_DRAIN_SECONDS: '0' }),
    ...buildEnv(plan.emulated),
    ...(secrets
      ? { ...appEnv(secrets), AUDIT_HEADS_FILE: join(dataDir, 'audit-heads.jsonl') }
      : {}),
    ...env
  }
}

/** A deployment's port is fixed by what is in front of it; a laptop takes the next free one. */
async function appPort({ env, plan }: StackOptions): Promise<number> {
  const wanted = Number(env.PORT ?? DEFAULT_PORT)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
    throw new UserError(`PORT must be a number from 1 to 65535, not "${env.PORT}".`)
  if (!plan.strict) return freePort(wanted)
  if (!(await isFree(wanted)))
    throw new UserError(`Port ${wanted} is taken. Set PORT to a free one.`)
  return wanted
}

/**
 * The address in HOST as part of a URL; null if HOST is unset, `localhost` or every address:
 * 127.0.0.1 works then.
 */
const hostOf = ({ env: { HOST } }: Pick<StackOptions, 'env'>): string | null => {
  if (!HOST || ['localhost', '0.0.0.0', '::'].includes(HOST)) return null
  return HOST.includes(':') ? `[${HOST}]` : HOST
}

export const healthUrlOf = (options: Pick<StackOptions, 'env'>, port: number): string =>
  `http://${hostOf(options) ?? '127.0.0.1'}:${port}/api/health/live`

/**
 * The host that the app listens on; undefined is every address. A stack with emulators has fixed
 * codes and passwords, so the network must not reach it.
 */
export function listenHost({ env: { HOST }, plan }: Pick<StackOptions, 'env' | 'plan'>) {
  if (HOST) return listenName(HOST)
  return plan.emulated.length ? 'localhost' : undefined
}

const STOP_MARGIN_MS = 5_000

/** When a deployment's app is killed: it first finishes running requests (lib/platform/env.ts). */
export const stopWithinMs = ({ SHUTDOWN_GRACE_SECONDS = '25' }: Environment): number =>
  Number(SHUTDOWN_GRACE_SECONDS) * 1_000 + STOP_MARGIN_MS

function appChild(options: StackOptions, env: Environment, port: number): ChildOptions {
  const host = listenHost(options)
  return {
    name: 'app',
    args: [
      ...preloadOf(options),
      ...(options.dev ? [] : heapLimit(env)),
      '--dns-result-order=ipv4first',
      NEXT,
      options.dev ? 'dev' : 'start',
      ...(options.inspect ? ['--inspect'] : []),
      '-p',
      String(port),
      ...(host ? ['-H', host] : [])
    ],
    cwd: options.root,
    env,
    logDir: join(options.dataDir, 'logs'),
    verbose: options.dev || options.plan.strict,
    healthUrl: healthUrlOf(options, port),
    ...(options.plan.strict ? { restartPausesMs: [], stopWithinMs: stopWithinMs(env) } : {})
  }
}
