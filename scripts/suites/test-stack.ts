/** The stack that browser tests run against: all emulators, on ports of its own. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildEnv, CLERK_PAGES } from '@/scripts/stack/emulator-env'
import type { Environment } from '@/scripts/stack/env-files'
import { type Stack, startStack } from '@/scripts/stack/stack'
import { VENDOR_NAMES } from '@/scripts/stack/vendors'
import type { SuiteContext } from '@/scripts/suites/suite'

/** Distinct from the ports of `npm start`. */
export const APP_PORT = 3400
export const SANDBOX_PORT = 4600
/** How long Jiko checks an application: shorter than in `npm start`, because many tests wait for it. */
const DECISION_DELAY_MS = 300
/** The variables whose values no page, log or response may contain. */
const SECRETS = [
  'CLERK_SECRET_KEY',
  'CLERK_WEBHOOK_SIGNING_SECRET',
  'PLAID_SECRET',
  'JIKO_PASSWORD',
  'JIKO_SHARED_SECRET',
  'JIKO_WEBHOOK_SECRETS',
  'ENCRYPTION_KEYS',
  'AUDIT_KEYS',
  'CRON_SECRET'
]

/** The environment of its production build. */
export const publicEnv = (env: Environment): Environment => ({
  ...CLERK_PAGES,
  ...buildEnv(['clerk']),
  ...env
})

/** A module that refuses connections outside this machine. */
export const loopbackPreload = ({ root }: SuiteContext): string =>
  pathToFileURL(join(root, 'scripts', 'loopback-only.mjs')).href

/** @param settings variables of this stack, such as its HOST, or DATABASE_URL instead of PGlite. */
export function startTestStack(
  context: SuiteContext,
  onCrash: (why: string) => void,
  settings: Environment = {}
): Promise<Stack> {
  const ports = { PORT: String(APP_PORT), SANDBOX_PORT: String(SANDBOX_PORT) }
  // Answers that differ from the API's document become errors, which the tests see.
  const checks = { VALIDATE_RESPONSES: 'on' }
  return startStack({
    root: context.root,
    dataDir: context.dataDir,
    env: { ...context.env, ...ports, ...checks, ...settings },
    plan: {
      emulated: VENDOR_NAMES.filter((vendor) => vendor !== 'xata' || !settings.DATABASE_URL),
      strict: false
    },
    preload: loopbackPreload(context),
    emulatorOptions: { jiko: { decisionDelay: DECISION_DELAY_MS } },
    onCrash
  })
}

/** The value of E2E_STACK: addresses, keys and secrets for the tests. */
export function stackForTests(
  { dataDir }: SuiteContext,
  { appUrl, consoleUrl, urls, env }: Stack,
  bareUrl = appUrl
): string {
  return JSON.stringify({
    appUrl,
    bareUrl,
    consoleUrl,
    clerkUrl: urls.clerk,
    clerkSecretKey: env.CLERK_SECRET_KEY,
    plaidUrl: urls.plaid,
    plaidClientId: env.PLAID_CLIENT_ID,
    plaidSecret: env.PLAID_SECRET,
    jikoUrl: urls.jiko,
    mailUrl: urls.mail,
    databaseUrl: env.DATABASE_URL,
    logs: join(dataDir, 'logs'),
    secrets: Object.fromEntries(SECRETS.map((name) => [name, env[name] ?? '']))
  })
}
