/**
 * One bank login at its own emulator, with the whole sync engine around it, for running histories.
 * Vendor calls go over HTTP through one gate and statements through one transport, so that the
 * crash injector sees all of them. Webhooks wait until the history delivers them.
 */
import { type HttpBindings, serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import pino from 'pino'
import { errorResponse } from '@/app/_lib/errors/error-response'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock, now } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { buildPlaidEmulator } from '@/sandbox/plaid/build'
import type { Plaid } from '@/sandbox/plaid/records'
import { createCrashInjector } from '@/tests/model/simulation/crash-injector'
import { userActor } from '@/tests/support/actors'
import { resetSingletons } from '@/tests/support/environment'
import { openTestStorage } from '@/tests/support/storage'
import { openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/drivers/tcp'

const KEYS = { clientId: 'model-client', secret: 'model-secret' }
const DAY = 86_400_000

export type VendorModel = Awaited<ReturnType<typeof openVendorModel>>
export type BankLogin = Awaited<ReturnType<VendorModel['login']>>

export async function openVendorModel() {
  const storage = await openTestStorage()
  const crashInjector = createCrashInjector()
  let current: Plaid | null = null
  let hooks: Hooks = noHooks()
  const door = await startProxy((c) => answer(c))
  Object.assign(process.env, {
    APP_URL: door.url,
    PLAID_CLIENT_ID: KEYS.clientId,
    PLAID_SECRET: KEYS.secret,
    PLAID_BASE_URL: door.url,
    JIKO_BASE_URL: door.url
  })
  resetSingletons('env', 'plaid', 'vendors')
  // Logs of thousands of intended failures would hide the relevant ones.
  Reflect.set(globalThis, Symbol.for('pangea.log'), pino({ level: 'silent' }))
  Reflect.set(
    globalThis,
    Symbol.for('pangea.database'),
    openDatabase(crashInjector.transport(openTcp(storage.databaseUrl)))
  )
  let logins = 0

  async function answer(c: Context<{ Bindings: HttpBindings }>): Promise<Response> {
    if (c.req.path === '/api/webhooks/plaid') return receiveWebhook(c)
    const body = await c.req.text()
    const forward = async () => {
      hooks.beforeCall(c.req.path)
      const refused = hooks.refuse(c.req.path, body)
      if (refused || !current) return Response.json(refused ?? POWER_CUT_ERROR, { status: 400 })
      const sent = new Request(c.req.url, { method: 'POST', headers: c.req.raw.headers, body })
      const response = await current.sandbox.app.fetch(sent, c.env)
      return hooks.answered(c.req.path, response)
    }
    // A dead process gets no response; an unrepeatable response fails at once, without retry
    // delays.
    return crashInjector
      .call(c.req.path, forward, () => new Error('cut'))
      .catch(() => Response.json(POWER_CUT_ERROR, { status: 400 }))
  }

  /**
   * A new user with a bank login whose three accounts and few transactions are small enough to
   * reason about.
   */
  async function login({
    transactions = 6,
    readyAfter = { initial: 0, historical: 0 }
  }: BankLoginOptions = {}) {
    const n = ++logins
    resetSingletons('clock', 'reconcile', 'vendors', 'plaid.webhook-keys')
    hooks = noHooks()
    crashInjector.plan(null)
    const { plaid, state } = buildPlaidEmulator({
      port: 0,
      dataDir: null,
      ...KEYS,
      seed: `model-${n}`,
      readyAfter
    })
    current = plaid
    plaid.sandbox.deliveries.mode({ drop: true, duplicate: false, delay: 0 })
    const document = customUserDocument(transactions)
    const user = userActor(`user_model_${n}`)
    const callControl = async (path: string, body: object = {}): Promise<void> => {
      const init = {
        method: 'POST',
        headers: { host: '127.0.0.1', 'content-type': 'application/json' },
        body: JSON.stringify(body)
      }
      const response = await plaid.sandbox.app.request(`/_sandbox${path}`, init)
      if (!response.ok)
        throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    }
    const completeLogin = (linkToken: string, chosen?: number) => {
      const { loginId, outcome } = state.login({
        linkToken,
        institutionId: INSTITUTION,
        username: 'user_custom',
        password: JSON.stringify(document)
      })
      if (outcome.kind !== 'ok') throw new Error(`Link answered ${outcome.kind}`)
      return {
        linkToken,
        loginId,
        accountIds: outcome.accounts.filter((_, n) => isChosen(n, chosen)).map(({ id }) => id)
      }
    }
    return {
      plaid,
      power: crashInjector,
      storage,
      owner: user,
      press: callControl,
      hooks: () => hooks,
      publicToken: () => makePublicToken(plaid, door.url, document),
      /** The user adds the bank in Link and chooses accounts. @returns the public token. */
      addBank: (linkToken: string, chosen?: number) =>
        state.finishNew(completeLogin(linkToken, chosen)).publicToken,
      /** The user logs in through Link's update mode and chooses accounts again. */
      signIn: (linkToken: string, chosen?: number) =>
        void state.finishUpdate(completeLogin(linkToken, chosen)),
      /** Delivers one webhook to the app. @returns whether it was accepted. */
      async deliverWebhook(deliveryId: string): Promise<boolean> {
        const attempts = (await plaid.sandbox.deliveries.redeliver(deliveryId))?.attempts ?? []
        return attempts.at(-1)?.status === 200
      },
      advance(milliseconds: number) {
        advanceClock(milliseconds)
        plaid.sandbox.clock.advance(milliseconds)
      },
      link: (publicToken: string, sessionId: string | null = null) =>
        PangeaService.linkBank(user, {
          publicToken,
          linkSessionId: null,
          institutionId: INSTITUTION,
          accounts: [],
          visit: sessionId
        }),
      runWorker: () => PangeaService.runDueJobs(),
      connections: () => DataService.listConnections(user),
      async close() {
        plaid.sandbox.deliveries.close()
        await forgetPerson(user)
      }
    }
  }

  async function forgetPerson({ userId }: UserActor): Promise<void> {
    await storage.rows(
      'with gone as (delete from users where id = $1) delete from webhook_deliveries',
      [userId]
    )
  }

  return {
    storage,
    login,
    async close() {
      await storage.close()
      await door.close()
      resetSingletons('plaid', 'vendors', 'reconcile', 'plaid.webhook-keys', 'log')
    }
  }
}

export type BankLoginOptions = {
  /** Number of transactions that the bank lists at first. */
  transactions?: number
  readyAfter?: { initial: number; historical: number }
}

const INSTITUTION = 'ins_109508'
const POWER_CUT_ERROR = {
  error_type: 'MODEL_ERROR',
  error_code: 'POWER_CUT',
  error_message: '',
  display_message: null,
  request_id: 'cut'
}

/** A history's effect on the traffic between app and vendor. */
export type Hooks = {
  beforeCall: (path: string) => void
  /** An error body instead of the vendor's response. */
  refuse: (path: string, body: string) => object | null
  answered: (path: string, response: Response) => Promise<Response> | Response
}
const noHooks = (): Hooks => ({
  beforeCall: () => {},
  refuse: () => null,
  answered: (_, response) => response
})

async function startProxy(answer: (c: Context<{ Bindings: HttpBindings }>) => Promise<Response>) {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.all('*', answer)
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
  }
}

