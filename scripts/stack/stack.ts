/**
 * The complete stack: the planned emulators, the migrated database, the app and the console. For
 * `npm start` and the tests.
 */

import { connect } from 'node:net'
import { join } from 'node:path'
import { type Child, type ChildOptions, runChild, startChild } from '@/scripts/stack/children'
import { buildEnv, CLERK_PAGES, type EmulatorUrls, emulatorEnv } from '@/scripts/stack/emulator-env'
import type { Environment } from '@/scripts/stack/env-files'
import { NEXT } from '@/scripts/stack/next-bin'
import { type EmulatorPorts, freeBlock, freePort, isFree } from '@/scripts/stack/ports'
import { buildOnce, needsBuild } from '@/scripts/stack/production-build'
import { appEnv, openSecrets, type Secrets } from '@/scripts/stack/secrets'
import { printLine, step, UserError } from '@/scripts/stack/steps'
import { type Plan, titleOf, type Vendor } from '@/scripts/stack/vendors'

export type StackOptions = {
  root: string
  dataDir: string
  env: Environment
  plan: Plan
  /** Runs `next dev` instead of the production server. */
  dev?: boolean
  /** A module to preload in the app and the emulators. */
  preload?: string
  /** Overrides for the emulators' start, for tests. */
  emulatorOptions?: Partial<Record<Vendor, object>>
  onCrash: (why: string) => void
  onChildren?: (pids: number[]) => void
}

export type Stack = {
  appUrl: string
  consoleUrl: string | null
  urls: Partial<EmulatorUrls>
  /** The app's environment. */
  env: Environment
  pids(): number[]
  stop(): Promise<void>
}

const DEFAULT_PORT = 3000
const SANDBOX_PORT = 4000

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
    return children.flatMap((child) => child.pid() ?? [])
  }
}

async function startAll(options: StackOptions, start: (child: ChildOptions) => Promise<void>) {
  const { root, dataDir, plan, dev } = options
  const ports = await freeBlock(Number(options.env.SANDBOX_PORT ?? SANDBOX_PORT))
  const port = await appPort(options)
  const appUrl = options.env.APP_URL ?? `http://${hostOf(options) ?? 'localhost'}:${port}`
  const secrets = plan.strict ? null : openSecrets(dataDir)
  const base: Environment = {
    ...CLERK_PAGES,
    ...buildEnv(plan.emulated),
    ...(secrets ? appEnv(secrets) : {}),
    ...options.env
  }
  if (!dev && needsBuild(root, base))
    await step('building the app', () => buildOnce(root, base, join(dataDir, 'logs')))

  const urls = secrets ? await startEmulators(options, { ports, appUrl, secrets, start }) : {}
  const env: Environment = {
    ...base,
    ...(secrets ? emulatorEnv(plan.emulated, { ...urls, app: appUrl }, secrets) : {}),
    APP_URL: appUrl,
    PORT: String(port),
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1'
  }
  await step('preparing the database', () =>
    runChild({
      ...typescriptProcess(options, 'migrate', 'scripts/migrate.ts'),
      env,
      onLine: printProgress
    })
  )
  await step(dev ? 'starting the app (next dev)' : 'starting the app', () =>
    start(appChild(options, env, port))
  )
  const consoleUrl = plan.emulated.length
    ? await startConsole(options, { ports, appUrl, urls, start })
    : null
  return { appUrl, consoleUrl, urls, env }
}

