import { join } from 'node:path'
import { brand } from '@/pangea.config'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'
import type { ChildOptions } from '@/scripts/stack/children'
import { buildEnv, type EmulatorUrls } from '@/scripts/stack/emulator-env'
import type { EmulatorPorts } from '@/scripts/stack/ports'
import type { Secrets } from '@/scripts/stack/secrets'
import { acceptsConnections, preloadOf, type StackOptions } from '@/scripts/stack/stack-options'
import { step } from '@/scripts/stack/steps'
import { titleOf, type Vendor } from '@/scripts/stack/vendors'

export const SANDBOX_PORT = 4000

type Start = (child: ChildOptions) => Promise<void>
type StartContext = { ports: EmulatorPorts; appUrl: string; start: Start }
type EmulatorsContext = StartContext & {
  secrets: Secrets
  /** Runs while the other emulators start, as soon as the database accepts connections. */
  prepareDatabase?: (urls: Partial<EmulatorUrls>) => Promise<void>
}

function emulatorUrls(ports: EmulatorPorts): EmulatorUrls {
  const local = (vendor: Vendor) => `http://127.0.0.1:${ports[vendor]}`
  return {
    clerk: local('clerk'),
    plaid: local('plaid'),
    jiko: local('jiko'),
    xata: `postgresql://postgres:postgres@127.0.0.1:${ports.xata}/postgres`,
    mail: `http://127.0.0.1:${ports.mail}`,
    smtp: `smtp://127.0.0.1:${ports.smtp}`,
    gateway: `http://127.0.0.1:${ports.gateway}`
  }
}

/** The options of each emulator, apart from its port and folder. */
function emulatorSettings(
  options: StackOptions,
  { appUrl, secrets, plaidUrl }: { appUrl: string; secrets: Secrets; plaidUrl: string }
): Record<Vendor, object> {
  const webhook = { url: `${appUrl}/api/webhooks/clerk`, secret: secrets.clerkWebhookSecret }
  // Jiko is a Plaid client itself: its Link tokens are its own.
  const jikosPlaid = { clientId: secrets.jikoPlaidClientId, secret: secrets.jikoPlaidSecret }
  return {
    clerk: {
      publishableKey: buildEnv(['clerk']).NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
      secretKey: secrets.clerkSecretKey,
      applicationName: brand.name,
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
        ? { plaid: { url: plaidUrl, ...jikosPlaid } }
        : {})
    },
    xata: {}
  }
}

/** @returns the addresses of those that were started. */
export async function startEmulators(
  options: StackOptions,
  { start, prepareDatabase, ...context }: EmulatorsContext
): Promise<Partial<EmulatorUrls>> {
  const { names, urls, storage, others } = emulatorsOf(options, context)
  const work = async () => {
    await Promise.all(storage.map(start))
    await prepareDatabase?.(urls)
  }
  const also = prepareDatabase ? ' and preparing the database' : ''
  await step(`starting the emulators (${names.join(', ')})${also}`, () =>
    Promise.all([work(), ...others.map(start)])
  )
  return urls
}

type Emulators = {
  names: string[]
  urls: Partial<EmulatorUrls>
  /** What the database needs. */
  storage: ChildOptions[]
  others: ChildOptions[]
}

function emulatorsOf(
  options: StackOptions,
  { ports, appUrl, secrets }: Pick<EmulatorsContext, 'ports' | 'appUrl' | 'secrets'>
): Emulators {
  const urls = emulatorUrls(ports)
  const settings = emulatorSettings(options, { appUrl, secrets, plaidUrl: urls.plaid })
  const { emulated } = options.plan
  const childOf = (vendor: Vendor): ChildOptions => {
    const config = {
      port: ports[vendor],
      dataDir: join(options.dataDir, vendor),
      ...settings[vendor],
      ...options.emulatorOptions?.[vendor]
    }
    const health =
      vendor === 'xata'
        ? { healthy: () => acceptsConnections(ports.xata) }
        : { healthUrl: `${urls[vendor]}/_sandbox/health` }
    return { ...emulatorProcess(options, vendor, config), ...health }
  }
  const children = emulated.map((vendor) => ({ vendor, child: childOf(vendor) }))
  // The mailbox starts only beside other emulators, and only if no mail server is configured.
  const mailbox = emulated.length > 0 && !options.env.MAIL_URL
  const gateway = emulated.includes('xata') && options.env.XATA_TRANSPORT === 'http'
  const ofKind = (storage: boolean) =>
    children.flatMap(({ vendor, child }) => ((vendor === 'xata') === storage ? child : []))
  return {
    names: [
      ...emulated.map(titleOf),
      ...(gateway ? ['Xata gateway'] : []),
      ...(mailbox ? ['Mail'] : [])
    ],
    urls: {
      ...Object.fromEntries(emulated.map((vendor) => [vendor, urls[vendor]])),
      ...(mailbox ? { mail: urls.mail, smtp: urls.smtp } : {}),
      ...(gateway ? { gateway: urls.gateway } : {})
    },
    storage: [...ofKind(true), ...(gateway ? [gatewayProcess(options, ports, urls)] : [])],
    others: [...ofKind(false), ...(mailbox ? [mailboxProcess(options, ports, urls)] : [])]
  }
}

const mailboxProcess = (
  options: StackOptions,
  ports: EmulatorPorts,
  urls: EmulatorUrls
): ChildOptions => ({
  ...emulatorProcess(options, 'mail', {
    port: ports.mail,
    smtpPort: ports.smtp,
    dataDir: join(options.dataDir, 'mail')
  }),
  healthUrl: `${urls.mail}/_sandbox/health`
})

const gatewayProcess = (
  options: StackOptions,
  ports: EmulatorPorts,
  urls: EmulatorUrls
): ChildOptions => ({
  ...emulatorProcess(options, 'xata-gateway', { port: ports.gateway, databaseUrl: urls.xata }),
  healthUrl: `${urls.gateway}/_sandbox/health`
})

/** @returns the console's address. */
export async function startConsole(
  options: StackOptions,
  { ports, appUrl, urls, start }: StartContext & { urls: Partial<EmulatorUrls> }
): Promise<string> {
  const { xata: _, smtp: __, gateway: ___, ...vendors } = urls
  await start({
    ...emulatorProcess(options, 'console', { port: ports.console, vendors, appUrl }),
    healthUrl: `http://127.0.0.1:${ports.console}/_sandbox/health`
  })
  return `http://localhost:${ports.console}`
}

/**
 * Emulators get nothing of the user's environment but what Node needs: NODE_EXTRA_CA_CERTS lets them
 * send webhooks to an app behind a certificate of this machine.
 */
function emulatorProcess(
  options: StackOptions,
  kind: Vendor | 'xata-gateway' | 'console' | 'mail',
  config: object
): ChildOptions {
  const { PATH = '', HOME = '', TMPDIR, NODE_EXTRA_CA_CERTS } = options.env
  return {
    ...typescriptProcess(options, kind, 'sandbox/run.ts'),
    env: {
      PATH,
      HOME,
      ...(TMPDIR ? { TMPDIR } : {}),
      ...(NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS } : {}),
      SANDBOX_CONFIG: JSON.stringify({ kind, options: config })
    }
  }
}

export const typescriptProcess = (
  options: StackOptions,
  name: string,
  entry: string
): ChildOptions => ({
  name,
  args: [...preloadOf(options), ...SOURCE_ARGS, entry],
  cwd: options.root,
  env: options.env,
  logDir: join(options.dataDir, 'logs')
})
