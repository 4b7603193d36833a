/**
 * Target of the Clerk contract suite: the development instance whose keys are in the environment,
 * else the emulator. A real instance needs the same settings: e-mail with code and password
 * required, single session, account deletion allowed.
 */
import { type ClerkClient, createClerkClient, type User } from '@clerk/backend'
import { startClerk } from '@/sandbox/clerk'
import type { RunningEmulator } from '@/sandbox/core/sandbox'

export const SANDBOX_KEYS = {
  publishableKey: `pk_test_${btoa('local-sandbox-0.clerk.accounts.dev$')}`.replace(/=+$/, ''),
  secretKey: 'sk_test_contract'
}
/** The SDK would send telemetry. */
const QUIET = { telemetry: { disabled: true } }
export const PASSWORD = 'Correct-horse-42'

export type Target = {
  client: ClerkClient
  keys: typeof SANDBOX_KEYS
  /** Base URL of the Backend API; undefined means the SDK's default. */
  apiUrl: string | undefined
  frontendUrl: string
  createUser(fields?: { firstName?: string; lastName?: string; externalId?: string }): Promise<User>
  /** Ids of the users to delete at the end. */
  createdUserIds: string[]
  close(): Promise<void>
}

export async function openTarget(): Promise<Target> {
  const {
    CLERK_SECRET_KEY: secretKey = '',
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKey = ''
  } = process.env
  const isReal =
    secretKey.startsWith('sk_test_') &&
    publishableKey.startsWith('pk_test_') &&
    !process.env.CLERK_API_URL
  if (!isReal) return targetOf(await startEmulator())
  const host = atob(publishableKey.slice('pk_test_'.length)).replace(/\$$/, '')
  return withUsers(
    { keys: { secretKey, publishableKey }, apiUrl: undefined, frontendUrl: `https://${host}` },
    async () => {}
  )
}

type Overrides = Partial<Parameters<typeof startClerk>[0]>

export const startEmulator = (overrides: Overrides = {}): Promise<RunningEmulator> =>
  startClerk({
    port: 0,
    dataDir: null,
    ...SANDBOX_KEYS,
    allowedOrigins: ['https://app.example.com'],
    ...overrides
  })

export const targetOf = (sandbox: RunningEmulator): Target =>
  withUsers({ keys: SANDBOX_KEYS, apiUrl: sandbox.url, frontendUrl: sandbox.url }, () =>
    sandbox.close()
  )

function withUsers(
  base: Pick<Target, 'keys' | 'apiUrl' | 'frontendUrl'>,
  close: () => Promise<void>
): Target {
  const client = createClerkClient({ ...base.keys, apiUrl: base.apiUrl, ...QUIET })
  const made: string[] = []
  return {
    ...base,
    client,
    createdUserIds: made,
    async createUser(fields = {}) {
      const user = await client.users.createUser({
        emailAddress: [freshEmail()],
        password: PASSWORD,
        ...fields
      })
      made.push(user.id)
      return user
    },
    async close() {
      for (const id of made) await client.users.deleteUser(id).catch(() => undefined)
      await close()
    }
  }
}

let serial = 0
/** An unused address that accepts the fixed code. */
export const freshEmail = () =>
  `contract+clerk_test_${Date.now().toString(36)}${serial++}@example.com`

export const clientWith = (target: Target, secretKey: string): ClerkClient =>
  createClerkClient({ ...target.keys, secretKey, apiUrl: target.apiUrl, ...QUIET })

/** A session and its token, through the Backend API alone. */
export async function mintSession(target: Target, userId: string) {
  const session = await target.client.sessions.createSession({ userId })
  const { jwt } = await target.client.sessions.getToken(session.id)
  return { session, jwt }
}

/** Status, code and field of a refused SDK call. */
export const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: { status: number; errors: { code: string; meta?: { paramName?: string } }[] }) => ({
      status: error.status,
      code: error.errors[0]?.code,
      param: error.errors[0]?.meta?.paramName
    })
  )
