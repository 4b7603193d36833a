/**
 * Everything a flow test needs, in one process and over HTTP: storage, the three emulators, and a
 * receiver for their webhooks.
 */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { VENDORS, type Vendor } from '@/lib/domain/jobs/webhook-effects'
import type { UserActor } from '@/lib/domain/users/actor'
import { PangeaService } from '@/lib/services'
import { startClerk } from '@/sandbox/clerk'
import { startJiko } from '@/sandbox/jiko'
import { startPlaid } from '@/sandbox/plaid'
import { userActor } from '@/tests/support/actors'
import { openTestStorage } from '@/tests/support/storage'

export const KEYS = {
  clerkPublishable: 'pk_test_bG9jYWwtc2FuZGJveC0wLmNsZXJrLmFjY291bnRzLmRldiQ',
  clerkSecret: 'sk_test_flow',
  clerkWebhook: `whsec_${Buffer.from('flow-clerk-webhook-secret').toString('base64')}`,
  plaidClientId: 'flow-client',
  plaidSecret: 'flow-plaid-secret',
  /** Jiko is a client of Plaid itself. */
  jikosPlaid: { clientId: 'flow-jikos-client', secret: 'flow-jikos-plaid-secret' },
  jikoUsername: 'flow-user',
  jikoPassword: 'flow-password',
  jikoShared: 'flow-shared-secret-0001',
  jikoWebhook: 'flow-jiko-webhook-0001'
}

export type World = Awaited<ReturnType<typeof openWorld>>

export async function openWorld() {
  const storage = await openTestStorage()
  const receiver = await startReceiver()
  const clerk = await startClerk({
    port: 0,
    dataDir: null,
    publishableKey: KEYS.clerkPublishable,
    secretKey: KEYS.clerkSecret,
    allowedOrigins: [receiver.url],
    webhook: { url: `${receiver.url}/api/webhooks/clerk`, secret: KEYS.clerkWebhook }
  })
  const plaid = await startPlaid({
    port: 0,
    dataDir: null,
    clientId: KEYS.plaidClientId,
    secret: KEYS.plaidSecret,
    otherClients: [KEYS.jikosPlaid],
    readyAfter: { initial: 0, historical: 0 }
  })
  const jiko = await startJiko({
    port: 0,
    dataDir: null,
    username: KEYS.jikoUsername,
    password: KEYS.jikoPassword,
    sharedSecret: KEYS.jikoShared,
    plaid: { url: plaid.url, ...KEYS.jikosPlaid },
    decisionDelay: 0
  })
  Object.assign(process.env, {
    APP_URL: receiver.url,
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: KEYS.clerkPublishable,
    CLERK_SECRET_KEY: KEYS.clerkSecret,
    CLERK_WEBHOOK_SIGNING_SECRET: KEYS.clerkWebhook,
    CLERK_API_URL: clerk.url,
    PLAID_CLIENT_ID: KEYS.plaidClientId,
    PLAID_SECRET: KEYS.plaidSecret,
    PLAID_BASE_URL: plaid.url,
    JIKO_BASE_URL: jiko.url,
    JIKO_USERNAME: KEYS.jikoUsername,
    JIKO_PASSWORD: KEYS.jikoPassword,
    JIKO_SHARED_SECRET: KEYS.jikoShared,
    JIKO_WEBHOOK_SECRETS: KEYS.jikoWebhook
  })
  const vendors = { clerk, plaid, jiko }
  let users = 0

  /** Delivers every webhook and runs every waiting job. */
  const settle = async () => {
    for (let quiet = false; !quiet; ) {
      await Promise.all(Object.values(vendors).map(({ deliveries }) => deliveries.settle()))
      quiet = (await PangeaService.runDueJobs()) === 0
    }
  }
  const control = async (
    vendor: keyof typeof vendors,
    path: string,
    body?: unknown
  ): Promise<unknown> => {
    const init =
      body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body)
          }
    const response = await fetch(`${vendors[vendor].url}/_sandbox${path}`, init)
    if (!response.ok) throw new Error(`${vendor}${path} answered ${response.status}`)
    return response.json()
  }

  return {
    ...vendors,
    storage,
    settle,
    control,
    /**
     * A new user with a verified e-mail address and phone number at Clerk, who has just signed in.
     */
    async createUser(): Promise<UserActor> {
      const email = `user${++users}+clerk_test@example.com`
      const phone = `+1${415 + Math.floor(users / 100)}55501${String(users % 100).padStart(2, '0')}`
      const response = await fetch(`${clerk.url}/v1/users`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${KEYS.clerkSecret}`,
          'content-type': 'application/json'
        },
        body: JSON.stringify({
          email_address: [email],
          phone_number: [phone],
          password: 'correct horse battery'
        })
      })
      return userActor(((await response.json()) as { id: string }).id, undefined, {
        firstFactorAge: 0,
        secondFactorAge: null,
        enrolled: false
      })
    },
    /** A public token as Link returns it after a successful login at a bank. */
    async publicToken(
      userName = 'user_good',
      institutionId = 'ins_109508',
      products = ['transactions']
    ): Promise<string> {
      const response = await fetch(`${plaid.url}/sandbox/public_token/create`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'plaid-client-id': KEYS.plaidClientId,
          'plaid-secret': KEYS.plaidSecret
        },
        body: JSON.stringify({
          institution_id: institutionId,
          initial_products: products,
          options: {
            override_username: userName,
            override_password: 'pass_good',
            webhook: `${receiver.url}/api/webhooks/plaid`
          }
        })
      })
      return ((await response.json()) as { public_token: string }).public_token
    },
    async close() {
      await Promise.all([
        ...Object.values(vendors).map((vendor) => vendor.close()),
        receiver.close()
      ])
      await storage.close()
    }
  }
}

const isVendor = (name: string): name is Vendor => VENDORS.some((vendor) => vendor === name)

async function startReceiver() {
  const app = new Hono()
  app.post('/api/webhooks/:vendor', async (c) => {
    const vendor = c.req.param('vendor')
    if (!isVendor(vendor)) return c.notFound()
    try {
      await PangeaService.receiveWebhook(
        vendor,
        c.req.raw.headers,
        new Uint8Array(await c.req.arrayBuffer())
      )
      return c.json({ received: true })
    } catch (error) {
      return errorResponse(error, c.req.raw)
    }
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve()))
  }
}