/** Prints that a migration waits for another process; other lines go to the log. */
const printProgress = (line: string) => {
  if (line.startsWith('· ')) printLine(line)
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

type StartContext = {
  ports: EmulatorPorts
  appUrl: string
  start: (child: ChildOptions) => Promise<void>
}

async function startEmulators(
  options: StackOptions,
  { ports, appUrl, secrets, start }: StartContext & { secrets: Secrets }
): Promise<Partial<EmulatorUrls>> {
  const local = (vendor: Vendor) => `http://127.0.0.1:${ports[vendor]}`
  const urls: EmulatorUrls = {
    clerk: local('clerk'),
    plaid: local('plaid'),
    jiko: local('jiko'),
    xata: `postgresql://postgres:postgres@127.0.0.1:${ports.xata}/postgres`,
    mail: `http://127.0.0.1:${ports.mail}`,
    smtp: `smtp://127.0.0.1:${ports.smtp}`,
    gateway: `http://127.0.0.1:${ports.gateway}`
  }
  const webhook = { url: `${appUrl}/api/webhooks/clerk`, secret: secrets.clerkWebhookSecret }
  // Jiko is a Plaid client itself: its Link tokens are its own.
  const jikosPlaid = { clientId: secrets.jikoPlaidClientId, secret: secrets.jikoPlaidSecret }
  const settings: Record<Vendor, object> = {
    clerk: {
      publishableKey: buildEnv(['clerk']).NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
      secretKey: secrets.clerkSecretKey,
      allowedOrigins: [appUrl],
      webhook
    },
    plaid: {
      clientId: secrets.plaidClientId,
      secret: secrets.plaidSecret,
      otherClients: [jikosPlaid]
    },
    jiko: {
      username: secrets.jikoUsername,
      password: secrets.jikoPassword,
      sharedSecret: secrets.jikoSharedSecret,
      ...(options.plan.emulated.includes('plaid')
        ? { plaid: { url: urls.plaid, ...jikosPlaid } }
        : {})
    },
    xata: {}
  }
  const { emulated } = options.plan
  const startOne = (vendor: Vendor) => {
    const config = {
      port: ports[vendor],
      dataDir: join(options.dataDir, vendor),
      ...settings[vendor],
      ...options.emulatorOptions?.[vendor]
    }
    const health =
      vendor === 'xata'
        ? { healthy: () => acceptsConnections(ports.xata) }
        : { healthUrl: `${local(vendor)}/_sandbox/health` }
    return start({ ...emulatorProcess(options, vendor, config), ...health })
  }
  // The mailbox starts only beside other emulators, and only if no mail server is configured.
  const mailbox = emulated.length > 0 && !options.env.MAIL_URL
  const startMail = () =>
    start({
      ...emulatorProcess(options, 'mail', {
        port: ports.mail,
        smtpPort: ports.smtp,
        dataDir: join(options.dataDir, 'mail')
      }),
      healthUrl: `${urls.mail}/_sandbox/health`
    })
  const gateway = emulated.includes('xata') && options.env.XATA_TRANSPORT === 'http'
  const startGateway = () =>
    start({
      ...emulatorProcess(options, 'xata-gateway', { port: ports.gateway, databaseUrl: urls.xata }),
      healthUrl: `${urls.gateway}/_sandbox/health`
    })
  const names = [
    ...emulated.map(titleOf),
    ...(gateway ? ['Xata gateway'] : []),
    ...(mailbox ? ['Mail'] : [])
  ]
  if (emulated.length)
    await step(`starting the emulators (${names.join(', ')})`, () =>
      Promise.all([
        ...emulated.map(startOne),
        ...(gateway ? [startGateway()] : []),
        ...(mailbox ? [startMail()] : [])
      ])
    )
  return {
    ...Object.fromEntries(emulated.map((vendor) => [vendor, urls[vendor]])),
    ...(mailbox ? { mail: urls.mail, smtp: urls.smtp } : {}),
    ...(gateway ? { gateway: urls.gateway } : {})
  }
}

async function startConsole(
  options: StackOptions,
  { ports, appUrl, urls, start }: StartContext & { urls: Partial<EmulatorUrls> }
): Promise<string> {
  const { xata: _, smtp: __, gateway: ___, ...vendors } = urls
  const url = `http://localhost:${ports.console}`
  await step('starting the console', () =>
    start({
      ...emulatorProcess(options, 'console', { port: ports.console, vendors, appUrl }),
      healthUrl: `http://127.0.0.1:${ports.console}/_sandbox/health`
    })
  )
  return url
}

/** Emulators get nothing of the user's environment but what Node needs. */
function emulatorProcess(
  options: StackOptions,
  kind: Vendor | 'xata-gateway' | 'console' | 'mail',
  config: object
): ChildOptions {
  const { PATH = '', HOME = '', TMPDIR = '' } = options.env
  const child = typescriptProcess(options, kind, 'sandbox/run.ts')
  return {
    ...child,
    env: {
      PATH,
      HOME,
      ...(TMPDIR ? { TMPDIR } : {}),
      SANDBOX_CONFIG: JSON.stringify({ kind, options: config })
    }
  }
}

const typescriptProcess = (options: StackOptions, name: string, entry: string): ChildOptions => ({
  name,
  args: [...preloadOf(options), '--conditions=react-server', '--import', 'tsx', entry],
  cwd: options.root,
  env: options.env,
  logDir: join(options.dataDir, 'logs')
})

/**
 * The only host the app is reached at; null if it listens on every address, or on this machine by
 * name.
 */
const hostOf = ({ env: { HOST } }: Pick<StackOptions, 'env'>): string | null => {
  if (!HOST || ['localhost', '0.0.0.0', '::'].includes(HOST)) return null
  return HOST.includes(':') ? `[${HOST}]` : HOST
}

export const healthUrlOf = (options: Pick<StackOptions, 'env'>, port: number): string =>
  `http://${hostOf(options) ?? '127.0.0.1'}:${port}/api/health/live`

function appChild(options: StackOptions, env: Environment, port: number): ChildOptions {
  // A stack with emulators has fixed codes and passwords, so it must not be reachable from the
  // network. By name, not by number: Next writes request URLs with "localhost" and treats any other
  // host as foreign, so Clerk's rewrite would loop.
  const host = options.env.HOST ?? (options.plan.emulated.length ? 'localhost' : undefined)
  return {
    name: 'app',
    args: [
      ...preloadOf(options),
      '--dns-result-order=ipv4first',
      NEXT,
      options.dev ? 'dev' : 'start',
      '-p',
      String(port),
      ...(host ? ['-H', host] : [])
    ],
    cwd: options.root,
    env,
    logDir: join(options.dataDir, 'logs'),
    verbose: options.dev || options.plan.strict,
    healthUrl: healthUrlOf(options, port)
  }
}

const preloadOf = ({ preload }: StackOptions) => (preload ? ['--import', preload] : [])

function acceptsConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  }).finally(() => socket.destroy()) as Promise<boolean>
}
