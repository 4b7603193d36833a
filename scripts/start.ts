/**
 * `npm start` and `npm run dev`: from a clone to an open page. `-- --inspect` opens the app's debugger
 * port; `-- --demo` makes the users of the demo at once instead of on its first visit.
 */
import { join } from 'node:path'
import { SANDBOX_PORT } from '@/scripts/stack/emulators'
import { dataDirOf, type Environment, readEnvironment } from '@/scripts/stack/env-files'
import { freePort } from '@/scripts/stack/ports'
import { acquireDataDir, recordRunning, releaseDataDir } from '@/scripts/stack/running-stack'
import { type Stack, startStack, stopWithinMs } from '@/scripts/stack/stack'
import { exitWithError, step, UserError } from '@/scripts/stack/steps'
import { planVendors, titleOf, type Vendor } from '@/scripts/stack/vendors'

const root = process.cwd()
const dev = process.argv.includes('--dev')
const inspect = process.argv.includes('--inspect')
const withDemo = process.argv.includes('--demo')
/** After the ports of the emulators. */
const DEMO_OFFSET = 46
const STOP_WITHIN_MS = 9_000
const STOP_MARGIN_MS = 5_000

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129]
] as const

await main().catch((error) => {
  releaseDataDir(dataDirOf(root))
  exitWithError(error)
})

async function main(): Promise<void> {
  const env = readEnvironment(root)
  const planned = planVendors(env)
  if ('problems' in planned)
    throw new UserError(
      ['Pangea did not start:', ...planned.problems.map((line) => `  ${line}`)].join('\n')
    )
  const dataDir = dataDirOf(root)
  const holder = await acquireDataDir(dataDir)
  if (holder) return alreadyRunning(holder.url)

  const running: Running = { stack: null, pids: {} }
  const shutDown = createShutdown(
    running,
    dataDir,
    planned.plan.strict ? stopWithinMs(env) + STOP_MARGIN_MS : STOP_WITHIN_MS
  )
  for (const [signal, code] of SIGNALS) process.on(signal, () => void shutDown(code))

  const demoPort = hasDemo(planned.plan.emulated) ? await findDemoPort(env) : null
  const stack = await startStack({
    root,
    dataDir,
    env: { ...(demoPort ? { DEMO_URL: `http://localhost:${demoPort}` } : {}), ...env },
    plan: planned.plan,
    dev,
    inspect,
    onCrash: (why) =>
      void shutDown(
        1,
        `${why}\n\nEverything else was stopped. The logs are in ${join(dataDir, 'logs')}.`
      ),
    onChildren: (pids) => {
      running.pids = pids
      recordRunning(dataDir, { url: running.stack?.appUrl ?? null, children: pids })
    }
  })
  running.stack = stack
  recordRunning(dataDir, { url: stack.appUrl, children: stack.pids(), vendors: stack.urls })
  if (demoPort) await startDemo(demoPort, { appUrl: stack.appUrl, dataDir })
  console.log(welcome(stack, planned.plan.emulated.map(titleOf)))
}

/** The demo needs an emulator of every vendor. */
function hasDemo(emulated: Vendor[]): boolean {
  return (['clerk', 'plaid', 'jiko'] as const).every((vendor) => emulated.includes(vendor))
}

function findDemoPort({ SANDBOX_PORT: base }: Environment): Promise<number> {
  return freePort(Number(base ?? SANDBOX_PORT) + DEMO_OFFSET)
}

async function startDemo(port: number, demo: { appUrl: string; dataDir: string }): Promise<void> {
  const { prepareDemo, serveDemo } = await import('@/scripts/demo/server')
  await serveDemo(port, demo)
  if (withDemo) await step('making the users of the demo', () => prepareDemo(demo))
}

/** `stack` is null while it starts. */
type Running = { stack: Stack | null; pids: Record<string, number> }

/** The shutdown of everything that runs; further calls do nothing. */
function createShutdown(running: Running, dataDir: string, limitMs: number) {
  let shuttingDown = false
  return async (code: number, why?: string) => {
    if (shuttingDown) return
    shuttingDown = true
    if (why) console.error(`\n${why}\n`)
    // Even if something hangs, the user gets the terminal back; children detect a lost parent
    // themselves.
    setTimeout(() => process.exit(code || 1), limitMs).unref()
    if (running.stack) await running.stack.stop()
    else for (const pid of Object.values(running.pids)) process.kill(pid, 'SIGTERM')
    releaseDataDir(dataDir)
    process.exit(code)
  }
}

function alreadyRunning(url: string | null): void {
  console.log(
    url
      ? `Pangea already runs in this folder: ${url}`
      : 'Pangea is already being started in this folder by another command.'
  )
  process.exitCode = 1
}

/** The essentials for a newcomer. */
function welcome({ appUrl, consoleUrl, env }: Stack, emulated: string[]): string {
  const lines = [`Pangea is ready: ${appUrl}`]
  if (emulated.includes('Clerk'))
    lines.push(
      'Sign up         you+clerk_test@example.com, any password of 8 or more characters that is hard to guess, code 424242'
    )
  if (emulated.includes('Plaid')) lines.push('Link a bank     user_good with password pass_good')
  if (env.DEMO_URL)
    lines.push(
      `Demo            ${env.DEMO_URL}  (a signed-in user with four banks; /half-way: one who applies)`
    )
  if (consoleUrl)
    lines.push(`Console         ${consoleUrl}  (approve, reject, new transactions, outages)`)
  if (env.XATA_TRANSPORT === 'http')
    lines.push('Storage         Xata over HTTP, through @xata.io/client')
  if (emulated.length)
    lines.push(`Emulated        ${emulated.join(', ')}; no keys, nothing leaves this machine`)
  lines.push('Stop            Ctrl-C')
  const width = Math.max(...lines.map((line) => line.length))
  const rule = '─'.repeat(width)
  return `\n${rule}\n${lines.join('\n')}\n${rule}\n`
}
