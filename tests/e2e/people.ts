/** People made through Clerk's Backend API, for tests that need a signed-in caller but not a browser. */
import { createClerkClient } from '@clerk/backend'
import { stack } from './stack'

let made = 0

export type TestPerson = { userId: string; email: string; bearer(): Promise<Record<string, string>>; cookies(): Promise<Record<string, string>> }

const clerk = () => createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl, telemetry: { disabled: true } })

/** A person with a confirmed address and a session; `bearer` and `cookies` mint a fresh token, which lives for a minute. */
export async function createPerson(): Promise<TestPerson> {
  const email = `e2e-${process.pid}-${Date.now()}-${++made}+clerk_test@example.com`
  const user = await clerk().users.createUser({ emailAddress: [email], password: 'unusual horse battery 91' })
  const session = await clerk().sessions.createSession({ userId: user.id })
  const token = async () => (await clerk().sessions.getToken(session.id)).jwt
  return {
    userId: user.id,
    email,
    bearer: async () => ({ authorization: `Bearer ${await token()}` }),
    cookies: async () => ({ cookie: `__session=${await token()}; __client_uat=${Math.floor(Date.now() / 1_000) - 1}; __clerk_db_jwt=dvb_test` })
  }
}

/** A public token as Link hands it over, made through Plaid's own sandbox door. */
export async function createPublicToken(institutionId = 'ins_109508'): Promise<string> {
  const response = await fetch(`${stack.plaidUrl}/sandbox/public_token/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'plaid-client-id': stack.plaidClientId, 'plaid-secret': stack.plaidSecret },
    body: JSON.stringify({ institution_id: institutionId, initial_products: ['transactions'], options: { webhook: `${stack.appUrl}/api/webhooks/plaid` } })
  })
  return ((await response.json()) as { public_token: string }).public_token
}