async function receiveWebhook(c: Context): Promise<Response> {
  try {
    await PangeaService.receiveWebhook(
      'plaid',
      c.req.raw.headers,
      new Uint8Array(await c.req.arrayBuffer())
    )
    return c.json({ received: true })
  } catch (error) {
    return errorResponse(error, c.req.raw)
  }
}

/** The bank has three accounts; the bits of a number select among them. */
export const isChosen = (n: number, chosen = 7): boolean => Boolean(chosen & (1 << n))

const iso = (daysAhead: number) =>
  new Date(now().getTime() + daysAhead * DAY).toISOString().slice(0, 10)

function customUserDocument(count: number) {
  // Some are booked only in the following days: a pending row now, another id for it later.
  const transactions = Array.from({ length: count }, (_, n) => ({
    date_transacted: iso(-n),
    date_posted: iso(n % 3 === 0 ? 1 + (n % 4) : -n),
    amount: (n % 2 ? -1 : 1) * (10 + n * 1.37),
    description: `Listed ${n}`,
    ...(n === 4 ? { currency: 'JPY' } : {})
  }))
  const share = (k: number) => transactions.filter((_, n) => n % 3 === k)
  return {
    override_accounts: [
      { type: 'depository', subtype: 'checking', transactions: share(0) },
      { type: 'credit', subtype: 'credit card', meta: { limit: 2_000 }, transactions: share(1) },
      { type: 'depository', subtype: 'savings', transactions: share(2) }
    ]
  }
}

async function makePublicToken(plaid: Plaid, url: string, document: object): Promise<string> {
  const response = await plaid.sandbox.app.request('/sandbox/public_token/create', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'plaid-client-id': KEYS.clientId,
      'plaid-secret': KEYS.secret
    },
    body: JSON.stringify({
      institution_id: INSTITUTION,
      initial_products: ['transactions'],
      options: {
        override_username: 'user_custom',
        override_password: JSON.stringify(document),
        webhook: `${url}/api/webhooks/plaid`
      }
    })
  })
  return ((await response.json()) as { public_token: string }).public_token
}
