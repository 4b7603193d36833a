/**
 * A Jiko emulator for one test file, the app's environment for it, and a receiver for its webhooks.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type * as BankingService from '@/lib/services/jiko'
import { toApplicationBody } from '@/lib/services/jiko/map'
import { startJiko } from '@/sandbox/jiko'
import { REQUIRED_VARIABLES, resetSingletons } from '@/tests/support/environment'

export const JIKO = {
  username: 'partner',
  password: 'partner-password',
  sharedSecret: 'test-shared-secret-0001'
}
export const WEBHOOK_SECRET = 'whsec-test-0000000001'
export const SSN = '219099999'

/** Points the app at an emulator, without an earlier session, breaker or parsed environment. */
export function configureJiko(baseUrl: string, credentials = JIKO): void {
  const { username, password, sharedSecret } = credentials
  Object.assign(process.env, { ...REQUIRED_VARIABLES, ...process.env })
  Object.assign(process.env, {
    JIKO_BASE_URL: baseUrl,
    JIKO_USERNAME: username,
    JIKO_PASSWORD: password,
    JIKO_SHARED_SECRET: sharedSecret
  })
  Object.assign(process.env, { JIKO_WEBHOOK_SECRETS: WEBHOOK_SECRET })
  resetJikoState()
}

/** Clears the process's state about Jiko. */
export function resetJikoState(): void {
  resetSingletons('env', 'vendors', 'jiko.session')
}

export async function openJikoEmulator(
  options: {
    dataDir?: string | null
    decisionDelay?: number
    plaid?: { url: string; clientId: string; secret: string }
  } = {}
) {
  const jiko = await startJiko({ port: 0, dataDir: null, decisionDelay: 0, ...JIKO, ...options })
  configureJiko(jiko.url)
  const control = async (path: string, body?: unknown) => {
    const init =
      body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body)
          }
    const response = await fetch(`${jiko.url}/_sandbox${path}`, init)
    return { status: response.status, body: (await response.json()) as never }
  }
  let current = createCaller(jiko.url)
  const call = (...request: Parameters<typeof current>) => current(...request)
  /** Logs in again, which is necessary after Jiko's clock was moved. */
  const asAgain = () => createCaller(jiko.url)
  const reset = async () => {
    await control('/reset', {})
    current = asAgain()
  }
  return { ...jiko, control, call, asAgain, reset, ...createRequestHelpers(call) }
}

export type Application = {
  id: string
  status: string
  customer_id: string | null
  documents: { id: string; type: string; status: string }[]
}

export const applicationBody = (lastName?: string) =>
  JSON.parse(toApplicationBody(applicationFacts(lastName), SSN)) as Record<string, unknown>
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4])

/** The usual steps, by raw requests without the app's client. */
function createRequestHelpers(call: ReturnType<typeof createCaller>) {
  const create = async (lastName?: string) =>
    (await call('POST', '/api/v1/applications/', applicationBody(lastName))).body as Application
  const apply = async (id: string) =>
    (await call('POST', `/api/v1/applications/${id}/apply/`)).body as Application
  const read = async (id: string) =>
    (await call('GET', `/api/v1/applications/${id}/`)).body as Application
  const decided = async (lastName?: string) => {
    const { id } = await create(lastName)
    await apply(id)
    return read(id)
  }
  const customer = async () => (await decided()).customer_id ?? ''
  const openPocket = async (customerId: string) =>
    (await call('POST', `/api/v2/customers/${customerId}/pockets/`, { pocket_name: 'Rainy day' }))
      .body as { id: string; status: string }
  const upload = (path: string, headers: Record<string, string> = {}, body: Uint8Array = PNG) =>
    call('POST', path, body, { 'x-jiko-signature': '', 'content-type': 'image/png', ...headers })
  return { create, apply, read, decided, customer, openPocket, upload }
}

type ApiResponse = { status: number; body: never; text: string; headers: Headers }

/** A raw request to Jiko: signed as documented, unless a part is replaced. */
function createCaller(baseUrl: string) {
  let token = ''
  return async (
    method: string,
    path: string,
    body?: unknown,
    replaced: Record<string, string> = {}
  ): Promise<ApiResponse> => {
    token ||= await logIn(baseUrl)
    const bytes =
      body instanceof Uint8Array
        ? Buffer.from(body)
        : new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body))
    const key = replaced['x-jiko-idempotency'] ?? randomUUID()
    const { pathname } = new URL(path, baseUrl)
    const signature = createHmac('sha256', JIKO.sharedSecret)
      .update(`${key}${pathname}`)
      .update(bytes)
      .digest('base64')
    const headers = {
      authorization: `Bearer ${token}`,
      'x-jiko-idempotency': key,
      'x-jiko-signature': signature,
      ...replaced
    }
    return read(
      await fetch(new URL(path, baseUrl), {
        method,
        headers,
        ...(bytes.length ? { body: bytes } : {})
      })
    )
  }
}

async function logIn(baseUrl: string): Promise<string> {
  const body = JSON.stringify({ username: JIKO.username, password: JIKO.password })
  const answer = await read(await fetch(`${baseUrl}/api/v1/login/`, { method: 'POST', body }))
  return (answer.body as { token: string }).token
}

async function read(response: Response): Promise<ApiResponse> {
  const text = await response.text()
  return {
    status: response.status,
    body: (text ? JSON.parse(text) : null) as never,
    text,
    headers: response.headers
  }
}

/** Valid applicant data; the last name decides the outcome at the emulator. */
export const applicationFacts = (
  lastName = 'Okafor',
  version = '1.0.0'
): BankingService.ApplicationDetails => ({
  answers: {
    name: { firstName: 'Ada', middleName: null, lastName },
    dateOfBirth: { date: '1985-03-27' },
    citizenship: { country: 'US' },
    phone: { number: '+14155550132' },
    address: {
      street: '1 Market Street',
      street2: null,
      city: 'San Francisco',
      state: 'CA',
      postalCode: '94105'
    },
    work: { employment: 'EMPLOYED', occupation: 'Engineer' },
    income: { income: 'BETWEEN_50K_AND_100K' },
    netWorth: { netWorth: 'BETWEEN_50K_AND_200K' },
    affiliations: { brokerDealer: null, directorOf: null }
  },
  email: 'ada@example.com',
  consent: { version, consentedAt: '2026-11-01T10:00:00.000Z' }
})

type Received = { headers: Headers; raw: Uint8Array }

/** A webhook receiver; `status` is its next response. */
export async function openReceiver() {
  const received: Received[] = []
  const state = { status: 200 }
  const app = new Hono()
  app.post('*', async (c) => {
    received.push({ headers: c.req.raw.headers, raw: new Uint8Array(await c.req.arrayBuffer()) })
    return c.body(null, state.status as 200)
  })
  return { ...(await listen(app)), received, state }
}

/** Serves an app on a free loopback port. */
export async function listen(app: Hono) {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve()))
  }
}
