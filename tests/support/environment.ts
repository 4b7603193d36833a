/** Sets environment variables and configuration for a test, and resets cached values. */
import { plaid } from '@/pangea.config'

export async function withEnvironment<T>(
  values: Record<string, string>,
  run: () => Promise<T>
): Promise<T> {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  resetSingletons('env', 'encryption')
  try {
    return await run()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    resetSingletons('env', 'encryption')
  }
}

/** Clears these names from `singleton`, as in a new process. */
export function resetSingletons(...names: string[]): void {
  for (const name of names) Reflect.deleteProperty(globalThis, Symbol.for(`pangea.${name}`))
}

export const REQUIRED_VARIABLES: Record<string, string> = {
  APP_URL: 'http://localhost:3000',
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_unused',
  CLERK_SECRET_KEY: 'sk_test_unused',
  CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_unused',
  PLAID_CLIENT_ID: 'unused',
  PLAID_SECRET: 'unused',
  JIKO_BASE_URL: 'http://127.0.0.1:1',
  JIKO_USERNAME: 'unused',
  JIKO_PASSWORD: 'unused',
  JIKO_SHARED_SECRET: 'unused',
  JIKO_WEBHOOK_SECRETS: 'unused-unused-unused',
  ENCRYPTION_KEYS: `main:${Buffer.alloc(32, 7).toString('base64')}`,
  AUDIT_KEYS: `audit:${Buffer.alloc(32, 8).toString('base64')}`,
  CRON_SECRET: 'unused'
}

/** The variables without which the app does not start. */
export const REQUIRED_NAMES = Object.keys(REQUIRED_VARIABLES).filter(
  (name) => name !== 'CLERK_WEBHOOK_SIGNING_SECRET'
)

const OPTIONAL =
  'WORKER_DATABASE_URL DATABASE_CONNECTIONS WORKER_DATABASE_CONNECTIONS AUDIT_HEADS_FILE AUDIT_RETENTION_DAYS CONSENT_RETENTION_DAYS COUNTERPARTY_WAIT_HOURS ADMIN_APPROVALS XATA_TRANSPORT XATA_GATEWAY_URL NEXT_PUBLIC_CLERK_PROXY_URL CLERK_FAPI_URL CLERK_API_URL PLAID_ENV PLAID_BASE_URL PLAID_LINK_SCRIPT_URL PLAID_COUNTRY_CODES PLAID_REDIRECT_URI PLAID_TOKEN_ROTATION_DAYS WORKER WORKER_PORT METRICS_TOKEN'.split(
    ' '
  )

/** Sets every variable, then these changes; undefined removes. The next env() parses it again. */
export function setEnvironment(changes: Record<string, string | undefined> = {}): void {
  for (const name of OPTIONAL) delete process.env[name]
  for (const [name, value] of Object.entries({ ...REQUIRED_VARIABLES, ...changes })) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  resetSingletons('env')
}

export const setEncryptionKeys = (keys: string): void => setEnvironment({ ENCRYPTION_KEYS: keys })

/** The products that the deployment reads beside transactions. */
export function setOptionalProducts(...products: typeof plaid.optionalProducts): void {
  plaid.optionalProducts = products
}
