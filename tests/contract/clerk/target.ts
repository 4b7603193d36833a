/**
 * Where the Clerk contract suite runs: the real development instance whose keys are in the environment, else the stand-in.
 * The real one must be set up alike: e-mail with code and password required, single session, account deletion allowed.
 */
import { type ClerkClient, createClerkClient } from '@clerk/backend'
import { startClerk } from '../../../sandbox/clerk'
import type { RunningSandbox } from '../../../sandbox/core/sandbox'

export const SANDBOX_KEYS = { publishableKey: `pk_test_${btoa('local-sandbox-0.clerk.accounts.dev$')}`.replace(/=+$/, ''), secretKey: 'sk_test_contract' }
/** The SDK would report its use to the vendor. */
const QUIET = { telemetry: { disabled: true } }
export const PASSWORD = 'Correct-horse-42'

export type Target = {
  client: ClerkClient
  keys: typeof SANDBOX_KEYS
  /** Base of the Backend API; undefined means the SDK's own default. */
  apiUrl: string | undefined
  frontendUrl: string
  close(): Promise<void>
}

export async function openTarget(): Promise<Target> {
  const { CLERK_SECRET_KEY: secretKey = '', NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKey = '' } = process.env
  const isReal = secretKey.startsWith('sk_test_') && publishableKey.startsWith('pk_test_') && !process.env.CLERK_API_URL
  if (!isReal) return targetOf(await startStandIn())
  const host = atob(publishableKey.slice('pk_test_'.length)).replace(/\$$/, '')
  return {
    client: createClerkClient({ secretKey, publishableKey, ...QUIET }),
    keys: { secretKey, publishableKey },
    apiUrl: undefined,
    frontendUrl: `https://${host}`,
    close: async () => {}
  }
}

type Overrides = Partial<Parameters<typeof startClerk>[0]>

export const startStandIn = (overrides: Overrides = {}): Promise<RunningSandbox> =>
  startClerk({ port: 0, dataDir: null, ...SANDBOX_KEYS, allowedOrigins: ['https://app.example.com'], ...overrides })

export const targetOf = (sandbox: RunningSandbox): Target => ({
  client: createClerkClient({ ...SANDBOX_KEYS, apiUrl: sandbox.url, ...QUIET }),
  keys: SANDBOX_KEYS,
  apiUrl: sandbox.url,
  frontendUrl: sandbox.url,
  close: () => sandbox.close()
})

let serial = 0
/** An address nobody used before, which takes the fixed code. */
export const freshEmail = () => `contract+clerk_test_${Date.now().toString(36)}${serial++}@example.com`

export const clientWith = (target: Target, secretKey: string): ClerkClient => createClerkClient({ ...target.keys, secretKey, apiUrl: target.apiUrl, ...QUIET })
