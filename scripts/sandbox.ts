/**
 * `npm run sandbox -- plaid clerk`: emulators alone, for an app of your own. Prints the variables
 * that point the vendors' SDKs at them. `--app=URL` is that app's address, `--port=N` the first port,
 * `--organizations` turns Clerk's organizations on.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Child, startChild } from '@/scripts/stack/children'
import { emulatorEnv } from '@/scripts/stack/emulator-env'
import { SANDBOX_PORT, startEmulators } from '@/scripts/stack/emulators'
import { dataDirOf, type Environment } from '@/scripts/stack/env-files'
import { freeBlock } from '@/scripts/stack/ports'
import { openSecrets } from '@/scripts/stack/secrets'
import { exitWithError, UserError } from '@/scripts/stack/steps'
import { VENDOR_NAMES, type Vendor } from '@/scripts/stack/vendors'

const root = process.cwd()

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      app: { type: 'string', default: 'http://localhost:3000' },
      port: { type: 'string', default: String(SANDBOX_PORT) },
      organizations: { type: 'boolean', default: false }
    }
  })
  const wanted = VENDOR_NAMES.filter((name) => positionals.includes(name))
  if (wanted.length === 0 || wanted.length < positionals.length)
    throw new UserError(`Name the emulators to start: ${VENDOR_NAMES.join(', ')}.`)
  if (!URL.canParse(values.app)) throw new UserError('--app must be a URL.')
  const { organizations } = values
  return { wanted, appUrl: values.app.replace(/\/$/, ''), port: Number(values.port), organizations }
}

/** Variables as a .env file has them. */
const asEnvFile = (env: Environment) =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')

async function main(): Promise<void> {
  const { wanted, appUrl, port, organizations } = readArguments()
  const dataDir = join(dataDirOf(root), 'emulators')
  const children: Child[] = []
  const stop = async (code: number) => {
    await Promise.all(children.map((child) => child.stop()))
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
  const secrets = openSecrets(dataDir)
  const onCrash = (why: string) => {
    console.error(why)
    void stop(1)
  }
  // The mailbox belongs to the app of this repository.
  const env = { ...process.env, MAIL_URL: 'none' } as Environment
  const emulatorOptions = { clerk: { accountPortal: true, organizations } }
  const plan = { emulated: wanted, strict: false }
  const options = { root, dataDir, env, plan, emulatorOptions, onCrash }
  const urls = await startEmulators(options, {
    ports: await freeBlock(port),
    appUrl,
    secrets,
    start: async (child) => void children.push(await startChild(child, onCrash))
  })
  const variables = {
    ...emulatorEnv(wanted, urls, secrets),
    ...(urls.clerk ? withoutProxy(urls.clerk) : {})
  }
  console.log(`\n${asEnvFile(variables)}\n`)
  for (const line of hintsFor(wanted, appUrl)) console.log(`# ${line}`)
  console.log('# Stop with Ctrl-C. How to use each: docs/guides/test-your-own-app.md')
}

/**
 * The browser calls the emulator itself, so that an app needs no change. Its sign-in pages are the
 * emulator's; an app with its own names those instead.
 */
const withoutProxy = (clerkUrl: string): Environment => ({
  NEXT_PUBLIC_CLERK_PROXY_URL: clerkUrl,
  NEXT_PUBLIC_CLERK_JS_URL: `${clerkUrl}/npm/@clerk/clerk-js@6/dist/clerk.browser.js`,
  NEXT_PUBLIC_CLERK_UI_URL: `${clerkUrl}/npm/@clerk/ui@1/dist/ui.browser.js`,
  NEXT_PUBLIC_CLERK_SIGN_IN_URL: `${clerkUrl}/sign-in`,
  NEXT_PUBLIC_CLERK_SIGN_UP_URL: `${clerkUrl}/sign-up`
})

function hintsFor(wanted: Vendor[], appUrl: string): string[] {
  const hints: Record<Vendor, string[]> = {
    clerk: [
      'Clerk: any +clerk_test address, code 424242',
      `Clerk sends webhooks to ${appUrl}/api/webhooks/clerk`
    ],
    plaid: ['Plaid: user_good, pass_good'],
    jiko: [`Jiko sends webhooks to the address that you register`],
    xata: ['Xata: a Postgres database; psql opens DATABASE_URL']
  }
  return wanted.flatMap((name) => hints[name])
}

await main().catch(exitWithError)
