import 'server-only'
import { z } from 'zod'
import { configProblems } from '@/lib/platform/config-rules'
import { singleton } from '@/lib/platform/globals'
import { servesRealUsers, settingProblems, splitList } from '@/lib/platform/setting-rules'

const text = z.string().trim().min(1)
const url = z.url().transform((value) => value.replace(/\/+$/, ''))
const list = text.transform(splitList)
const keys = list.pipe(
  z.array(z.string().regex(/^[\w-]+:[A-Za-z0-9+/]{43}=$/, 'keyId:base64 of 32 bytes')).min(1)
)

const Schema = z.object({
  APP_URL: url.describe('http://localhost:3000'),
  DATABASE_URL: text.describe('postgresql://user:password@host/database'),
  WORKER_DATABASE_URL: text.optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
  WORKER_DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
  XATA_TRANSPORT: z.enum(['tcp', 'http']).default('tcp'),
  XATA_GATEWAY_URL: url.optional().describe('https://branch.region.xata.tech'),
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: text.describe('pk_test_…'),
  NEXT_PUBLIC_CLERK_PROXY_URL: text.optional(),
  CLERK_SECRET_KEY: text.describe('sk_test_…'),
  CLERK_WEBHOOK_SIGNING_SECRET: text.optional(),
  CLERK_FAPI_URL: url.optional(),
  CLERK_API_URL: url.optional(),
  PLAID_CLIENT_ID: text.describe('from the Plaid dashboard'),
  PLAID_SECRET: text.describe('from the Plaid dashboard'),
  PLAID_ENV: z.enum(['sandbox', 'production']).default('sandbox'),
  PLAID_BASE_URL: url.optional(),
  PLAID_LINK_SCRIPT_URL: url.optional(),
  PLAID_COUNTRY_CODES: list.default(['US']),
  PLAID_REDIRECT_URI: url.optional(),
  PLAID_TOKEN_ROTATION_DAYS: z.coerce.number().int().min(1).max(3650).optional(),
  JIKO_BASE_URL: url.describe('https://partner.sandbox-api.jikoservices.com'),
  JIKO_USERNAME: text,
  JIKO_PASSWORD: text,
  JIKO_SHARED_SECRET: text,
  JIKO_WEBHOOK_SECRETS: list
    .pipe(z.array(z.string().min(16)).min(1))
    .describe('at least 16 characters each, newest first'),
  MAIL_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('smtps://user:password@mail.example.com'),
  ENCRYPTION_KEYS: keys.describe('main:base64 of 32 random bytes, newest first'),
  AUDIT_KEYS: keys.describe('a1:base64 of 32 random bytes, newest first'),
  AUDIT_HEADS_FILE: text.optional(),
  AUDIT_RETENTION_DAYS: z.coerce.number().int().min(30).max(36_500).optional(),
  CONSENT_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(1_826),
  CRON_SECRET: text.describe('a long random text'),
  METRICS_TOKEN: text.optional(),
  DEMO_URL: url.optional().describe('https://demo.example.com'),
  VALIDATE_RESPONSES: z.enum(['on', 'off']).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional().describe('http://127.0.0.1:4318'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url.optional(),
  OTEL_SDK_DISABLED: z.enum(['true', 'false']).default('false'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  WORKER_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  WORKER: z.enum(['on', 'off']).default('on'),
  SHUTDOWN_DRAIN_SECONDS: z.coerce.number().min(0).max(600).default(5),
  SHUTDOWN_GRACE_SECONDS: z.coerce.number().min(1).max(3600).default(25),
  COUNTERPARTY_WAIT_HOURS: z.coerce
    .number()
    .min(0)
    .max(24 * 30)
    .default(24),
  ADMIN_APPROVALS: z.coerce.number().int().min(1).max(5).default(2)
})

/** Startup errors name the variable and show an example. */
function parseEnv() {
  const present = Object.fromEntries(
    Object.entries(process.env).filter(([, value]) => value?.trim())
  )
  const parsed = Schema.safeParse(present)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]) as keyof typeof Schema.shape
    const example = Schema.shape[name]?.description
    return `  ${name}: ${present[name] ? issue.message : 'missing'}${example ? ` (for example ${example})` : ''}`
  })
  throw new Error(`The environment is not complete:\n${lines.join('\n')}`)
}

function parseKey(entry: string) {
  const [id = '', base64 = ''] = entry.split(':')
  return { id, key: Buffer.from(base64, 'base64') }
}

type Parsed = ReturnType<typeof parseEnv>

const readDatabase = (e: Parsed) => ({
  url: e.DATABASE_URL,
  /** The login of statements for every user: jobs, webhooks, admins. */
  workerUrl: e.WORKER_DATABASE_URL ?? e.DATABASE_URL,
  /** The pools' sizes. With one login for everything there is one pool, of `connections`. */
  connections: e.DATABASE_CONNECTIONS,
  workerConnections: e.WORKER_DATABASE_CONNECTIONS,
  transport: e.XATA_TRANSPORT,
  gatewayUrl: e.XATA_GATEWAY_URL ?? null
})

const readClerk = (e: Parsed) => ({
  publishableKey: e.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
  secretKey: e.CLERK_SECRET_KEY,
  /**
   * null if no webhook can arrive (scripts/stack/vendors.ts requires it otherwise); every
   * webhook is refused then.
   */
  webhookSecret: e.CLERK_WEBHOOK_SIGNING_SECRET ?? null,
  proxied: e.NEXT_PUBLIC_CLERK_PROXY_URL === '/__clerk',
  apiUrl: e.CLERK_API_URL ?? null
})

const readPlaid = (e: Parsed) => ({
  clientId: e.PLAID_CLIENT_ID,
  secret: e.PLAID_SECRET,
  baseUrl: e.PLAID_BASE_URL ?? `https://${e.PLAID_ENV}.plaid.com`,
  linkScriptUrl: e.PLAID_LINK_SCRIPT_URL ?? null,
  countryCodes: e.PLAID_COUNTRY_CODES,
  redirectUri: e.PLAID_REDIRECT_URI ?? null,
  /** The age at which access tokens are replaced; null for never. */
  tokenRotationDays: e.PLAID_TOKEN_ROTATION_DAYS ?? null,
  /** Plaid's /sandbox/* endpoints exist only in its sandbox. */
  hasSandboxEndpoints: e.PLAID_ENV === 'sandbox'
})

const readJiko = (e: Parsed) => ({
  baseUrl: e.JIKO_BASE_URL,
  username: e.JIKO_USERNAME,
  password: e.JIKO_PASSWORD,
  sharedSecret: e.JIKO_SHARED_SECRET,
  webhookSecrets: e.JIKO_WEBHOOK_SECRETS
})

const readAudit = (e: Parsed) => ({
  /** They seal the audit log. */
  keys: e.AUDIT_KEYS.map(parseKey),
  /** Where the ends of its chain are published. */
  headsFile: e.AUDIT_HEADS_FILE ?? null,
  /** null keeps every entry. */
  retentionDays: e.AUDIT_RETENTION_DAYS ?? null
})

const exportsTraces = (e: Parsed): boolean =>
  e.OTEL_SDK_DISABLED === 'false' &&
  Boolean(e.OTEL_EXPORTER_OTLP_ENDPOINT ?? e.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)

function readEnv() {
  const e = parseEnv()
  return {
    appUrl: e.APP_URL,
    database: readDatabase(e),
    clerk: readClerk(e),
    plaid: readPlaid(e),
    jiko: readJiko(e),
    mail: { url: e.MAIL_URL ?? null },
    encryptionKeys: e.ENCRYPTION_KEYS.map(parseKey),
    audit: readAudit(e),
    transfers: {
      /** How long a new counterparty receives nothing. */
      counterpartyWaitMs: e.COUNTERPARTY_WAIT_HOURS * 3_600_000
    },
    /** How many admins have to agree before a user is removed. */
    adminApprovals: e.ADMIN_APPROVALS,
    /** How long consents outlive their user; 0 erases them with the user. */
    consentRetentionDays: e.CONSENT_RETENTION_DAYS,
    cronSecret: e.CRON_SECRET,
    /** Where `npm run worker` answers health checks; null for nowhere. */
    workerPort: e.WORKER_PORT ?? null,
    /** Bearer token of /api/metrics; without one the route does not exist. */
    metricsToken: e.METRICS_TOKEN ?? null,
    /** Where visitors of the landing page can try the app; null for nowhere. */
    demoUrl: e.DEMO_URL ?? null,
    /** Whether API responses are compared with what their routes declare. */
    validateResponses:
      (e.VALIDATE_RESPONSES ?? (process.env.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
    /** null unless spans are exported. The exporter reads its other variables itself. */
    traces: exportsTraces(e) ? { ratio: e.OTEL_TRACES_SAMPLER_ARG } : null,
    /** Whether the web server runs jobs too; `npm run worker` runs them in any case. */
    runsJobs: e.WORKER === 'on',
    shutdown: {
      /** How long a stopping server still answers new requests. */
      drainMs: e.SHUTDOWN_DRAIN_SECONDS * 1_000,
      /** When a stopping server ends, even if requests still run. */
      graceMs: e.SHUTDOWN_GRACE_SECONDS * 1_000
    },
    /** The development bundle of `next dev` needs eval. */
    development: process.env.NODE_ENV === 'development',
    production: process.env.NODE_ENV === 'production'
  }
}

export type Env = ReturnType<typeof readEnv>

/**
 * The only reader of process.env. Parsed on first use, not on import, so that a build needs no
 * keys.
 */
export const env = (): Env => singleton('env', readEnv)

/**
 * For startup: a deployment does not serve real users with weak or contradictory settings, or with
 * the placeholders of pangea.config.ts.
 * @throws Error that names the settings.
 */
export function requireSafeSettings(): void {
  const problems = servesRealUsers(process.env)
    ? [...settingProblems(process.env), ...configProblems()]
    : []
  if (problems.length)
    throw new Error(
      `These settings are not safe:\n${problems.map((line) => `  ${line}`).join('\n')}`
    )
}
